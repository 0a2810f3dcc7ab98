// A word of the help panel: the plain word, the technical term beside it, two sentences.

export interface HelpWord {
  readonly word: string
  readonly term?: string
  readonly text: string
}
