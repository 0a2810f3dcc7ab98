// CSV and TSV: the delimiter, the row of column names, and rows as named values. What the columns mean is
// recognise-shape's matter.
import type { Certainty, Delimiter } from '../../../contract/records'
import { certain, fairly, hardly } from '../recognise/certainty'
import { knownColumn } from '../recognise/column-names'
import { CsvRecords, type CsvRecord } from './csv-records'
import { emptyData, noSuchRow, openQuote } from '../file-errors'
import { recogniseDelimiter } from './recognise-delimiter'
import type { RawRow, ReadFile } from '../rows'

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

const mostTitles = 5

export async function readCsv(text: AsyncIterable<string>, options: CsvOptions): Promise<ReadFile> {
  const { file, format, namesAreNumbers = false, headerRow } = options
  const table = new TextTable(text, options)
  const records = table.records()
  const titles: string[] = []
  let first = await records.next()
  while (!first.done && first.value.line < (headerRow ?? 0)) {
    if (titles.length < mostTitles) titles.push(first.value.cells.join(' ').trim().slice(0, 80))
    first = await records.next()
  }
  if (first.done) throw headerRow ? noSuchRow(file, headerRow) : emptyData(file)
  const { cells, line } = first.value
  const header = headerOf(cells, headerRow, namesAreNumbers)
  const names = header.hasNames ? uniqueNames(cells) : cells.map((_, i) => String(i + 1))
  return {
    format,
    hasNames: header.hasNames,
    delimiter: table.delimiter,
    headerRow: header.hasNames ? line : 0,
    titles,
    certainty: { delimiter: table.certainty, header: header.certainty },
    rows: rows(header.hasNames ? null : first.value, records, names)
  }
}

function headerOf(
  cells: readonly string[],
  said: number | undefined,
  namesAreNumbers: boolean
): { readonly hasNames: boolean; readonly certainty: Certainty } {
  if (said !== undefined) return { hasNames: said > 0, certainty: certain }
  if (namesAreNumbers) return { hasNames: false, certainty: certain }
  if (cells.some((cell) => knownColumn(cell) !== null)) return { hasNames: true, certainty: certain }
  return looksLikeNames(cells)
    ? { hasNames: true, certainty: fairly('unknown-names') }
    : { hasNames: false, certainty: hardly('no-names') }
}

async function* rows(
  first: CsvRecord | null,
  rest: AsyncIterable<CsvRecord>,
  names: readonly string[]
): AsyncGenerator<RawRow> {
  if (first) yield rowOf(first, names)
  for await (const record of rest) yield rowOf(record, names)
}

/** Cells that are missing at the end are empty; filled ones beyond the last column have no meaning. */
function rowOf({ cells, line }: CsvRecord, names: readonly string[]): RawRow {
  if (cells.slice(names.length).some((cell) => cell.trim() !== '')) {
    return { kind: 'broken', row: line, reason: 'TOO_MANY_CELLS', excerpt: cells.join(' | ').slice(0, 80) }
  }
  return {
    kind: 'row',
    row: line,
    values: Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
  }
}

/** A table cut into records with something in them; how it is cut is known from the first one on. */
class TextTable {
  delimiter: Delimiter = ','
  certainty: Certainty = certain

  constructor(
    private readonly text: AsyncIterable<string>,
    private readonly options: CsvOptions
  ) {}

  async *records(): AsyncGenerator<CsvRecord, void> {
    let reader: CsvRecords | null = null
    let waiting = ''
    for await (const piece of this.text) {
      waiting += piece
      if (!reader && !this.isEnough(waiting)) continue
      reader ??= this.begin(waiting)
      yield* reader.push(waiting).filter(isFilled)
      waiting = ''
    }
    reader ??= this.begin(waiting)
    yield* reader.push(waiting).filter(isFilled)
    const line = reader.openQuote()
    if (line !== null) throw openQuote(this.options.file, line)
    const last = reader.end()
    if (last && isFilled(last)) yield last
  }

  /** The delimiter shows in the line of the names, and how sure that is in some lines more. */
  private isEnough(text: string): boolean {
    const below = this.options.headerRow ?? 0
    return text.length > longestPeek || (text.match(/\S[^\r\n]*[\r\n]/g)?.length ?? 0) > below + 20
  }

  private begin(text: string): CsvRecords {
    const { delimiter, format, headerRow = 0 } = this.options
    const from = text.split(/\r\n|\n|\r/, headerRow + 100).slice(Math.max(0, headerRow - 1))
    const found = recogniseDelimiter(from.join('\n'), format)
    this.delimiter = delimiter ?? found.delimiter
    this.certainty = delimiter ? certain : found.certainty
    return new CsvRecords(this.delimiter)
  }
}

/** Characters among which the first lines are looked for. */
const longestPeek = 1 << 18

const isFilled = ({ cells }: CsvRecord): boolean => cells.some((cell) => cell.trim() !== '')

/** A first row is data when some cell of it looks like a value or a sentence. */
function looksLikeNames(cells: readonly string[]): boolean {
  return !cells.some(
    (cell) =>
      cell.trim() === '' ||
      cell.length > 40 ||
      /[。！!]|[？?]$|\n/.test(cell.trim()) ||
      /^[\d.,:/ -]+$/.test(cell)
  )
}

export function uniqueNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, i) => {
    const name = cell.trim() || String(i + 1)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}
