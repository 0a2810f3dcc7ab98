// A Parquet file, as data sets of the hub are: one table whose values may be lists and objects. A column of pictures or
// other bytes is left out and listed; where a text is damaged, its row is refused.
import { emptyData } from '../file-errors'
import { limits } from '../limits'
import { longestExcerpt } from '../refusals'
import type { PackedFile, PackedOptions, RawRow, ReadFile } from '../rows'
import { valuesOf } from '../json/values-of'
import { ParquetFile } from './parquet-file'
import { looked, plainValue } from './parquet-values'

/** Rows handed over at once. */
const rowsAtOnce = 1000

export async function readParquet(path: string, { beat }: PackedOptions): Promise<PackedFile> {
  const file = await ParquetFile.open(path)
  // filled while the rows go by
  const leftOut: { readonly sheet: string; readonly reason: 'BINARY_COLUMN' }[] = []
  const columns = new Map<string, boolean>()
  /** true for a column whose bytes nobody promised to be text */
  const isBinary = (column: string): boolean => {
    const known = columns.get(column)
    if (known !== undefined) return known
    const found = file.leavesOf(column).some(isBytes)
    columns.set(column, found)
    if (found) leftOut.push({ sheet: column, reason: 'BINARY_COLUMN' })
    return found
  }
  return { tables: table(path, file, isBinary, beat), leftOut, close: () => file.close() }
}

const isBytes = ({
  type,
  converted_type,
  logical_type
}: ReturnType<ParquetFile['leavesOf']>[number]): boolean =>
  (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') &&
  !['UTF8', 'JSON', 'ENUM'].includes(converted_type ?? '') &&
  !['STRING', 'JSON', 'ENUM'].includes(logical_type?.type ?? '')

async function* table(
  path: string,
  file: ParquetFile,
  isBinary: (column: string) => boolean,
  beat: (rows: number) => void
): AsyncGenerator<ReadFile> {
  const rows = rowsOf(file, isBinary, beat)
  const first = await rows.next()
  if (first.done) throw emptyData(path)
  yield { format: 'parquet', hasNames: true, rows: from(first.value, rows) }
}

async function* from(first: RawRow[], others: AsyncGenerator<RawRow[]>): AsyncGenerator<RawRow[]> {
  yield first
  yield* others
}

async function* rowsOf(
  file: ParquetFile,
  isBinary: (column: string) => boolean,
  beat: (rows: number) => void
): AsyncGenerator<RawRow[]> {
  let number = 0
  for await (const some of file.rows()) {
    for (let at = 0; at < some.length; at += rowsAtOnce) {
      beat(0)
      yield some.slice(at, at + rowsAtOnce).map((row) => rawRow(row, ++number, isBinary))
    }
  }
}

function rawRow(
  given: Readonly<Record<string, unknown>>,
  row: number,
  isBinary: (column: string) => boolean
): RawRow {
  const values: Record<string, unknown> = {}
  let characters = 0
  let damaged = ''
  for (const [column, value] of Object.entries(given)) {
    const plain = plainValue(value)
    const { noText, characters: some } = looked(plain)
    characters += some
    if (noText && isBinary(column)) continue
    if (noText) damaged ||= column
    else values[column] = plain
  }
  const broken = (reason: Extract<RawRow, { kind: 'broken' }>['reason']): RawRow => ({
    ...{ kind: 'broken', row, reason },
    excerpt: Object.values(values)
      .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, longestExcerpt))
      .join(' | ')
      .slice(0, longestExcerpt)
  })
  if (damaged) return broken('BROKEN_CHARACTERS')
  if (characters > limits.row) return broken('ROW_TOO_LONG')
  const read = valuesOf(values)
  return typeof read === 'string' ? broken(read) : { kind: 'row', row, values: read }
}
