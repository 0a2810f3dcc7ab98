// A table as cells in rows and columns, whatever file it stands in (Excel, OpenDocument, HTML): what the reader of
// each gives, and what read-grid makes rows of.
import type { CellError } from '../cell-error'

export type CellValue = string | CellError

/** A merged area, all ends included; rows 1-based, columns from 0. */
export interface Area {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface UnseenText {
  readonly reason: 'HIDDEN_TEXT' | 'SYMBOL_FONT'
  readonly text: string
}

export interface GridRow {
  /** 1-based, as the user counts */
  readonly row: number
  /** by column, from 0; those with something in them */
  readonly cells: ReadonlyMap<number, CellValue>
  /** by whoever made the file, or by a filter */
  readonly hidden?: boolean
  /** text that is struck out: no part of the cells */
  readonly struck?: string
  /** text that nobody sees, or nobody can read: no part of the cells either */
  readonly unseen?: UnseenText
  readonly broken?: 'CELL_TOO_LONG'
}

export interface Grid {
  readonly name: string
  /** From the top, as often as it is asked for. */
  rows(): AsyncIterable<GridRow>
  /** Known when the rows have been gone through once. */
  areas(): readonly Area[]
  isHiddenColumn(column: number): boolean
}

/** 27 -> AB, as the user sees it above the column. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  }
  return letters
}
