// Who gives answers marks beside the rules: a model that learnt to, or a program of the user's own. Each answer has one mark,
// and what it is about is theirs alone.

/** An answer, as it was said and as it reads. */
export interface JudgedAnswer {
  readonly prompt: Int32Array
  /** with the token that ended it, where one did */
  readonly tokens: readonly number[]
  /** what the model was asked, its template around it */
  readonly asked: string
  readonly said: string
  /** the answer of the data */
  readonly reference: string
}

export interface Judge {
  /** One for each, in their order. */
  marks(answers: readonly JudgedAnswer[]): Promise<readonly number[]>
  end(): Promise<void>
}
