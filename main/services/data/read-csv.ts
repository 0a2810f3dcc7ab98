// CSV and TSV: the delimiter, the row of column names, and rows as named values. What the columns mean is
// recognise-shape's matter.
import { knownColumn } from './column-names'
import { CsvRecords, type CsvRecord } from './csv-records'
import { emptyData, openQuote } from './file-errors'
import type { RawRow, ReadFile } from './rows'

export async function readCsv(
  text: AsyncIterable<string>,
  file: string,
  format: 'csv' | 'tsv',
  namesAreNumbers = false
): Promise<ReadFile> {
  const records = recordsOf(text, file, format)
  const first = await records.next()
  if (first.done) throw emptyData(file)
  const hasNames = !namesAreNumbers && isHeader(first.value.cells)
  const names = hasNames ? uniqueNames(first.value.cells) : first.value.cells.map((_, i) => String(i + 1))
  return { format, hasNames, rows: rows(hasNames ? null : first.value, records, names) }
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

/** Records with something in them. */
async function* recordsOf(
  text: AsyncIterable<string>,
  file: string,
  format: 'csv' | 'tsv'
): AsyncGenerator<CsvRecord, void> {
  let reader: CsvRecords | null = null
  let waiting = ''
  for await (const piece of text) {
    waiting += piece
    // the delimiter shows in the first filled line
    if (!reader && !/\S[^\r\n]*[\r\n]/.test(waiting)) continue
    reader ??= new CsvRecords(delimiterOf(waiting, format))
    yield* reader.push(waiting).filter(isFilled)
    waiting = ''
  }
  reader ??= new CsvRecords(delimiterOf(waiting, format))
  yield* reader.push(waiting).filter(isFilled)
  const line = reader.openQuote()
  if (line !== null) throw openQuote(file, line)
  const last = reader.end()
  if (last && isFilled(last)) yield last
}

const isFilled = ({ cells }: CsvRecord): boolean => cells.some((cell) => cell.trim() !== '')

function delimiterOf(text: string, format: 'csv' | 'tsv'): string {
  if (format === 'tsv') return '\t'
  const line = (/\S[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (delimiter: string): number => line.split(delimiter).length - 1
  // some programs write semicolons or tabs into files called .csv
  return count(',') > 0 ? ',' : count('\t') > 0 ? '\t' : count(';') > 0 ? ';' : ','
}

/** A first row is data when no name in it is known and some cell of it looks like a value or a sentence. */
function isHeader(cells: readonly string[]): boolean {
  if (cells.some((cell) => knownColumn(cell) !== null)) return true
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
