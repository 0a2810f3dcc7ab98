// A page with tables (programs export them under the name of Excel), or a workbook written as XML: each table is one of
// its own. Goes through the file anew for every table, so that no more than a row is held.
import { allSheetsLeftOut, fileError } from '../file-errors'
import { decodeFile } from '../recognise/decode-file'
import type { Encoding } from '../recognise/recognise-encoding'
import { saidOf, type PackedFile, type PackedOptions, type ReadFile } from '../rows'
import type { Grid } from '../table/grid'
import { readGrid } from '../table/read-grid'
import { HtmlTables, type TableRow } from './html-tables'

/** Tables of a page that are looked at. */
const mostTables = 100

export async function readHtml(
  path: string,
  encoding: Encoding,
  options: PackedOptions
): Promise<PackedFile> {
  return { tables: tables(path, encoding, options), leftOut: [], close: async () => {} }
}

async function* tables(path: string, encoding: Encoding, said: PackedOptions): AsyncGenerator<ReadFile> {
  const { namesAreNumbers, beat } = said
  const reader = new HtmlTables()
  const found = await namesOf(path, encoding, beat, reader)
  const { notFollowed } = reader
  const note = { kind: 'styles', field: notFollowed[0] ?? '', count: notFollowed.length } as const
  const notes = notFollowed.length > 0 ? () => [note] : undefined
  let used = 0
  for (const [table, name] of found) {
    const { leftOut, headerRow } = saidOf(name, said)
    const options = { file: path, format: 'html', namesAreNumbers, headerRow, leftOut, beat } as const
    const read = await readGrid(gridOf(path, encoding, table, name), options)
    if (!read) continue
    if (!leftOut) used++
    yield notes ? { ...read, notes } : read
  }
  if (found.size === 0) throw fileError('NO_TABLE_IN_PAGE', path)
  if (used === 0) throw allSheetsLeftOut(path)
}

/** The tables with something in them, each under a name of its own. */
async function namesOf(
  path: string,
  encoding: Encoding,
  beat: (rows: number) => void,
  reader: HtmlTables
): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>()
  for await (const { table, name } of rowsOf(path, encoding, reader)) {
    beat(0)
    if (found.size < mostTables && !found.has(table)) found.set(table, name || String(table + 1))
  }
  return found
}

function gridOf(path: string, encoding: Encoding, table: number, name: string): Grid {
  return {
    name,
    async *rows() {
      for await (const row of rowsOf(path, encoding)) if (row.table === table) yield row
    },
    areas: () => [],
    isHiddenColumn: () => false
  }
}

async function* rowsOf(
  path: string,
  encoding: Encoding,
  reader = new HtmlTables()
): AsyncGenerator<TableRow> {
  for await (const piece of decodeFile(path, encoding)) yield* reader.push(piece)
  yield* reader.push('', true)
}
