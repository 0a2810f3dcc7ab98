// The two languages and the form of a sentence. Imports nothing.

export type Language = 'ja' | 'en'

export interface Sentence {
  /** what is; one plain sentence */
  readonly message: string
  /** the way out; one plain sentence */
  readonly hint: string
  /** the way out for whoever types commands, where it is another one */
  readonly command?: string
}

export type ErrorWords = Readonly<Record<string, Readonly<Record<Language, Sentence>>>>
