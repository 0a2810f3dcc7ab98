// One data file, whatever its kind: opened by its extension and read table by table. What cannot be used of it,
// or at all, is said and never thrown away.
import { NeiroError } from '../../../contract/errors'
import type { DataOverrides, RecognisedFile, RecognisedSheet, RefusedRow } from '../../../contract/records'
import { systemCode } from '../../../files/file-errors'
import type { DataFile } from '../../reading/data-files'
import { Pauses } from '../../reading/pauses'
import { emptyData, noSuchColumn, unreadableFile } from '../../reading/file-errors'
import { openFile, type OpenFile } from '../../reading/open-file'
import { withOldSheets } from './older-ones'
import {
  readTable,
  shapeBy,
  type Column,
  type TableContents,
  type UnusableTable,
  type TableOptions,
  type TakeRows
} from './read-table'
import { shapeOfOneOfMany } from './recognise-shape'
import { refuse, refusedRow } from '../../reading/refusals'
import type { ReadFile } from '../../reading/rows'

/** What can be said of a file, usable or not. */
export type FileFacts = Pick<RecognisedFile, 'encoding' | 'delimiter' | 'headerRow' | 'certainty'>

export interface FileContents {
  readonly tables: readonly TableContents[]
  /** sheets that were left out, as rows of the list that the user sees */
  readonly leftOut: readonly RefusedRow[]
  /** why nothing of the file can be used; null where something can */
  readonly error: NeiroError | null
  /** of its first table; null where it could not even be opened */
  readonly facts: FileFacts | null
  /** of an Excel file, every one */
  readonly sheets: readonly RecognisedSheet[]
  /** of all tables, usable or not, for the user to say which is what */
  readonly columns: readonly Column[]
}

export const unreadFile = (error: NeiroError): FileContents => ({
  tables: [],
  leftOut: [],
  error,
  facts: null,
  sheets: [],
  columns: []
})

/** beat is called while rows go by, with how many were read, and may throw to stop the reading. */
export async function readFile(
  file: DataFile,
  overrides: DataOverrides = {},
  beat: (rows: number) => void = () => {},
  take?: TakeRows
): Promise<FileContents> {
  try {
    const opened = await openFile(file, overrides, beat)
    try {
      return gather(file, opened, await outcomesOf(opened, file, overrides, { beat, take }))
    } finally {
      await opened.close()
    }
  } catch (error) {
    const known = systemError(file.path, error)
    if (!(known instanceof NeiroError)) throw known
    return unreadFile(known)
  }
}

interface Outcome {
  readonly table: ReadFile
  /** null for a sheet that the user left out */
  readonly contents: TableContents | UnusableTable | null
  readonly rows: number | null
}

const isUsable = (contents: Outcome['contents']): contents is TableContents =>
  contents !== null && 'recognised' in contents
const isUnusable = (contents: Outcome['contents']): contents is UnusableTable =>
  contents !== null && !('recognised' in contents)

async function outcomesOf(
  opened: OpenFile,
  { path, name }: DataFile,
  overrides: DataOverrides,
  { beat, take }: Pick<TableOptions, 'beat' | 'take'>
): Promise<readonly Outcome[]> {
  const { encoding, certainty, isPacked } = opened
  const outcomes: Outcome[] = []
  const missing: string[] = []
  const shapeOf = isPacked
    ? shapeOfOneOfMany(overrides, (column) => missing.push(column))
    : shapeBy(overrides)
  for await (const table of opened.tables) {
    if (table.leftOut) {
      outcomes.push({ table, contents: null, rows: await rowsIn(table, beat) })
      continue
    }
    const joins = overrides.mapping === undefined
    const options = { path, name, encoding, encodingCertainty: certainty, beat, take, shapeOf, joins }
    const contents = await readTable(table, options)
    const rows = isUsable(contents) ? contents.recognised.rows : contents.rows
    outcomes.push({ table, contents, rows })
  }
  refuseMissing(path, missing, outcomes)
  return outcomes
}

/** A column that no sheet has is a slip of the pen; but it may stand in a sheet that was left out since. */
function refuseMissing(path: string, missing: readonly string[], outcomes: readonly Outcome[]): void {
  if (outcomes.some(({ contents }) => contents === null)) return
  const columns = new Set(
    outcomes.flatMap(({ contents }) => (contents?.columns ?? []).map(({ name }) => name))
  )
  const nowhere = missing.find((column) => !columns.has(column))
  if (nowhere !== undefined) throw noSuchColumn(path, nowhere, [...columns])
}

async function rowsIn({ rows }: ReadFile, beat: (rows: number) => void): Promise<number> {
  const pauses = new Pauses()
  let count = 0
  for await (const some of rows) {
    beat(0)
    await pauses.whenDue()
    for (const row of some) if (row.kind === 'row') count++
  }
  return count
}

function gather({ path, name }: DataFile, opened: OpenFile, outcomes: readonly Outcome[]): FileContents {
  const tables = withOldSheets(outcomes.map(({ contents }) => contents).filter(isUsable))
  const unusable = outcomes.map(({ contents }) => contents).filter(isUnusable)
  // beside a usable sheet, one that is not and has no names has no columns that anybody could choose
  const named = outcomes
    .filter(({ table, contents }) => isUsable(contents) || tables.length === 0 || table.hasNames)
    .flatMap(({ contents }) => contents?.columns ?? [])
  const hidden = opened.leftOut.map(({ sheet, reason }) =>
    refusedRow({ file: name, sheet, row: 0 }, refuse(reason), sheet)
  )
  // beside a usable sheet, another one is left out: row by row where each row says why
  const others =
    tables.length === 0
      ? unusable.flatMap(({ refused }) => refused)
      : outcomes.flatMap(({ table, contents }) =>
          isUnusable(contents) ? refusedSheet(name, table, contents) : []
        )
  const [first] = outcomes.filter(({ contents }) => isUsable(contents))
  return {
    tables,
    leftOut: [...hidden, ...others],
    error: tables.length === 0 ? (unusable[0]?.error ?? emptyData(path)) : null,
    facts: factsOf(opened, (first ?? outcomes.find(({ contents }) => contents !== null))?.table),
    sheets: sheetsOf(opened, outcomes),
    columns: [...new Map(named.map((column) => [column.name, column])).values()]
  }
}

function refusedSheet(
  name: string,
  { sheet = '', hasNames }: ReadFile,
  contents: UnusableTable
): readonly RefusedRow[] {
  const isSaidByRows = contents.error.code === 'NO_USABLE_ROW' && contents.saysWhy
  if (isSaidByRows || sheet === '') return contents.refused
  // the number of a column without a name says nothing to whoever looks into the sheet
  const columns = hasNames ? contents.columns.map((column) => column.name) : []
  const refusal = refuse('UNUSABLE_SHEET', { columns: columns.slice(0, 12).join(', ') || '—' })
  return [refusedRow({ file: name, sheet, row: 0 }, refusal, sheet), ...contents.refused]
}

function factsOf({ encoding, certainty }: OpenFile, table: ReadFile | undefined): FileFacts {
  return {
    encoding,
    ...(table?.delimiter !== undefined && { delimiter: table.delimiter }),
    ...(table?.headerRow !== undefined && { headerRow: table.headerRow }),
    certainty: { ...(certainty && { encoding: certainty }), ...table?.certainty }
  }
}

function sheetsOf({ leftOut }: OpenFile, outcomes: readonly Outcome[]): readonly RecognisedSheet[] {
  const seen = outcomes.flatMap(({ table, contents, rows }): RecognisedSheet[] => {
    if (table.sheet === undefined) return []
    const use = contents === null ? 'left-out' : isUsable(contents) ? 'used' : 'unusable'
    return [{ name: table.sheet, rows, headerRow: table.headerRow ?? 0, use }]
  })
  const hidden = leftOut.map(({ sheet }) => ({
    name: sheet,
    rows: null,
    headerRow: 0,
    use: 'hidden' as const
  }))
  return [...seen, ...hidden]
}

/** What the system says about a file that may not be read. */
export function systemError(path: string, error: unknown): unknown {
  const code = systemCode(error)
  return code === null ? error : unreadableFile(path, code)
}
