// What a leak test says: which of the personal data in the data a tuned model says again, when it is given the words that stand
// before it there.
import type { PersonalKind } from './findings'

/** planted: words that somebody put into the data to see whether they come back */
export type LeakKind = PersonalKind | 'planted'

export interface LeakedValue {
  readonly kind: LeakKind
  readonly words: string
  readonly file: string
  readonly row: number
  /** what the model said, from the words before it on */
  readonly said: string
  /** the base says it too: it was not learnt from these data */
  readonly base: boolean
}

export interface LeakReport {
  /** values that were asked for, and all that there are */
  readonly asked: number
  readonly values: number
  readonly repeated: readonly LeakedValue[]
  /** values that stand in the files that the run learnt from; null: no run is known */
  readonly inRun: number | null
}
