// What a kind of example says of itself to all who show, search, change, split and write examples. How it becomes
// tokens is said in tokens/kinds.
import type { Example } from '../../../contract/records'
import type { ExamplePreview, ExampleRow } from '../../../contract/window/data'

/** An example as one row of a table: what is asked and what is answered. */
export interface Pair {
  readonly question: string
  readonly answer: string
  /** of two answers the one that is not preferred */
  readonly other?: string
  readonly verdict?: ExampleRow['verdict']
}

/** Codes: what is learnt must not be empty, and of two answers one is better. */
export type BadWords =
  'EMPTY_QUESTION' | 'EMPTY_ANSWER' | 'EMPTY_OTHER' | 'EMPTY_TEXT' | 'EMPTY_LABEL' | 'SAME_ANSWERS'

export interface ExampleKind<E extends Example> {
  /** what it is made of: its fields as a line of JSONL has them */
  readonly fields: readonly (keyof E & string)[]
  /** of the file that holds the examples of this kind: train.jsonl, train-texts.jsonl */
  readonly fileSuffix: string
  /** every text in it, in order */
  readonly texts: (example: E) => readonly string[]
  /** with each text changed; the very same example where none differs */
  readonly mapTexts: (example: E, change: (text: string) => string) => E
  readonly pair: (example: E) => Pair
  /** with the words of the user instead; the very same example where nothing differs */
  readonly edited: (example: E, words: Partial<Pair>) => E
  /** Code of what is wrong with these words, beside those that stay as they are shown; null where nothing is. */
  readonly refuses: (words: Partial<Pair>, shown?: Pair) => BadWords | null
  /** examples that begin alike stand on one side of the split */
  readonly opening: (example: E) => string
  /** as a model reads it, turn by turn */
  readonly turns: (example: E, systemPrompt: string | undefined) => ExamplePreview['turns']
  /** is it cut off where it is longer than the limit? If not, it goes on behind it. */
  readonly endsAtLimit: boolean
}

export const isBlank = (text: string | undefined): boolean => text?.trim() === ''
