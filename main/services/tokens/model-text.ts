// What a model makes of text: its tokenizer and its chat template as one thing that is asked. It answers from another
// process (main/workshop), because both are a stranger's and either may never come to an end.
import type { Example, Message } from '../../contract/records'
import type { GgufVocabulary } from './gguf/vocabulary'
import type { Marks, Outcome } from './kinds/kind'
import type { Lengths } from './lengths'
import type { Piece } from './pieces'

/** An example as the model is given it, uncut. */
export interface ShownExample {
  readonly pieces: readonly Piece[]
  /** as all lengths are counted: of two replies the longer one, with what was asked */
  readonly tokens: number
}

export interface ShownAs {
  readonly systemPrompt?: string | undefined
  readonly lossOn: 'responses' | 'all'
}

export interface ModelText {
  readonly marks: Marks
  /** tokens that a unit of UTF-16 may become at the most; null: not known of its tokenizer */
  readonly unitWeights: Uint16Array | null
  /** Of a token beside the vocabulary, or one that the model's own files name. */
  idOf(token: string): number | null
  encode(texts: readonly string[]): Promise<readonly Int32Array[]>
  decode(ids: ArrayLike<number>, skipSpecialTokens?: boolean): Promise<string>
  /** Does what these ids say still hang on the next one? */
  endsInBytes(ids: ArrayLike<number>): Promise<boolean>
  /** Of some demanding characters, those that the model cannot read. */
  losesCharacters(): Promise<readonly string[]>
  /** Each example in tokens, or why it cannot be learnt. */
  outcomes(examples: readonly Example[], systemPrompt: string): Promise<readonly Outcome[]>
  /** The same where nobody needs the tokens themselves, but how many they are. upTo: those that surely are no longer need not be
   *  counted; in their place stands what they have at the most. */
  lengths(examples: readonly Example[], systemPrompt: string, upTo?: number): Promise<Lengths>
  /** The tokens that generation is given for the next answer. */
  prompt(messages: readonly Message[]): Promise<Int32Array>
  shown(example: Example, as: ShownAs): Promise<ShownExample>
  /** The prompt as text, by this template in place of the model's where one is given. */
  rendered(messages: readonly Message[], template?: string): Promise<string>
  /** The tokenizer as a GGUF file has it, with a token for each row of the embedding. Throws GGUF_TEXT. */
  vocabulary(rows: number): Promise<GgufVocabulary>
}
