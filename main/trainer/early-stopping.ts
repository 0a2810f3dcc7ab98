// When to give up: after `patience` evaluations without a fall of more than `threshold`. Pure.

export interface Patience {
  /** lowest loss that counted as better; null before the first evaluation */
  readonly reference: number | null
  /** evaluations since */
  readonly waited: number
}

export const freshPatience: Patience = { reference: null, waited: 0 }

export function afterEvaluation(patience: Patience, loss: number, threshold: number): Patience {
  const better = patience.reference === null || loss < patience.reference - threshold
  if (better && Number.isFinite(loss)) return { reference: loss, waited: 0 }
  return { ...patience, waited: patience.waited + 1 }
}

/** patience 0 = never */
export const isSpent = (patience: Patience, limit: number): boolean => limit > 0 && patience.waited >= limit
