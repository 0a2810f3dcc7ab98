// One sheet as a table: its names, the titles above them, and its rows as the eye sees them. Reads the sheet
// twice, because Excel writes down last which cells are merged.
import { noSuchRow } from '../file-errors'
import type { CellError } from '../cell-error'
import { type RawRow, type ReadFile } from '../rows'
import { uniqueNames } from '../table/column-labels'
import { findHeader, headerAt, lookedAt, titlesOf, type Header, type SeenRow } from '../table/find-header'
import { MergedCells, type SeenCell } from './merged-cells'
import { columnLetters, SheetCells, type Area, type RawRow as CellRow } from './sheet-cells'
import type { Sheet, Workbook } from './workbook'

export interface SheetOptions {
  /** the columns are called by their numbers, whatever the first row says */
  readonly namesAreNumbers: boolean
  /** row of the column names as the user says, 0: none */
  readonly headerRow?: number
  /** the user does not want it: its rows are only counted */
  readonly leftOut: boolean
  /** called while the sheet is looked over; throws where reading must stop */
  readonly beat: (rows: number) => void
}

/** Null for a sheet with nothing in it. */
export async function readSheet(
  book: Workbook,
  sheet: Sheet,
  options: SheetOptions
): Promise<ReadFile | null> {
  const survey = await surveySheet(book, sheet, options)
  if (survey.columns.length === 0) return null
  const top = seenRows(book, survey, survey.first)
  const found = headerOf(top, options)
  if (!found) throw noSuchRow(book.file.path, options.headerRow ?? 0)
  const { index, start, certainty } = found
  const header = top[index]
  const names = header
    ? uniqueNames(header.cells.map((name, i) => name.trim() || `(${columnLetters(survey.columns[i] ?? 0)})`))
    : survey.columns.map((_, i) => String(i + 1))
  return {
    format: 'xlsx',
    hasNames: header !== undefined,
    sheet: sheet.name,
    ...(options.leftOut && { leftOut: true as const }),
    headerRow: header?.row ?? 0,
    certainty: { header: certainty },
    titles: titlesOf(top, found),
    rows: rows(book, sheet, survey, { names, after: firstRow(top, { index, start }) - 1 })
  }
}

function headerOf(top: readonly SeenRow[], { headerRow, namesAreNumbers }: SheetOptions): Header | null {
  if (headerRow !== undefined) return headerAt(top, headerRow)
  return namesAreNumbers ? headerAt(top, 0) : findHeader(top)
}

interface Survey {
  readonly areas: readonly Area[]
  /** columns in which anything stands */
  readonly columns: readonly number[]
  readonly first: readonly CellRow[]
}

async function surveySheet(
  book: Workbook,
  sheet: Sheet,
  { beat, headerRow = 0 }: SheetOptions
): Promise<Survey> {
  const cells = new SheetCells()
  const columns = new Set<number>()
  const first: CellRow[] = []
  for await (const row of book.file.collect(sheet.part, cells)) {
    beat(0)
    const filled = row.cells.filter((cell) => isFilled(book.valueOf(cell)))
    for (const { column } of filled) columns.add(column)
    // the row that the user names may stand further down
    const isNamed = row.row >= headerRow && (first.at(-1)?.row ?? 0) < headerRow
    if (filled.length > 0 && (first.length < lookedAt || isNamed)) first.push(row)
  }
  return { areas: cells.merged, columns: [...columns].sort((a, b) => a - b), first }
}

/** Rows of the table, the first one behind the header. */
async function* rows(
  book: Workbook,
  sheet: Sheet,
  { areas, columns }: Survey,
  { names, after }: { readonly names: readonly string[]; readonly after: number }
): AsyncGenerator<RawRow> {
  const merged = new MergedCells<string | CellError>(areas)
  for await (const cellRow of book.file.collect(sheet.part, new SheetCells())) {
    const seen = merged.fill(cellRow.row, valuesOf(book, cellRow), columns)
    if (cellRow.row <= after || ![...seen.values()].some(({ own }) => own)) continue
    const cells = columns.map((column) => seen.get(column))
    const reason = notData(cells, names)
    const values = cells.map((cell) => cell?.value ?? '')
    yield reason
      ? {
          kind: 'broken',
          row: cellRow.row,
          reason,
          excerpt: [...new Set(values.map(String))].join(' ').trim()
        }
      : {
          kind: 'row',
          row: cellRow.row,
          values: Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
        }
  }
}

/** Rows inside a table that are parts of its form: a heading over all columns, the names once more. */
function notData(
  cells: readonly (SeenCell<string | CellError> | undefined)[],
  names: readonly string[]
): 'SECTION_ROW' | 'REPEATED_HEADER' | null {
  const filled = cells.filter((cell) => cell !== undefined)
  const [first] = filled
  if (filled.length > 1 && first?.area && filled.every(({ area }) => area === first.area))
    return 'SECTION_ROW'
  const isName = (i: number): boolean => {
    const value = cells[i]?.value ?? ''
    return typeof value === 'string' && (value.trim() === names[i] || value === '')
  }
  return filled.length > 1 && names.every((_, i) => isName(i)) ? 'REPEATED_HEADER' : null
}

function valuesOf(book: Workbook, { cells }: CellRow): Map<number, string | CellError> {
  const values = new Map<number, string | CellError>()
  for (const cell of cells) {
    const value = book.valueOf(cell)
    if (isFilled(value)) values.set(cell.column, value)
  }
  return values
}

function seenRows(book: Workbook, { areas, columns }: Survey, first: readonly CellRow[]): SeenRow[] {
  const merged = new MergedCells<string | CellError>(areas)
  return first.map((cellRow) => {
    const seen = merged.fill(cellRow.row, valuesOf(book, cellRow), columns)
    return {
      row: cellRow.row,
      cells: columns.map((column) => String(seen.get(column)?.value ?? '')),
      areas: columns.map((column) => seen.get(column)?.area ?? null)
    }
  })
}

function firstRow(top: readonly SeenRow[], { index, start }: Pick<Header, 'index' | 'start'>): number {
  const header = top[index]
  return header ? header.row + 1 : (top[start]?.row ?? 1)
}

const isFilled = (value: string | CellError): boolean => typeof value !== 'string' || value.trim() !== ''
