// Of the runs of a cell's text, what is seen; what is struck out, white on nothing or in an unknown font of pictures is
// kept apart. Pure.
import { seenIn } from '../packed/symbol-fonts'
import type { CellValue, UnseenText } from '../table/grid'
import type { TextRun } from './rich-text'

export interface SeenCell {
  /** null where nothing is seen */
  readonly value: CellValue | null
  /** what is struck out, '' for nothing */
  readonly struck: string
  readonly unseen: UnseenText | null
}

export const nothing: SeenCell = { value: null, struck: '', unseen: null }

/** runs: each in the look that it has in its cell */
export function seenRuns(runs: readonly TextRun[]): SeenCell {
  let [seen, struck, white, unknown] = ['', '', '', '']
  for (const { text, isStruck, isWhite, pictures } of runs) {
    const shown = pictures === '' ? text : seenIn(pictures, text)
    if (isStruck) struck += text
    else if (isWhite) white += text
    else if (shown === null) unknown += text
    else seen += shown
  }
  return {
    value: seen.trim() === '' ? null : seen,
    struck: struck.trim(),
    unseen: unseenOf('HIDDEN_TEXT', white) ?? unseenOf('SYMBOL_FONT', unknown)
  }
}

const unseenOf = (reason: UnseenText['reason'], text: string): UnseenText | null =>
  text.trim() === '' ? null : { reason, text: text.trim() }
