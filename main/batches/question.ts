// What is asked in an example, and what the data answer: for what learns from its own answers. Pure.
import type { ExampleSet } from './example-set'

export interface Question {
  readonly example: number
  readonly prompt: Int32Array
  readonly reference: Int32Array
}

/** The last answer of a conversation is what is asked for. */
export function questionOf(set: ExampleSet, example: number): Question {
  const { tokens, labels } = set.example(example)
  const end = labels.findLastIndex((label) => label >= 0) + 1
  let begin = end
  while (begin > 1 && (labels[begin - 1] as number) >= 0) begin--
  return { example, prompt: tokens.slice(0, begin), reference: tokens.slice(begin, end) }
}
