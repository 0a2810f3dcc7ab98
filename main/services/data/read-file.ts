// One data file, whatever its kind: opened by its extension and read table by table. What cannot be used of it,
// or at all, is said and never thrown away.
import { open } from 'node:fs/promises'
import { NeiroError } from '../../contract/errors'
import type { DataOverrides, RefusedRow } from '../../contract/records'
import type { DataFile } from './data-files'
import { decodeFile } from './decode-file'
import { emptyData, noSuchColumn, unknownFormat, unreadableFile } from './file-errors'
import { extensionOf, knownExtensions, oldExtensions, packedReaders, textReaders } from './formats'
import { oldOfficeFile } from './packed/office-errors'
import { namedEncoding, recogniseEncoding, refuseOtherFiles } from './recognise-encoding'
import { refuse, refusedRow } from './refusals'
import { readTable, shapeBy, type Column, type TableContents, type UnusableTable } from './read-table'
import { shapeOfOneOfMany } from './recognise-shape'
import type { PackedFile } from './rows'

export interface FileContents {
  readonly tables: readonly TableContents[]
  /** sheets that were left out, as rows of the list that the user sees */
  readonly leftOut: readonly RefusedRow[]
  /** why nothing of the file can be used; null where something can */
  readonly error: NeiroError | null
  /** of a file of which nothing can be used; '' where it is not known */
  readonly encoding: string
  /** of all tables, usable or not, for the user to say which is what */
  readonly columns: readonly Column[]
}

/** beat is called while rows go by, with how many were read, and may throw to stop the reading. */
export async function readFile(
  file: DataFile,
  overrides: DataOverrides = {},
  beat: (rows: number) => void = () => {}
): Promise<FileContents> {
  try {
    const packed = packedReaders[extensionOf(file.path)]
    const outcomes = packed
      ? await readPacked(file, overrides, beat, packed)
      : { tables: [await readPlain(file, overrides, beat)], leftOut: [] }
    return gather(file, outcomes.tables, outcomes.leftOut)
  } catch (error) {
    const known = systemError(file.path, error)
    if (!(known instanceof NeiroError)) throw known
    return { tables: [], leftOut: [], error: known, encoding: '', columns: [] }
  }
}

type Outcome = TableContents | UnusableTable

const isUsable = (outcome: Outcome): outcome is TableContents => 'recognised' in outcome

function gather(
  { path }: DataFile,
  outcomes: readonly (Outcome & { readonly sheet?: RefusedRow })[],
  leftOut: readonly RefusedRow[]
): FileContents {
  const tables = outcomes.filter(isUsable)
  const columns = new Map(
    outcomes.flatMap((outcome) => outcome.columns.map((column) => [column.name, column]))
  )
  const unusable = outcomes.filter((outcome) => !isUsable(outcome)) as (UnusableTable & {
    sheet?: RefusedRow
  })[]
  if (tables.length === 0) {
    const error = unusable[0]?.error ?? emptyData(path)
    const rows = unusable.flatMap(({ refused }) => refused)
    const encoding = unusable[0]?.encoding ?? ''
    return { tables, leftOut: [...leftOut, ...rows], error, encoding, columns: [...columns.values()] }
  }
  // beside a usable sheet, another one is left out: row by row where each row says why
  const others = unusable.flatMap(({ refused, sheet }) => (refused.length > 0 || !sheet ? refused : [sheet]))
  return {
    tables,
    leftOut: [...leftOut, ...others],
    error: null,
    encoding: '',
    columns: [...columns.values()]
  }
}

async function readPlain(
  file: DataFile,
  overrides: DataOverrides,
  beat: (rows: number) => void
): Promise<Outcome> {
  const { path, name } = file
  const extension = extensionOf(path)
  const reader = textReaders[extension]
  if (!reader) return refuseByKind(path, extension)
  const encoding =
    overrides.encoding === undefined ? await recogniseEncoding(path) : namedEncoding(overrides.encoding)
  const table = await reader(decodeFile(path, encoding), {
    file: path,
    namesAreNumbers: byNumbers(overrides)
  })
  return readTable(table, { path, name, encoding, beat, shapeOf: shapeBy(overrides) })
}

async function readPacked(
  { path, name }: DataFile,
  overrides: DataOverrides,
  beat: (rows: number) => void,
  openPacked: (typeof packedReaders)[string]
): Promise<{ tables: (Outcome & { sheet?: RefusedRow })[]; leftOut: RefusedRow[] }> {
  await refuseOtherContent(path)
  const { shape } = overrides
  const packed: PackedFile = await openPacked(path, { namesAreNumbers: byNumbers(overrides), shape, beat })
  const tables: (Outcome & { sheet?: RefusedRow })[] = []
  const missing: string[] = []
  try {
    for await (const table of packed.tables) {
      const shapeOf = shapeOfOneOfMany(overrides, (column) => missing.push(column))
      const outcome = await readTable(table, { path, name, encoding: '', beat, shapeOf })
      const columns = outcome.columns.map((column) => column.name)
      const refusal = refuse('UNUSABLE_SHEET', { columns: columns.slice(0, 12).join(', ') || '—' })
      const source = { file: name, sheet: table.sheet ?? '', row: 0 }
      tables.push({ ...outcome, sheet: refusedRow(source, refusal, table.sheet ?? '') })
    }
  } finally {
    await packed.close()
  }
  // a column that no sheet has is a slip of the pen
  const nowhere = missing.find(
    (column) => !tables.some(({ columns }) => columns.some((c) => c.name === column))
  )
  if (nowhere !== undefined) {
    throw noSuchColumn(path, nowhere, [
      ...new Set(tables.flatMap(({ columns }) => columns.map((c) => c.name)))
    ])
  }
  const leftOut = packed.leftOut.map(({ sheet, reason }) =>
    refusedRow({ file: name, sheet, row: 0 }, refuse(reason), sheet)
  )
  return { tables, leftOut }
}

function byNumbers({ mapping }: DataOverrides): boolean {
  const columns = Object.values(mapping ?? {})
  return columns.length > 0 && columns.every((name) => /^\d+$/.test(name))
}

/** Packed files and pointers are named for what they are before their extension is called unknown. */
async function refuseByKind(path: string, extension: string): Promise<never> {
  if (oldExtensions.includes(extension)) throw oldOfficeFile(path)
  refuseOtherFiles(await firstBytes(path), path)
  throw unknownFormat(path, knownExtensions.join(' '))
}

/** An Excel or Word file is a zip file; a pointer to one, or nothing, is named for what it is. */
async function refuseOtherContent(path: string): Promise<void> {
  const head = await firstBytes(path)
  if (head.every((byte) => byte === 0)) throw emptyData(path)
  if (head.toString('latin1').startsWith('version https://git-lfs')) refuseOtherFiles(head, path)
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r')
  const head = Buffer.alloc(64)
  await handle.read(head, 0, head.length, 0).finally(() => handle.close())
  return head
}

/** What the system says about a file that may not be read. */
function systemError(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  const isRefused = code && ['EACCES', 'EPERM', 'EISDIR', 'EIO', 'ENOENT'].includes(code)
  return isRefused ? unreadableFile(path, code) : error
}
