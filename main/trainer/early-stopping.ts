// Which evaluation is better, and when to give up: after `patience` evaluations that were better by no more than
// `threshold`. Of any figure, lower or higher. Pure.
import type { JudgedBy } from '../contract/judged-by'

type Better = JudgedBy['better']

export interface Patience {
  /** best value that counted as better; null before the first evaluation */
  readonly reference: number | null
  /** evaluations since */
  readonly waited: number
}

export const freshPatience: Patience = { reference: null, waited: 0 }

/** A value that is no number is never better. */
export const isBetter = (value: number, than: number, better: Better, by = 0): boolean =>
  better === 'lower' ? value < than - by : value > than + by

export function afterEvaluation(
  patience: Patience,
  value: number,
  better: Better,
  threshold: number
): Patience {
  const { reference } = patience
  const counts = reference === null || isBetter(value, reference, better, threshold)
  if (counts && Number.isFinite(value)) return { reference: value, waited: 0 }
  return { ...patience, waited: patience.waited + 1 }
}

/** patience 0 = never */
export const isSpent = (patience: Patience, limit: number): boolean => limit > 0 && patience.waited >= limit
