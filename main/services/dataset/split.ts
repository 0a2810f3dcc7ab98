// Training and held-out part of the examples: drawn by a seed, with equal questions always on the same side,
// because a held-out question that was trained on proves nothing.
import { NeiroError } from '../../contract/errors'
import type { Example, Message } from '../../contract/records'

export interface Split {
  readonly train: readonly Example[]
  readonly heldOut: readonly Example[]
}

export function splitExamples(examples: readonly Example[], heldOutRatio: number, seed: number): Split {
  const steps = splitting(examples, heldOutRatio, seed)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same split, with a turn for everything else in between: a window must stay awake meanwhile. */
export async function splitInTurns(
  examples: readonly Example[],
  heldOutRatio: number,
  seed: number
): Promise<Split> {
  const steps = splitting(examples, heldOutRatio, seed)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await new Promise((resume) => setImmediate(resume))
  }
}

function* splitting(
  examples: readonly Example[],
  heldOutRatio: number,
  seed: number
): Generator<undefined, Split> {
  if (heldOutRatio <= 0) return { train: examples, heldOut: [] }
  const groups = new Map<string, number[]>()
  for (const [i, example] of examples.entries()) {
    const key = sameQuestion(firstQuestion(example) || JSON.stringify(promptMessages(example)))
    const group = groups.get(key)
    if (group) group.push(i)
    else groups.set(key, [i])
    if (i % 2000 === 1999) yield
  }
  if (groups.size < 2) throw tooFew(examples.length)
  const wanted = Math.min(Math.max(1, Math.round(examples.length * heldOutRatio)), examples.length - 1)
  const held = new Set<number>()
  for (const group of shuffled([...groups.values()], seed)) {
    if (held.size >= wanted) break
    // a large group of equal questions must not swallow the training part
    if (
      held.size + group.length < examples.length &&
      (held.size === 0 || held.size + group.length <= wanted)
    ) {
      for (const i of group) held.add(i)
    }
  }
  return {
    train: examples.filter((_, i) => !held.has(i)),
    heldOut: examples.filter((_, i) => held.has(i))
  }
}

/** What the example asks first; a plain text asks nothing and stands for itself. */
export function firstQuestion(example: Example): string {
  if (example.kind === 'text') return example.text
  return example.messages.find(({ role }) => role === 'user')?.content ?? ''
}

/** The last answer: what a tuned model's own answer is held against. */
export function answerOf(example: Example): string {
  if (example.kind === 'text') return ''
  return example.messages.findLast(({ role }) => role === 'assistant')?.content ?? ''
}

/** All that comes before the last answer. */
export function promptMessages(example: Example): Message[] {
  if (example.kind === 'text') return []
  const last = example.messages.findLastIndex(({ role }) => role === 'assistant')
  return example.messages.slice(0, last < 0 ? undefined : last)
}

/** Equal but for width, case and white space is equal. */
function sameQuestion(question: string): string {
  return question.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = mulberry32(seed)
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j] as T, order[i] as T]
  }
  return order
}

/** A small seeded generator (Tommy Ettinger's mulberry32, public domain); the same numbers on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function tooFew(count: number): NeiroError {
  return new NeiroError(
    'TOO_FEW_EXAMPLES',
    `with ${count} examples (equal questions counted once: fewer than two) no part can be held out`,
    'Add examples with other questions, or set heldOutRatio to 0.',
    { count: String(count) }
  )
}
