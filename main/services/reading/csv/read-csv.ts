// CSV and TSV: a line that names the delimiter, titles, the row of column names, and rows as named values. What the
// columns mean is recognise-shape's matter.
import { delimiters, type Delimiter } from '../../../contract/records'
import { unguarded } from '../../../files/refused-list'
import { emptyData, noSuchRow, tooManyColumns } from '../file-errors'
import { limits } from '../limits'
import { longestExcerpt } from '../refusals'
import type { RawRow, ReadFile } from '../rows'
import { ColumnLabels, uniqueNames } from '../table/column-labels'
import { SecondTable } from '../table/second-table'
import { findHeader, headerAt, lookedAt, titlesOf, type Header, type SeenRow } from '../table/find-header'
import { CsvRecords, type CsvRecord } from './csv-records'
import { recogniseDialect, type Dialect } from './recognise-dialect'

export interface CsvOptions {
  readonly file: string
  readonly format: 'csv' | 'tsv'
  /** the columns are called by their numbers, whatever the first row says */
  readonly namesAreNumbers?: boolean
  /** as the user says */
  readonly delimiter?: Delimiter
  /** line of the column names as the user says, 0: none */
  readonly headerRow?: number
}

export async function readCsv(text: AsyncIterable<string>, options: CsvOptions): Promise<ReadFile> {
  const { file, format, headerRow } = options
  const table = await TextTable.open(text, options)
  const top = await table.top(headerRow ?? 0)
  if (top.length === 0) throw emptyData(file)
  const seen = top.map(seenRow)
  const header = headerOf(seen, options)
  if (!header) throw noSuchRow(file, headerRow ?? 0)
  const named = top[header.index]
  const width = named?.cells.length ?? top.reduce((widest, { cells }) => Math.max(widest, cells.length), 0)
  if (width > limits.columns) throw tooManyColumns(file, width)
  const names = named ? uniqueNames(named.cells) : Array.from({ length: width }, (_, i) => String(i + 1))
  table.expect(names.length)
  const second = new SecondTable()
  return {
    format,
    hasNames: named !== undefined,
    delimiter: table.dialect.delimiter,
    headerRow: named?.line ?? 0,
    titles: titlesOf(seen, header),
    certainty: { delimiter: table.dialect.certainty, header: header.certainty },
    rows: rows(
      table,
      named ? behindNames(top, header.index) : header.start,
      new ColumnLabels(names, named !== undefined),
      second
    ),
    notes: () => second.notes()
  }
}

/** Below the names of a table in Markdown a line is drawn. */
function behindNames(top: readonly CsvRecord[], names: number): number {
  const isLine = top[names + 1]?.cells.every((cell) => /^(?:-{3,}|:-+|:?-+:)?$/.test(cell.trim())) ?? false
  return names + (isLine ? 2 : 1)
}

function headerOf(top: readonly SeenRow[], options: CsvOptions): Header | null {
  if (options.headerRow !== undefined) return headerAt(top, options.headerRow)
  return options.namesAreNumbers ? headerAt(top, 0) : findHeader(top)
}

const seenRow = ({ line, cells, broken }: CsvRecord): SeenRow => ({ row: line, cells: broken ? [] : cells })

async function* rows(
  table: TextTable,
  from: number,
  labels: ColumnLabels,
  second: SecondTable
): AsyncGenerator<RawRow[]> {
  const read = (record: CsvRecord): RawRow => {
    second.row(record.line, record.cells, record.behindEmpty === true)
    return rowOf(record, labels)
  }
  yield table.start.slice(from).map(read)
  for await (const records of table.rest()) yield records.map(read)
}

/** Cells that are missing at the end are empty; filled ones beyond the last column have no meaning. */
function rowOf({ cells, line, mended, broken }: CsvRecord, labels: ColumnLabels): RawRow {
  if (broken) return brokenRow(line, broken, cells)
  if (labels.isRepeated(cells)) return brokenRow(line, 'REPEATED_HEADER', cells)
  for (let i = labels.names.length; i < cells.length; i++)
    if ((cells[i] as string).trim() !== '') return brokenRow(line, 'TOO_MANY_CELLS', cells)
  const shown = cells.some(isFormulaText) ? cells.map(asShown) : cells
  const values = labels.valuesOf(labels.areGuarded ? shown.map(unguarded) : shown)
  return mended ? { kind: 'row', row: line, values, mended } : { kind: 'row', row: line, values }
}

/** ="0042" keeps a text from being taken for a number: a spreadsheet shows what it says. */
const isFormulaText = (cell: string): boolean =>
  cell.startsWith('="') && cell.length > 2 && cell.endsWith('"') && !/[^"]"[^"]/.test(cell.slice(2, -1))
const asShown = (cell: string): string =>
  isFormulaText(cell) ? cell.slice(2, -1).replaceAll('""', '"') : cell

function brokenRow(
  row: number,
  reason: Extract<RawRow, { kind: 'broken' }>['reason'],
  cells: readonly string[]
): RawRow {
  return { kind: 'broken', row, reason, excerpt: excerptOf(cells) }
}

/** A copy of its own: a mere slice would keep the cells in memory. */
function excerptOf(cells: readonly string[]): string {
  let text = ''
  for (let i = 0; i < cells.length && text.length < longestExcerpt; i++)
    text += (i > 0 ? ' | ' : '') + (cells[i] as string).slice(0, longestExcerpt)
  return Buffer.from(text.slice(0, longestExcerpt)).toString()
}

/** A table of text cut into records with something in them. */
class TextTable {
  /** what top() has read of it */
  readonly start: CsvRecord[] = []

  private constructor(
    readonly dialect: Dialect,
    private readonly records: CsvRecords,
    private readonly pieces: AsyncIterator<CsvRecord[]>
  ) {}

  /** The first part of the text says how it is cut. */
  static async open(
    text: AsyncIterable<string>,
    { format, delimiter, headerRow = 0 }: CsvOptions
  ): Promise<TextTable> {
    const pieces = text[Symbol.asyncIterator]()
    let first = ''
    while (first.length < sampleLength) {
      const { value, done } = await pieces.next()
      if (done) break
      first += value
    }
    const sep = separatorLine(first)
    const sample = first.slice(sep?.end ?? 0, sampleLength)
    const dialect = recogniseDialect(
      fromLine(sample, headerRow - (sep ? 1 : 0)),
      format,
      delimiter ?? sep?.delimiter
    )
    const records = new CsvRecords(
      dialect,
      new Set(dialect.columns > 1 ? [dialect.columns] : []),
      sep ? 2 : 1
    )
    return new TextTable(dialect, records, batches(records, first.slice(sep?.end ?? 0), pieces))
  }

  /** A row has as many cells as there are names, whatever most rows have. */
  expect(columns: number): void {
    if (columns > 1) this.records.widths.add(columns)
  }

  /** The rows among which the header is, at least up to the one that the user names. */
  async top(headerRow: number): Promise<readonly CsvRecord[]> {
    for await (const records of this.rest()) {
      for (const record of records) this.start.push(record)
      if (this.start.length >= lookedAt && (this.start.at(-1)?.line ?? 0) >= headerRow) break
    }
    const named = this.start.findIndex(({ line }) => line >= headerRow)
    return this.start.slice(0, Math.max(lookedAt, named + 1))
  }

  /** The records that nobody has asked for yet; asked for again, it goes on. */
  rest(): AsyncIterable<CsvRecord[]> {
    return { [Symbol.asyncIterator]: () => ({ next: () => this.pieces.next() }) }
  }
}

/** Characters by which the dialect is judged. */
const sampleLength = 1 << 18

async function* batches(
  records: CsvRecords,
  first: string,
  rest: AsyncIterator<string>
): AsyncGenerator<CsvRecord[]> {
  let wasEmpty = false
  const filled = (found: CsvRecord[]): CsvRecord[] => {
    // hardly any has an empty one
    if (!wasEmpty && found.every(isFilled)) return found
    return found.flatMap((record) => {
      const behindEmpty = wasEmpty
      wasEmpty = !isFilled(record)
      return wasEmpty ? [] : [behindEmpty ? { ...record, behindEmpty } : record]
    })
  }
  for (const found of records.push(first)) yield filled(found)
  for (;;) {
    const { value, done } = await rest.next()
    if (done) break
    for (const found of records.push(value)) yield filled(found)
  }
  for (const found of records.end()) yield filled(found)
}

const isFilled = ({ cells, broken }: CsvRecord): boolean =>
  broken !== undefined || cells.some((cell) => cell.trim() !== '')

/** Excel's own first line: sep=; names the delimiter and is no data. */
function separatorLine(text: string): { readonly delimiter: Delimiter; readonly end: number } | null {
  const [line = '', sign, word] =
    /^\uFEFF?"?sep=(?:([,;|\t])|(\\t|tab))"?[,;|\t]*(?:\r\n|\n|\r)/i.exec(text) ?? []
  const delimiter = word ? '\t' : delimiters.find((known) => known === sign)
  return delimiter ? { delimiter, end: line.length } : null
}

/** The sample from the line that holds the names, where the user says which. */
function fromLine(sample: string, line: number): string {
  let at = 0
  for (let i = 1; i < line; i++) {
    const end = sample.indexOf('\n', at)
    if (end < 0) return sample
    at = end + 1
  }
  return sample.slice(at)
}
