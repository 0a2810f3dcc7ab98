// A data file opened by its kind: its tables one after another, before anybody knows what their rows mean.
import { open } from 'node:fs/promises'
import type { Certainty, DataOverrides } from '../../contract/records'
import { certain } from './recognise/certainty'
import type { DataFile } from './data-files'
import { decodeFile } from './recognise/decode-file'
import { emptyData, unknownFormat } from './file-errors'
import { extensionOf, knownExtensions, oldExtensions, packedReaders, textReaders } from './formats'
import { oldOfficeFile } from './packed/office-errors'
import { namedEncoding, recogniseEncoding, refuseOtherFiles } from './recognise/recognise-encoding'
import type { PackedFile, ReadFile } from './rows'

export interface OpenFile extends PackedFile {
  /** '' where the file has none of its own (xlsx, docx) */
  readonly encoding: string
  /** null where there is nothing to be sure of */
  readonly certainty: Certainty | null
  /** Excel and Word: several tables, of which some may be of no use */
  readonly isPacked: boolean
}

/** Close when done. beat is called while rows go by, and may throw to stop the reading. */
export async function openFile(
  { path }: DataFile,
  overrides: DataOverrides,
  beat: (rows: number) => void
): Promise<OpenFile> {
  const extension = extensionOf(path)
  const namesAreNumbers = byNumbers(overrides)
  const openPacked = packedReaders[extension]
  if (openPacked) {
    await refuseOtherContent(path)
    const { shape, headerRows, leftOutSheets } = overrides
    const packed = await openPacked(path, { namesAreNumbers, headerRows, leftOutSheets, shape, beat })
    return {
      ...{ encoding: '', certainty: null, isPacked: true },
      ...{ tables: packed.tables, leftOut: packed.leftOut, close: () => packed.close() }
    }
  }
  const reader = textReaders[extension]
  if (!reader) return refuseByKind(path, extension)
  const { encoding, certainty } =
    overrides.encoding === undefined
      ? await recogniseEncoding(path)
      : { encoding: namedEncoding(overrides.encoding), certainty: certain }
  const { delimiter, headerRows } = overrides
  const headerRow = headerRows?.['']
  const table = await reader(decodeFile(path, encoding), {
    file: path,
    namesAreNumbers,
    delimiter,
    headerRow
  })
  return { encoding, certainty, isPacked: false, tables: only(table), leftOut: [], close: async () => {} }
}

async function* only(table: ReadFile): AsyncGenerator<ReadFile> {
  yield table
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
