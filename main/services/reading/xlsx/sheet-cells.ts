// The cells of a sheet as they stand in its XML, row by row, the areas that are merged and the columns that are hidden.
// What a value means (shared text, date, number) is workbook's matter.
import { limits } from '../limits'
import { LimitProblem } from '../packed/xml-reader'
import type { Collector } from '../packed/office-package'
import type { Area } from '../table/grid'
import { RichText, type TextRun } from './rich-text'

export interface RawCell {
  /** 0 = A */
  readonly column: number
  /** n number, s shared text, str and inlineStr text, b true or false, e error, d ISO date */
  readonly type: string
  readonly style: number
  readonly value: string
  /** of a text in the cell itself that is not of one look */
  readonly runs?: readonly TextRun[]
}

export interface RawRow {
  /** 1-based, as Excel counts */
  readonly row: number
  readonly cells: readonly RawCell[]
  readonly hidden: boolean
}

const lastColumn = 16_383
const lastRow = 1_048_576

export class SheetCells implements Collector<RawRow> {
  /** complete when the sheet has been read: it stands behind the cells */
  readonly merged: Area[] = []
  /** stand before the cells */
  readonly hiddenColumns = new Uint8Array(lastColumn + 1)
  private columnRanges = 0
  private rows: RawRow[] = []
  private row = 0
  private hidden = false
  private cells: RawCell[] = []
  private column = -1
  private type = 'n'
  private style = 0
  private value = ''
  private inValue = false
  private readonly inline = new RichText()

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.openRow(attributes)
    else if (name === 'c') {
      this.column = Math.max(columnOf(attributes['r'] ?? ''), this.column + 1)
      this.type = attributes['t'] ?? 'n'
      this.style = Number(attributes['s'] ?? 0)
      this.value = ''
    } else if (name === 'v') this.inValue = true
    else if (name === 'mergeCell') this.addArea(attributes['ref'] ?? '')
    else if (name === 'col') this.addColumns(attributes)
    else this.inline.open(name, attributes)
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false
    else if (name === 'c') this.endCell()
    else if (name === 'row') {
      const { row, cells, hidden } = this
      if (cells.length > 0) this.rows.push({ row, cells, hidden })
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

  private openRow({ r = '', hidden, ht }: Readonly<Record<string, string>>): void {
    // rows and cells may leave out where they stand: then they follow one another
    const said = r.length <= limits.reference ? Number(r) || 0 : 0
    this.row = Math.max(said <= lastRow ? said : 0, this.row + 1)
    this.hidden = isOn(hidden) || (ht !== undefined && Number(ht) < lowest)
    this.cells = []
    this.column = -1
  }

  private endCell(): void {
    const inline = this.type === 'inlineStr' ? this.inline.take() : null
    const value = inline?.text ?? this.value
    if (value === '' || this.column > lastColumn) return
    const { column, type, style } = this
    this.cells.push({ column, type, style, value, ...(inline?.runs && { runs: inline.runs }) })
  }

  private addArea(ref: string): void {
    if (ref.length > 2 * limits.reference) return
    if (this.merged.length >= limits.areas)
      throw new LimitProblem('more merged areas than any honest sheet has')
    const [first = '', last = first] = ref.replaceAll('$', '').split(':')
    const [top, bottom] = [rowOf(first), rowOf(last)].sort((a, b) => a - b) as [number, number]
    const [left, right] = [columnOf(first), columnOf(last)].sort((a, b) => a - b) as [number, number]
    if (top > 0 && left >= 0) this.merged.push({ top, left, bottom, right })
  }

  private addColumns({ min, max, hidden, width }: Readonly<Record<string, string>>): void {
    const isHidden = isOn(hidden) || (width !== undefined && Number(width) < narrowest)
    if (!isHidden || ++this.columnRanges > lastColumn) return
    this.hiddenColumns.fill(1, Number(min) - 1 || 0, Number(max ?? min) || 0)
  }
}

/** Points of a row and characters of a column below which nobody reads what stands there: drawn shut by hand. */
const lowest = 3
const narrowest = 0.3

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true'

/** AB12 -> 27; -1 where there are no letters. */
function columnOf(ref: string): number {
  let column = 0
  for (let i = 0; i < ref.length && i < limits.reference; i++) {
    const c = ref.charCodeAt(i)
    if (c < 65 || c > 90) break
    column = column * 26 + c - 64
  }
  return column - 1
}

/** AB12 -> 12; 0 where there is no number at the end. */
function rowOf(ref: string): number {
  if (ref.length > limits.reference) return 0
  let from = ref.length
  while (from > 0 && isDigit(ref.charCodeAt(from - 1))) from--
  return Number(ref.slice(from))
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
