// Examples in tokens as few large arrays, so that thousands of them cross between two processes in a moment, and are kept
// in little memory.
import { NeiroError, type NeiroErrorData } from '../../contract/errors'
import type { Outcome } from './kinds/kind'

export interface PackedOutcomes {
  /** of all texts, end to end */
  readonly tokens: Int32Array
  readonly learnt: Uint8Array
  /** tokens of each text */
  readonly lengths: Int32Array
  /** texts of each example; -1: the next error is why it has none */
  readonly texts: Int32Array
  readonly errors: readonly NeiroErrorData[]
}

export function packOutcomes(outcomes: readonly Outcome[]): PackedOutcomes {
  const whole = outcomes.flatMap((outcome) => (outcome instanceof NeiroError ? [] : outcome))
  const size = whole.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const packed = { tokens: new Int32Array(size), learnt: new Uint8Array(size) }
  let at = 0
  for (const { tokens, learnt } of whole) {
    packed.tokens.set(tokens, at)
    packed.learnt.set(learnt, at)
    at += tokens.length
  }
  return {
    ...packed,
    lengths: Int32Array.from(whole, ({ tokens }) => tokens.length),
    texts: Int32Array.from(outcomes, (outcome) => (outcome instanceof NeiroError ? -1 : outcome.length)),
    errors: outcomes.flatMap((outcome) => (outcome instanceof NeiroError ? [outcome.toData()] : []))
  }
}

export function unpackOutcomes({ tokens, learnt, lengths, texts, errors }: PackedOutcomes): Outcome[] {
  let at = 0
  let text = 0
  let error = 0
  return Array.from(texts, (count) => {
    if (count < 0) return NeiroError.fromData(errors[error++] as NeiroErrorData)
    return Array.from({ length: count }, () => {
      const [from, to] = [at, (at += lengths[text++] ?? 0)]
      return { tokens: tokens.subarray(from, to), learnt: learnt.subarray(from, to) }
    })
  })
}
