// The form of the words of a figure.
import type { FigureName } from '../../contract/figures'

/** What a training by preferences calls loss is of choices, and not of words as all other losses are: it has a name of its own. */
export type NamedFigure = FigureName | 'preferenceLoss'

export interface FigureWords {
  readonly plain: string
  readonly term: string
  /** in a line of progress */
  readonly short: string
  /** in a sentence: of the updates, and of the held-out part where it is measured there too */
  readonly training: string
  readonly heldOut?: string
}
