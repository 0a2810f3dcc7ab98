// How sure the recogniser is of one part of a file, as a word, and why where it is not.
import type { Certainty, Doubt } from '../../../contract/records'

export const certain: Certainty = { sure: 'high', doubt: null }
export const fairly = (doubt: Doubt): Certainty => ({ sure: 'fair', doubt })
export const hardly = (doubt: Doubt): Certainty => ({ sure: 'low', doubt })

/** A figure from 0 to 1 as a word. */
export function inWords(confidence: number, doubt: Doubt): Certainty {
  return confidence >= 0.9 ? certain : confidence >= 0.6 ? fairly(doubt) : hardly(doubt)
}

/** The least sure of several. */
export function leastSure(all: readonly Certainty[]): Certainty {
  const order = ['low', 'fair', 'high'] as const
  return all.reduce((a, b) => (order.indexOf(b.sure) < order.indexOf(a.sure) ? b : a), certain)
}
