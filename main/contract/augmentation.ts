// What examples can be made from others, as window and command line ask for it. Only questions are put in other ways: an answer
// is what is learnt, and stays as somebody wrote it. Imports nothing but its neighbours.
import type { SyntheticKind } from './synthetic'

export interface AugmentChoices {
  readonly kinds: readonly SyntheticKind[]
  /** synthetic examples for each that somebody wrote, at most; 0..mostShare */
  readonly share: number
  /** groups of words of the user's that mean the same, beside ours */
  readonly words: readonly (readonly string[])[]
}

/** as many as there are others at the very most: what a machine made must not be most of what is learnt */
export const mostShare = 1
export const usualShares = [0.1, 0.25, 0.5, 1] as const
/** that are made at once */
export const mostMade = 20_000
/** of those that a model has to write */
export const mostParaphrases = 200

export const usualChoices: AugmentChoices = { kinds: ['synonyms', 'order', 'typing'], share: 0.25, words: [] }

/** One that would be made, beside what it is made from. */
export interface MadeExample {
  readonly by: SyntheticKind
  readonly file: string
  readonly row: number
  readonly question: string
  readonly becomes: string
  readonly answer: string
}

export interface AugmentPreview {
  /** the first of them */
  readonly examples: readonly MadeExample[]
  /** how many rules would make, and of each kind; how many a model would make shows only when it is asked */
  readonly count: number
  readonly kinds: readonly { readonly kind: SyntheticKind; readonly count: number }[]
  /** that somebody wrote and that are learnt, and synthetic ones that are there already */
  readonly written: number
  readonly there: number
  /** how many there may be more */
  readonly wanted: number
}

export interface AugmentProgress {
  readonly project: string
  readonly done: number
  readonly total: number
}
