// Training and held-out part of the examples: drawn by a seed, with equal questions always on the same side,
// because a held-out question that was trained on proves nothing.
import { randomFrom, shuffled } from '../../../batches/shuffle'
import { NeiroError } from '../../../contract/errors'
import type { Example } from '../../../contract/records'
import { kindOf } from '../kinds'

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
    const key = questionKey(example)
    const group = groups.get(key)
    if (group) group.push(i)
    else groups.set(key, [i])
    if (i % 2000 === 1999) yield
  }
  if (groups.size < 2) throw tooFew(examples.length)
  const wanted = Math.min(Math.max(1, Math.round(examples.length * heldOutRatio)), examples.length - 1)
  const held = new Set<number>()
  const drawn = [...groups.values()]
  for (const at of shuffled(drawn.length, randomFrom(seed))) {
    const group = drawn[at] as number[]
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

/** Examples of one key stand on one side: the same opening question, whatever its width, case and white space. */
export function questionKey(example: Example): string {
  return kindOf(example).opening(example).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

function tooFew(count: number): NeiroError {
  return new NeiroError('TOO_FEW_EXAMPLES', { count: String(count) })
}
