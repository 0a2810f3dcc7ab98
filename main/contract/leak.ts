// What a leak test says: which of the personal data in the data a tuned model says again, when it is given the words that stand
// before it there.
import type { NeiroErrorData } from './errors'
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

/** A value that stands in the files that the run learnt from. */
export interface WrittenValue {
  readonly kind: LeakKind
  readonly words: string
  /** where it stands in the data now; null: it is gone from there since */
  readonly place: { readonly file: string; readonly row: number } | null
}

export interface LeakReport {
  /** values that were asked for, and all that there are */
  readonly asked: number
  readonly values: number
  readonly repeated: readonly LeakedValue[]
  /** of the values, those that somebody planted */
  readonly planted: number
  /** planted words that stand in no example: nobody could ask for them */
  readonly notThere: readonly string[]
  /** the values that stand in the files of the run */
  readonly written: readonly WrittenValue[]
  /** how many those are: values that stand in the files that the run learnt from; null: no run is known */
  readonly inRun: number | null
}

/** What is kept of a report: how many of what. Which words they were is personal, and is kept nowhere. */
export interface LeakCounts {
  readonly asked: number
  readonly values: number
  readonly repeated: number
  readonly inRun: number | null
  /** of the values, those that somebody planted; and how many more stood in no example. Older files do not say */
  readonly planted?: number
  readonly notThere?: number
  /** YYYY-MM-DD */
  readonly on: string
}

/** Of a run, for the window. */
export interface LeakView {
  readonly run: string
  readonly state: 'none' | 'running' | 'done'
  /** values that were asked for so far, of those that will be */
  readonly done: number
  readonly total: number
  readonly report: LeakReport | null
  /** of the last test of the result as it is now, where its report is gone: the app was closed meanwhile */
  readonly kept: LeakCounts | null
  readonly error: NeiroErrorData | null
}

export interface LeakCalls {
  'leak.get': { args: { run: string }; result: LeakView }
  /** asks for what stands in the project's data before masking, and for planted words; arrives as leak.progress */
  'leak.start': { args: { run: string; planted: readonly string[] }; result: LeakView }
  'leak.cancel': { args: { run: string }; result: null }
}
