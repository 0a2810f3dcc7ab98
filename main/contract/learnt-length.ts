// How far a run has learnt, and which of its states its result is: what a training ends with need not be what is kept of it.

/** whole: all its updates; itself: it saw no more to gain; by-hand: somebody ended it; not-yet: it has not ended */
export type RunEnd = 'whole' | 'itself' | 'by-hand' | 'not-yet'

export interface LearntLength {
  /** updates */
  readonly steps: number
  /** more than steps: it ended before */
  readonly plannedSteps: number
  readonly end: RunEnd
  /** the state that is its result, by its updates, and whether a check found it the best; null: nobody knows which */
  readonly kept: { readonly step: number; readonly isBest: boolean } | null
}
