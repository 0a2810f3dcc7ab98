// Tokenised examples, end to end in memory, and the batches that are cut from them. Knows no file: the one of a run
// is files/prepared-file.ts.
import type { Batch, ScoreBatch } from '../../addon/index'

export interface TokenExample {
  readonly tokens: Int32Array
  /** the token itself where it is learnt, -100 elsewhere; not shifted */
  readonly labels: Int32Array
  /** of a text that is scored: what is right, as wide for every example of a set */
  readonly targets?: Float32Array
}

/** At the first token of the answer that is not preferred, behind the one that is: both are one example. */
export const otherAnswer = -101
/** At the first token of an example whose answer is liked, or not. */
export const liked = -102
export const disliked = -103

export interface ExampleSet {
  /** of all examples, end to end */
  readonly tokens: Int32Array
  /** -100 = not learnt; the marks below stand at the beginning of a text, which is never learnt */
  readonly labels: Int32Array
  /** [examples + 1] first token of each example, then the end */
  readonly offsets: Float64Array
  /** [examples] tokens of each example */
  readonly lengths: readonly number[]
  /** [examples, width] what is right for each; absent: it learns tokens */
  readonly targets?: Float32Array
}

export function setOf(examples: readonly TokenExample[]): ExampleSet {
  const lengths = examples.map(({ tokens }) => tokens.length)
  const offsets = new Float64Array(examples.length + 1)
  lengths.forEach((length, i) => (offsets[i + 1] = (offsets[i] as number) + length))
  const total = offsets.at(-1) as number
  const [tokens, labels] = [new Int32Array(total), new Int32Array(total)]
  examples.forEach((example, i) => {
    tokens.set(example.tokens, offsets[i])
    labels.set(example.labels, offsets[i])
  })
  const targets = targetsOf(examples)
  return { tokens, labels, offsets, lengths, ...(targets && { targets }) }
}

/** Of all, end to end; undefined where they have none. */
export function targetsOf(examples: readonly TokenExample[]): Float32Array | undefined {
  const width = examples[0]?.targets?.length
  if (width === undefined) return undefined
  const all = new Float32Array(width * examples.length)
  examples.forEach(({ targets }, i) => all.set(targets ?? [], width * i))
  return all
}

/** These examples laid end to end, with what is right for each. */
export function scoreBatchOf(set: ExampleSet, examples: readonly number[]): ScoreBatch {
  const { tokens, lengths } = batchOf(set, examples)
  const all = set.targets ?? new Float32Array()
  const width = all.length / set.lengths.length
  const targets = new Float32Array(width * examples.length)
  examples.forEach((example, i) => {
    targets.set(all.subarray(width * example, width * (example + 1)), width * i)
  })
  return { tokens, lengths, targets }
}

/** These examples laid end to end. */
export function batchOf(set: ExampleSet, examples: readonly number[]): Batch {
  const lengths = Int32Array.from(examples, (example) => set.lengths[example] as number)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const tokens = new Int32Array(total)
  const labels = new Int32Array(total)
  let at = 0
  for (const example of examples) {
    const first = set.offsets[example] as number
    const end = set.offsets[example + 1] as number
    tokens.set(set.tokens.subarray(first, end), at)
    labels.set(set.labels.subarray(first, end), at)
    at += end - first
  }
  return { tokens, labels, lengths }
}
