// One grid as a table: its names, the titles above them, and its rows as the eye sees them: what is hidden or struck out
// is left out and listed. Goes through it twice, because Excel writes down last which cells are merged.
import type { RecognisedFile } from '../../../contract/records'
import { noSuchRow } from '../file-errors'
import type { RawRow, ReadFile } from '../rows'
import type { BrokenRow } from '../refusals'
import { ColumnLabels, uniqueNames } from './column-labels'
import { findHeader, headerAt, lookedAt, titlesOf, type Header, type SeenRow } from './find-header'
import { columnLetters, type Area, type CellValue, type Grid, type GridRow } from './grid'
import { SecondTable } from './second-table'
import { MergedCells, type SeenCell } from './merged-cells'

export interface GridOptions {
  /** where it lies, for errors */
  readonly file: string
  readonly format: RecognisedFile['format']
  /** the columns are called by their numbers, whatever the first row says */
  readonly namesAreNumbers: boolean
  /** row of the column names as the user says, 0: none */
  readonly headerRow?: number
  /** the user does not want it: its rows are only counted */
  readonly leftOut: boolean
  /** called while the grid is looked over; throws where reading must stop */
  readonly beat: (rows: number) => void
}

/** Null for a grid with nothing in it that anybody sees. */
export async function readGrid(grid: Grid, options: GridOptions): Promise<ReadFile | null> {
  const survey = await surveyGrid(grid, options)
  if (survey.columns.length === 0) return null
  const top = seenRows(survey)
  const found = headerOf(top, options)
  if (!found) throw noSuchRow(options.file, options.headerRow ?? 0)
  const { index, start, certainty } = found
  const header = top[index]
  const names = header
    ? uniqueNames(header.cells.map((name, i) => name.trim() || `(${columnLetters(survey.columns[i] ?? 0)})`))
    : survey.columns.map((_, i) => String(i + 1))
  const second = new SecondTable()
  const after = header ? header.row : (top[start]?.row ?? 1) - 1
  return {
    format: options.format,
    hasNames: header !== undefined,
    sheet: grid.name,
    ...(options.leftOut && { leftOut: true as const }),
    headerRow: header?.row ?? 0,
    certainty: { header: certainty },
    titles: titlesOf(top, found),
    rows: rowsOf(grid, survey, new ColumnLabels(names, header !== undefined), { after, second }),
    notes: () => second.notes()
  }
}

function headerOf(top: readonly SeenRow[], { headerRow, namesAreNumbers }: GridOptions): Header | null {
  if (headerRow !== undefined) return headerAt(top, headerRow)
  return namesAreNumbers ? headerAt(top, 0) : findHeader(top)
}

interface Survey {
  readonly areas: readonly Area[]
  /** columns in which anything stands that is seen */
  readonly columns: readonly number[]
  /** hidden columns, each with the first thing that stands in it */
  readonly hidden: ReadonlyMap<number, string>
  readonly first: readonly GridRow[]
}

async function surveyGrid(grid: Grid, { beat, headerRow = 0 }: GridOptions): Promise<Survey> {
  const columns = new Set<number>()
  const hidden = new Map<number, string>()
  const first: GridRow[] = []
  for await (const row of grid.rows()) {
    beat(0)
    if (row.hidden || row.cells.size === 0) continue
    for (const [column, value] of row.cells) {
      if (!grid.isHiddenColumn(column)) columns.add(column)
      else if (!hidden.has(column)) hidden.set(column, String(value).slice(0, 80))
    }
    // the row that the user names may stand further down
    const isNamed = row.row >= headerRow && (first.at(-1)?.row ?? 0) < headerRow
    if (first.length < lookedAt || isNamed) first.push(row)
  }
  return { areas: grid.areas(), columns: [...columns].sort((a, b) => a - b), hidden, first }
}

/** Rows handed over at once. */
const batchSize = 500

/** Rows of the table, the first one behind the header. */
async function* rowsOf(
  grid: Grid,
  { areas, columns, hidden }: Survey,
  labels: ColumnLabels,
  { after, second }: { readonly after: number; readonly second: SecondTable }
): AsyncGenerator<RawRow[]> {
  let last = after
  const merged = new MergedCells<CellValue>(areas)
  const indexOf = new Map(columns.map((column, i) => [column, i]))
  let batch = [...hidden].map(([column, value]) =>
    broken(after, 'HIDDEN_COLUMN', [value || columnLetters(column)])
  )
  for await (const row of grid.rows()) {
    const seen = merged.fill(row.row, row.cells, columns)
    if (row.row <= after) continue
    if (row.struck) batch.push(broken(row.row, 'STRUCK_OUT', [row.struck]))
    if (row.unseen) batch.push(broken(row.row, row.unseen.reason, [row.unseen.text]))
    const isFilled = [...seen].some(([column, { own }]) => own && indexOf.has(column))
    if (isFilled) {
      const cells = [...seen.values()].map(({ value }) => String(value))
      if (!row.hidden) second.row(row.row, cells, row.row > last + 1)
      last = row.row
    }
    if (isFilled || row.broken) batch.push(rowOf(row, seen, indexOf, labels))
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  yield batch
}

function rowOf(
  { row, hidden, broken: reason }: GridRow,
  seen: ReadonlyMap<number, SeenCell<CellValue>>,
  indexOf: ReadonlyMap<number, number>,
  labels: ColumnLabels
): RawRow {
  const cells = new Map<number, CellValue>()
  const shown: SeenCell<CellValue>[] = []
  for (const [column, cell] of seen) {
    const i = indexOf.get(column)
    if (i === undefined) continue
    cells.set(i, cell.value)
    shown.push(cell)
  }
  if (hidden) return broken(row, 'HIDDEN_ROW', cells.values())
  if (reason) return broken(row, reason, cells.values())
  if (isSection(shown)) return broken(row, 'SECTION_ROW', cells.values())
  if (shown.length > 1 && isText(cells) && labels.isRepeatedAt(cells))
    return broken(row, 'REPEATED_HEADER', cells.values())
  return { kind: 'row', row, values: labels.valuesAt(cells) }
}

function isText(cells: ReadonlyMap<number, CellValue>): cells is ReadonlyMap<number, string> {
  for (const value of cells.values()) if (typeof value !== 'string') return false
  return true
}

/** A heading over all columns is a part of the form. */
function isSection(cells: readonly SeenCell<CellValue>[]): boolean {
  const [first] = cells
  return cells.length > 1 && first?.area != null && cells.every(({ area }) => area === first.area)
}

function broken(row: number, reason: BrokenRow, cells: Iterable<CellValue>): RawRow {
  const texts = new Set<string>()
  for (const cell of cells) if (texts.size < 10) texts.add(String(cell).slice(0, 200))
  return { kind: 'broken', row, reason, excerpt: [...texts].join(' ').trim().slice(0, 80) }
}

function seenRows({ areas, columns, first }: Survey): SeenRow[] {
  const merged = new MergedCells<CellValue>(areas)
  return first.map(({ row, cells }) => {
    const seen = merged.fill(row, cells, columns)
    return {
      row,
      cells: columns.map((column) => String(seen.get(column)?.value ?? '')),
      areas: columns.map((column) => seen.get(column)?.area ?? null)
    }
  })
}
