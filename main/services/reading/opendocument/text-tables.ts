// The tables that are open in an OpenDocument text; one inside a cell is part of the cell's text.
import { limits } from '../limits'

type Attributes = Readonly<Record<string, string>>

export interface TextRow {
  readonly line: number
  readonly cells: string[]
  readonly isHeader: boolean
}

interface OpenTable {
  readonly rows: TextRow[]
  row: TextRow | null
  cell: { readonly parts: string[]; readonly times: number; readonly covered: boolean } | null
  isHeader: boolean
  /** cells that reach down into the next rows, by column */
  readonly below: Map<number, { rows: number; text: string }>
  down: number
}

export class TextTables {
  private readonly tables: OpenTable[] = []

  get isInCell(): boolean {
    return (this.tables.at(-1)?.cell ?? null) !== null
  }

  open(): void {
    this.tables.push({ rows: [], row: null, cell: null, isHeader: false, below: new Map(), down: 0 })
  }

  markHeader(): void {
    const table = this.tables.at(-1)
    if (table) table.isHeader = true
  }

  /** Whether it is one of the page, which counts as a line. */
  openRow(line: number): boolean {
    const table = this.tables.at(-1)
    if (!table) return false
    table.row = { line, cells: [], isHeader: table.isHeader }
    return this.tables.length === 1
  }

  openCell(name: string, attributes: Attributes): void {
    const table = this.tables.at(-1)
    if (!table) return
    const number = (key: string): number => Math.max(1, Number(attributes[key] ?? 1) || 1)
    table.cell = {
      parts: [],
      times: Math.min(63, number('number-columns-repeated')),
      covered: name === 'covered-table-cell'
    }
    table.down = table.cell.covered ? 0 : Math.min(65_536, number('number-rows-spanned') - 1)
  }

  add(text: string): void {
    if (text !== '') this.tables.at(-1)?.cell?.parts.push(text)
  }

  closeCell(): void {
    const table = this.tables.at(-1)
    if (!table?.cell || !table.row) return
    const { parts, times, covered } = table.cell
    for (let i = 0; i < times && table.row.cells.length < limits.columns; i++) {
      const column = table.row.cells.length
      const above = covered ? table.below.get(column) : undefined
      const goesOn = above !== undefined && above.rows-- > 0
      const text = goesOn ? above.text : parts.join('\n')
      if (table.down > 0) table.below.set(column, { rows: table.down, text })
      table.row.cells.push(text)
    }
    table.cell = null
  }

  /** The line of the row, of one that stands on the page. */
  closeRow(): number | null {
    const table = this.tables.at(-1)
    if (!table?.row) return null
    const { row } = table
    table.rows.push(row)
    table.row = null
    table.isHeader = false
    return this.tables.length === 1 ? row.line : null
  }

  /** The rows of a table on the page; null for one in a cell of another. */
  close(): readonly TextRow[] | null {
    const rows = this.tables.pop()?.rows ?? []
    const outer = this.tables.at(-1)?.cell
    if (!outer) return rows
    for (const { cells } of rows) this.add(cells.filter((cell) => cell !== '').join('\t'))
    return null
  }
}
