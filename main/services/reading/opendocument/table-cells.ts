// content.xml of an OpenDocument sheet as rows of cells, table by table. Text as the user sees it: notes, readings and
// struck-out words are kept apart, and so is what is hidden or filtered.
import { CellError } from '../cell-error'
import { limits } from '../limits'
import type { Collector } from '../packed/office-package'
import { raised } from '../packed/raised-digits'
import type { Area, CellValue, GridRow } from '../table/grid'
import { textLook, type TextLook } from './text-styles'

export interface TableRow extends GridRow {
  readonly table: number
}

export interface TableFacts {
  readonly name: string
  hidden: boolean
  readonly areas: Area[]
  readonly hiddenColumns: Set<number>
  /** remarks on its cells */
  comments: number
}

/** Inside a cell, but not what it shows. */
const unseen = new Set(['annotation', 'ruby-text', 'shapes', 'frame', 'tracked-changes'])
const mostRepeated = 1000
const lastColumn = limits.columns - 1

export class TableCells implements Collector<TableRow> {
  readonly tables: TableFacts[] = []
  private rows: TableRow[] = []
  private depth = 0
  private row = 0
  private rowTimes = 1
  private hidden = false
  private column = 0
  private columnAt = 0
  private cells = new Map<number, CellValue>()
  private struck = ''
  private white = ''
  private tooLong = false
  private cell: { times: number; text: string; paragraphs: number; isFilled: boolean } | null = null
  private skipped = 0
  private style = ''
  private readonly looks = new Map<string, TextLook>()
  private readonly hiddenStyles = new Set<string>()
  /** of the cell, and of the pieces of its text that are open */
  private readonly spans: TextLook[] = []

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const [table] = this.skipped === 0 && name === 'annotation' ? this.tables.slice(-1) : []
    if (table) table.comments++
    if (this.skipped > 0 || (this.cell && unseen.has(name))) this.skipped++
    else if (this.cell) this.inCell(name, attributes)
    else if (name === 'table') this.openTable(attributes)
    else if (this.depth > 0) this.inTable(name, attributes)
    else this.inStyles(name, attributes)
  }

  close(name: string): void {
    if (this.skipped > 0) this.skipped--
    else if (name === 'table-cell' || name === 'covered-table-cell') this.endCell()
    else if (this.cell) {
      if (name === 'span') this.spans.pop()
      if (name === 'table') this.depth--
    } else if (name === 'table-row') this.endRow()
    else if (name === 'table') this.depth--
  }

  text(text: string): void {
    if (this.skipped === 0 && this.cell) this.add(text)
  }

  take(): readonly TableRow[] {
    const { rows } = this
    this.rows = []
    return rows
  }

  private inStyles(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'style') this.style = attributes['name'] ?? ''
    if (name === 'text-properties') this.look(textLook(attributes))
    const behind = attributes['background-color'] ?? 'transparent'
    if (name === 'table-cell-properties' && !/^(transparent|#f{6})$/i.test(behind))
      this.look({ isFilled: true })
    if (name === 'table-properties' && attributes['display'] === 'false') this.hiddenStyles.add(this.style)
  }

  private look(said: TextLook): void {
    this.looks.set(this.style, { ...this.looks.get(this.style), ...said })
  }

  private lookOf(attributes: Readonly<Record<string, string>>): TextLook {
    return this.looks.get(attributes['style-name'] ?? '') ?? {}
  }

  private openTable({ name = '', 'style-name': style = '' }: Readonly<Record<string, string>>): void {
    if (++this.depth > 1) return
    const hidden = this.hiddenStyles.has(style)
    this.tables.push({
      name: name || String(this.tables.length + 1),
      hidden,
      areas: [],
      hiddenColumns: new Set(),
      comments: 0
    })
    this.row = 0
    this.columnAt = 0
  }

  private inTable(name: string, attributes: Readonly<Record<string, string>>): void {
    const isHidden = attributes['visibility'] === 'collapse' || attributes['visibility'] === 'filter'
    if (name === 'table-column') {
      const times = timesOf(attributes['number-columns-repeated'], limits.columns)
      for (let i = 0; isHidden && i < times && this.columnAt + i <= lastColumn; i++)
        this.tables.at(-1)?.hiddenColumns.add(this.columnAt + i)
      this.columnAt = Math.min(lastColumn + 1, this.columnAt + times)
    } else if (name === 'table-row') {
      this.rowTimes = timesOf(attributes['number-rows-repeated'], 2 ** 20)
      this.hidden = isHidden
      this.column = 0
      this.cells = new Map()
      this.struck = ''
      this.white = ''
      this.tooLong = false
    } else if (name === 'table-cell' || name === 'covered-table-cell') this.openCell(name, attributes)
  }

  private openCell(name: string, attributes: Readonly<Record<string, string>>): void {
    const times = timesOf(attributes['number-columns-repeated'], limits.columns)
    const right = this.column + timesOf(attributes['number-columns-spanned'], limits.columns) - 1
    const bottom = this.row + timesOf(attributes['number-rows-spanned'], 2 ** 20)
    const areas = this.tables.at(-1)?.areas ?? []
    if (
      name === 'table-cell' &&
      (right > this.column || bottom > this.row + 1) &&
      areas.length < limits.areas
    )
      areas.push({ top: this.row + 1, left: this.column, bottom, right })
    const look = this.lookOf(attributes)
    this.cell = { times, text: '', paragraphs: 0, isFilled: look.isFilled === true }
    this.spans.push(look)
  }

  private inCell(name: string, attributes: Readonly<Record<string, string>>): void {
    const { cell } = this
    if (!cell) return
    if (name === 'p' || name === 'h') {
      if (cell.paragraphs++ > 0) this.add('\n')
    } else if (name === 's') this.add(' '.repeat(timesOf(attributes['c'], 1000)))
    else if (name === 'tab') this.add('\t')
    else if (name === 'line-break') this.add('\n')
    else if (name === 'span') this.spans.push(this.lookOf(attributes))
    else if (name === 'table') this.depth++
  }

  private add(text: string): void {
    const { cell } = this
    // text between the paragraphs is the form of the XML
    if (!cell || cell.paragraphs === 0) return
    const colour = this.spans.findLast(({ isWhite }) => isWhite !== undefined)
    const raise = this.spans.findLast((look) => look.raise !== undefined)?.raise
    if (this.spans.some(({ isStruck }) => isStruck)) this.struck = (this.struck + text).slice(0, 200)
    else if (colour?.isWhite && !cell.isFilled) this.white = (this.white + text).slice(0, 200)
    else if (cell.text.length <= limits.cell) cell.text += raise ? raised(text, raise) : text
  }

  private endCell(): void {
    const { cell } = this
    if (!cell) return
    this.cell = null
    this.spans.length = 0
    const text = cell.text.trim()
    if (text.length > limits.cell) this.tooLong = true
    const value = isError(text) ? new CellError(text) : text
    for (let i = 0; text !== '' && i < Math.min(cell.times, limits.mergedColumns); i++)
      if (this.column + i <= lastColumn) this.cells.set(this.column + i, value)
    this.column = Math.min(lastColumn + 1, this.column + cell.times)
  }

  private endRow(): void {
    const { cells, hidden, tooLong } = this
    const struck = this.struck.trim()
    const white = this.white.trim()
    const table = this.tables.length - 1
    const times = cells.size > 0 || struck !== '' || white !== '' ? Math.min(this.rowTimes, mostRepeated) : 0
    for (let i = 1; i <= times; i++)
      this.rows.push({
        ...{ table, row: this.row + i, cells },
        ...(hidden && { hidden }),
        ...(struck !== '' && { struck }),
        ...(white !== '' && { unseen: { reason: 'HIDDEN_TEXT' as const, text: white } }),
        ...(tooLong && { broken: 'CELL_TOO_LONG' as const })
      })
    this.row += this.rowTimes
  }
}

function timesOf(value: string | undefined, most: number): number {
  return Math.min(most, Math.max(1, Math.trunc(Number(value ?? 1)) || 1))
}

const isError = (text: string): boolean =>
  /^(#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)|Err:\d{3})$/.test(text)
