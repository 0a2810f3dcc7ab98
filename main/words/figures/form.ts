// The form of the words of a figure.

export interface FigureWords {
  readonly plain: string
  readonly term: string
  /** in a line of progress */
  readonly short: string
  /** in a sentence: of the updates, and of the held-out part where it is measured there too */
  readonly training: string
  readonly heldOut?: string
}
