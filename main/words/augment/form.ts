// The form of the words about synthetic examples.
import type { SyntheticKind } from '../../contract/synthetic'

/** What is said otherwise where texts are sorted: nobody asks there, and nobody answers. */
export interface OfRows {
  readonly lead: string
  readonly help: Partial<Readonly<Record<SyntheticKind, string>>>
  readonly share: string
  readonly would: (count: string, written: string, there: string) => string
  readonly none: string
  readonly from: string
  readonly becomes: string
  readonly make: (count: string) => string
  readonly made: (count: string) => string
}

export interface AugmentWords {
  readonly ofRows: OfRows
  readonly title: string
  readonly lead: string
  readonly kinds: Readonly<Record<SyntheticKind, { readonly label: string; readonly help: string }>>
  readonly share: string
  readonly shareOf: (percent: string) => string
  readonly words: string
  readonly wordsHint: string
  readonly addWords: string
  readonly dropWords: (words: string) => string
  readonly look: string
  readonly looking: string
  readonly stop: string
  /** how many there would be, of how many that somebody wrote and that are not held out */
  readonly would: (count: string, written: string, there: string) => string
  readonly wouldAsk: string
  readonly none: string
  readonly full: string
  readonly from: string
  readonly becomes: string
  readonly how: string
  readonly make: (count: string) => string
  readonly makeSome: string
  readonly made: (count: string) => string
  /** how to try what they are worth, by the names that the page has: of the room, the list, its button, the setting, its values */
  readonly effect: (names: {
    readonly train: string
    readonly sweep: string
    readonly add: string
    readonly setting: string
    readonly values: readonly string[]
  }) => string
  /** what an example is called in a list */
  readonly tag: (kind: string) => string
  readonly fileName: string
}
