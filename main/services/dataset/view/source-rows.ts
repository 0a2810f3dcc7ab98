// The rows of one file as they stand in it, a page at a time: every column, the file's own row numbers, its sheets.
// Read from the copy each time, up to the page that is asked for; nothing is kept.
import type { DataOverrides } from '../../../contract/records'
import type { DataCalls, SourceRow } from '../../../contract/window/data'
import type { Language } from '../../../contract/language'
import { wordsOf } from '../../../words/errors'
import type { DataFile } from '../../reading/data-files'
import { openFile } from '../../reading/open-file'
import { systemError } from '../read/read-file'
import { refuse, refusedRow } from '../../reading/refusals'
import { CellError } from '../../reading/cell-error'
import { shownUnreadable } from '../../reading/recognise/decoders'
import type { RawRow, ReadFile } from '../../reading/rows'
import { Pauses } from '../../reading/pauses'

/** Rows that are counted in a file of which nothing can be used. */
const mostCounted = 1000
/** Characters of a cell that are shown. */
const longestCell = 1000

export interface Page {
  readonly offset: number
  readonly limit: number
}

export async function sourceRows(
  file: DataFile,
  overrides: DataOverrides,
  { offset, limit, known }: Page & { readonly known: number | null },
  language: Language
): Promise<DataCalls['data.source']['result']> {
  const taken: { readonly table: ReadFile; readonly raw: RawRow }[] = []
  let seen = 0
  const until = known === null ? Math.max(mostCounted, offset + limit) : Math.min(known, offset + limit)
  try {
    for await (const one of rowsOf(file, overrides)) {
      if (seen >= until) break
      if (seen >= offset && taken.length < limit) taken.push(one)
      seen++
    }
  } catch (error) {
    throw systemError(file.path, error)
  }
  const columns = columnsOf(taken.map(({ raw }) => raw))
  const rows = taken.map(({ table, raw }) => shown(file.name, table, raw, columns, language))
  return { total: known ?? seen, columns, rows }
}

async function* rowsOf(
  file: DataFile,
  overrides: DataOverrides
): AsyncGenerator<{ readonly table: ReadFile; readonly raw: RawRow }> {
  const pauses = new Pauses()
  const opened = await openFile(file, overrides, () => {})
  try {
    for await (const table of opened.tables) {
      if (table.leftOut) continue
      for await (const rows of table.rows) {
        for (const raw of rows) {
          await pauses.whenDue()
          yield { table, raw }
        }
      }
    }
  } finally {
    await opened.close()
  }
}

function columnsOf(rows: readonly RawRow[]): string[] {
  return [...new Set(rows.flatMap((raw) => (raw.kind === 'row' ? Object.keys(raw.values) : [])))]
}

function shown(
  file: string,
  { sheet }: ReadFile,
  raw: RawRow,
  columns: readonly string[],
  language: Language
): SourceRow {
  const place = { sheet: sheet ?? null, row: raw.row }
  if (raw.kind === 'row') {
    return { ...place, cells: columns.map((column) => textOf(raw.values[column])), problem: null }
  }
  const row = refusedRow({ file, row: raw.row }, refuse(raw.reason), raw.excerpt)
  return { ...place, cells: [row.excerpt], problem: wordsOf({ ...row, code: row.reason }, language).message }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  const whole =
    typeof value === 'string' || value instanceof CellError ? String(value) : JSON.stringify(value)
  const text = shownUnreadable(whole)
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text
}
