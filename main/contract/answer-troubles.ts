// What is to be looked at in an answer: reasons to look, never that it is good.

export interface OtherTopic {
  readonly lacks: readonly string[]
  readonly says: readonly string[]
}

/** what the sample knows of its own answers */
export type Checked = 'tone' | 'facts'

export interface Troubles {
  /** signs that no writer means */
  readonly broken: boolean
  /** a phrase that is said over and over; null: none */
  readonly repeated: string | null
  /** numbers and names of the reference that the answer lacks */
  readonly lost: readonly string[]
  /** numbers that neither the question nor the reference has */
  readonly invented: readonly string[]
  /** words of another language in the middle of it; null: none */
  readonly foreign: string | null
  /** it seems to speak of something else; null: it does not */
  readonly otherTopic: OtherTopic | null
  /** the sample's own check does not find it */
  readonly missed: readonly Checked[]
}
