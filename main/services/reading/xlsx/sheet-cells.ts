// The cells of a sheet as they stand in its XML, row by row, and the areas that are merged. What a value means
// (shared text, date, number) is workbook's matter.
import type { Collector } from '../packed/office-package'
import { RichText } from './rich-text'

export interface RawCell {
  /** 0 = A */
  readonly column: number
  /** n number, s shared text, str and inlineStr text, b true or false, e error, d ISO date */
  readonly type: string
  readonly style: number
  readonly value: string
}

export interface RawRow {
  /** 1-based, as Excel counts */
  readonly row: number
  readonly cells: readonly RawCell[]
}

/** A merged area, all ends included; rows 1-based, columns from 0. */
export interface Area {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

const lastColumn = 16_383

export class SheetCells implements Collector<RawRow> {
  /** complete when the sheet has been read: it stands behind the cells */
  readonly merged: Area[] = []
  private rows: RawRow[] = []
  private row = 0
  private cells: RawCell[] = []
  private column = -1
  private type = 'n'
  private style = 0
  private value = ''
  private inValue = false
  private readonly inline = new RichText()

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      // rows and cells may leave out where they stand: then they follow one another
      this.row = Math.max(Number(attributes['r'] ?? 0) || 0, this.row + 1)
      this.cells = []
      this.column = -1
    } else if (name === 'c') {
      this.column = Math.max(columnOf(attributes['r'] ?? ''), this.column + 1)
      this.type = attributes['t'] ?? 'n'
      this.style = Number(attributes['s'] ?? 0)
      this.value = ''
    } else if (name === 'v') this.inValue = true
    else if (name === 'mergeCell') this.addArea(attributes['ref'] ?? '')
    else this.inline.open(name)
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false
    else if (name === 'c') this.endCell()
    else if (name === 'row') {
      if (this.cells.length > 0) this.rows.push({ row: this.row, cells: this.cells })
    } else this.inline.close(name)
  }

  text(text: string): void {
    if (this.inValue) this.value += text
    else this.inline.add(text)
  }

  take(): readonly RawRow[] {
    const { rows } = this
    this.rows = []
    return rows
  }

  private endCell(): void {
    const inline = this.inline.take()
    const value = this.type === 'inlineStr' ? inline : this.value
    if (value === '' || this.column > lastColumn) return
    this.cells.push({ column: this.column, type: this.type, style: this.style, value })
  }

  private addArea(ref: string): void {
    const [first = '', last = first] = ref.replaceAll('$', '').split(':')
    const [top, bottom] = [rowOf(first), rowOf(last)].sort((a, b) => a - b) as [number, number]
    const [left, right] = [columnOf(first), columnOf(last)].sort((a, b) => a - b) as [number, number]
    if (top > 0 && left >= 0) this.merged.push({ top, left, bottom, right })
  }
}

/** AB12 -> 27; -1 where there are no letters. */
function columnOf(ref: string): number {
  let column = 0
  for (const c of ref) {
    if (c < 'A' || c > 'Z') break
    column = column * 26 + c.charCodeAt(0) - 64
  }
  return column - 1
}

function rowOf(ref: string): number {
  return Number(/\d+$/.exec(ref)?.[0] ?? 0)
}

/** 27 -> AB, as the user sees it above the column. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  }
  return letters
}
