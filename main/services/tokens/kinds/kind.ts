// What a kind of example says of its tokens: which pieces of text it is made of, and how it is cut to a length. The
// tokens between the two are the same for every length: they are made once.
import type { SpaceMarks } from '../space-marks'
import type { TokenExample } from '../../../batches/example-set'
import type { NeiroError } from '../../../contract/errors'
import type { Example, RowSource } from '../../../contract/records'
import type { ChatTemplate } from '../chat-template'
import type { EncodedPieces, Piece } from '../pieces'
import type { Tokenizer } from '../tokenizer'

/** Label of a token that is not learnt. */
export const notLearnt = -100

/** What decides an example's tokens before anything is cut: at hand in the workshop alone. */
export interface Wording {
  readonly tokenizer: Tokenizer
  readonly template: ChatTemplate
  /** put before a text by the tokenizer itself */
  readonly bosToken: string | null
  readonly eosToken: string | null
  /** rows of the model's embedding; absent: enough */
  readonly rows?: number | undefined
  /** given to conversations that have no system message of their own */
  readonly systemPrompt?: string | undefined
}

export interface Limits {
  readonly maxSeqLength: number
  readonly lossOn: 'responses' | 'all'
}

export interface Around {
  readonly before: readonly number[]
  readonly behind: readonly number[]
}

/** Ids of the tokens that texts begin and end with; null where the model has none. And what else is known of the
 *  model's tokens without asking for a text. */
export interface Marks {
  readonly begin: number | null
  readonly end: number | null
  /** what answers are taught to end with; null: nothing */
  readonly turnEnd: number | null
  /** ids that the tokenizer puts around a whole text: [CLS] and [SEP] of encoders */
  readonly around: Around
  /** what stands for all that the tokenizer has no token for; absent: it has one for everything */
  readonly unknown?: number | undefined
  /** every id lies below */
  readonly idLimit: number
  /** where it puts marks for spaces that no text holds; absent: nowhere to be said */
  readonly spaces?: SpaceMarks | undefined
  /** what the template leaves out: system messages, earlier turns; absent: nothing */
  readonly leftOut?: readonly ('system' | 'earlier')[] | undefined
  /** marks that the template writes and that are no tokens */
  readonly strays: readonly string[]
}

/** A text in tokens from its beginning to its end. */
export interface Whole {
  readonly tokens: Int32Array
  /** 1 for each token of an answer, 2 for each that is never learnt, whatever else is. At the first, which nothing leads
   *  to, a kind may keep a mark of its own, 3 and up */
  readonly learnt: Uint8Array
}

/** An example in tokens (several texts where the template shows an answer differently later), or why it is none. */
export type Outcome = readonly Whole[] | NeiroError

export interface EncodedExample extends TokenExample {
  readonly source: RowSource
  /** tokens cut off at maxSeqLength */
  readonly cut: number
}

export interface KindTokens<E extends Example> {
  /** the model is to say such texts: each character must come back from its tokens */
  readonly comesBack: boolean
  /** all of its texts */
  readonly texts: (example: E) => readonly string[]
  /** Several lists where it becomes several texts. Throws what makes it unfit to be learnt. */
  readonly pieces: (example: E, wording: Wording, ends: readonly string[]) => readonly Piece[][]
  /** from the tokens of each list of pieces */
  readonly whole: (
    encoded: readonly EncodedPieces[],
    lists: readonly (readonly Piece[])[],
    wording: Wording,
    ends: readonly string[]
  ) => readonly Whole[]
  /** Throws where nothing to learn is left. */
  readonly cut: (
    whole: readonly Whole[],
    source: RowSource,
    marks: Marks,
    limits: Limits
  ) => readonly EncodedExample[]
  /** a list of pieces with what is put before and behind it */
  readonly shown: (pieces: readonly Piece[], wording: Wording, ends: readonly string[]) => readonly Piece[]
}

export const isLearnt = ({ labels }: TokenExample): boolean => labels.some((label) => label !== notLearnt)

/** A token's id where the tokenizer has it. */
export function idOf(token: string | null, { tokenizer }: Wording): number | null {
  return token === null ? null : tokenizer.idOf(token)
}
