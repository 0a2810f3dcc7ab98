// Some of what a run was taught, asked of the tuned model and then of the exported folder as a stranger reads it: the
// same prompt must come of the same question, an answer must end where it was taught to end, and whether greedy
// answers are the same is counted.
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { NeiroError } from '../../contract/errors'
import type { Example, Message } from '../../contract/records'
import { greedy } from '../chat/stream-answer'
import { keptExamples } from '../runs/run-data'
import type { TunedModel } from '../runs/tuned-model'
import { withSystem } from '../tokens/with-system'
import type { SecondReader } from './second-reader'

export type Talk = Extract<Example, { kind: 'conversation' }>

/** A question that a run was taught to answer. */
export interface Probe {
  readonly example: Talk
  /** up to the last question, as whoever asks the exported model sends it */
  readonly asked: readonly Message[]
  /** as the run's own text makes it */
  readonly prompt: Int32Array
}

export interface AnswerCheck {
  readonly asked: number
  /** greedy answers that are another one than the tuned model's in memory */
  readonly changed: number
}

const most = 2
const answerTokens = 32

/** The shortest of what was taught; something plain where nobody knows what that was. */
export async function probesOf(tuned: TunedModel): Promise<readonly Probe[]> {
  const { runDir, modelText, systemPrompt, model } = tuned
  const talks = runDir === null ? [] : await shortestOf(runDir).catch(() => [])
  const chosen = talks.length > 0 ? talks : [plain]
  const probes: Probe[] = []
  for (const example of chosen) {
    const asked = example.messages.slice(0, -1)
    const prompt = await modelText.prompt(withSystem(asked, systemPrompt)).catch((error: unknown) => {
      // a template that refuses this one has taught nothing of its kind
      if (error instanceof NeiroError) return null
      throw error
    })
    const room = model.maxPositionEmbeddings - (tuned.open.before ?? 0)
    if (prompt && prompt.length + answerTokens <= room) probes.push({ example, asked, prompt })
  }
  return probes
}

/** The shortest come first. */
async function shortestOf(runDir: string): Promise<readonly Talk[]> {
  const size = ({ messages }: Talk): number => messages.reduce((sum, { content }) => sum + content.length, 0)
  const shortest: Talk[] = []
  for await (const example of keptExamples(runDir, 'train')) {
    if (example.kind !== 'conversation') continue
    shortest.push(untilAnswer(example))
    shortest.sort((a, b) => size(a) - size(b)).splice(most)
  }
  return shortest
}

/** What a model must be opened with to answer them. */
export const contextOf = (probes: readonly Probe[]): number =>
  probes.reduce((most, { prompt }) => Math.max(most, prompt.length + answerTokens), 0)

/** Greedy answers of the model that is open in `host`. */
export async function answersOf(
  host: TrainerCaller,
  probes: readonly Probe[],
  o: { readonly ends: readonly number[]; readonly adapter: boolean }
): Promise<readonly (readonly number[])[]> {
  const answers: number[][] = []
  for (const { prompt } of probes) {
    const stopTokens = Int32Array.from(o.ends)
    const { adapter } = o
    await host.call('generateBegin', {
      prompt,
      maxNewTokens: answerTokens,
      stopTokens,
      sampling: greedy,
      adapter
    })
    const answer: number[] = []
    for (;;) {
      const { tokens, finished } = await host.call('generateNext', { count: answerTokens })
      for (const token of tokens) answer.push(token)
      if (finished !== null) break
    }
    answers.push(answer)
  }
  return answers
}

/** Throws EXPORT_ASKS_OTHERWISE where another prompt comes of the same question, EXPORT_ENDS_OTHERWISE where the folder
 *  would not end an answer where the run was taught to. */
export async function checkReading(
  tuned: TunedModel,
  probes: readonly Probe[],
  reader: SecondReader,
  target: string
): Promise<void> {
  const taughtEnd = tuned.modelText.marks.turnEnd
  for (const { example, asked, prompt } of probes) {
    if (!same(await reader.prompt(asked), prompt)) throw new NeiroError('EXPORT_ASKS_OTHERWISE', { target })
    const [outcome] = await tuned.modelText.outcomes([example], tuned.systemPrompt)
    const taught = outcome instanceof Error ? undefined : outcome?.at(-1)
    if (!taught) continue
    const { tokens, answers } = await reader.learnt(example)
    if (!same(tokens, taught.tokens)) throw new NeiroError('EXPORT_ASKS_OTHERWISE', { target })
    const ends = answers.flatMap((token, at) => (reader.ends.includes(token) ? [at] : []))
    // several answers end several times; the last one at its very end
    const endsRight = ends.at(-1) === answers.length - 1
    if (taughtEnd !== null && answers.at(-1) === taughtEnd && !endsRight)
      throw new NeiroError('EXPORT_ENDS_OTHERWISE', { target })
  }
  if (taughtEnd !== null && !reader.ends.includes(taughtEnd))
    throw new NeiroError('EXPORT_ENDS_OTHERWISE', { target })
}

export function compareAnswers(
  expected: readonly (readonly number[])[],
  actual: readonly (readonly number[])[]
): AnswerCheck {
  const changed = expected.filter((answer, at) => !same(answer, actual[at] ?? [])).length
  return { asked: expected.length, changed }
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, at) => value === b[at])
}

/** Up to its last answer, with no message behind it. */
function untilAnswer(example: Talk): Talk {
  const last = example.messages.findLastIndex(({ role }) => role === 'assistant')
  return { ...example, messages: example.messages.slice(0, last + 1) }
}

const plain: Talk = {
  kind: 'conversation',
  messages: [
    { role: 'user', content: 'こんにちは' },
    { role: 'assistant', content: 'はい。' }
  ],
  source: { file: '', row: 0 }
}
