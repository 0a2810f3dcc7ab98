// Tokenised examples, and the batches that are made of them. Where they lie is the set's own affair: here in memory, those
// of a run in their file (files/prepared-file.ts).
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
  /** [examples] tokens of each example */
  readonly lengths: readonly number[]
  /** [examples, width] what is right for each; absent: it learns tokens */
  readonly targets?: Float32Array | undefined
  /** A mark stands at the beginning of a text, which is never learnt. */
  example(at: number): TokenExample
}

export const setOf = (examples: readonly TokenExample[]): ExampleSet => ({
  lengths: examples.map(({ tokens }) => tokens.length),
  targets: targetsOf(examples),
  example: (at) => examples[at] as TokenExample
})

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
  for (const place of examples) {
    const example = set.example(place)
    tokens.set(example.tokens, at)
    labels.set(example.labels, at)
    at += example.tokens.length
  }
  return { tokens, labels, lengths }
}
