// A data file opened by what it is, its name being a hint: its tables one after another, before anybody knows what
// their rows mean. A file that changes while it is read is not what it was: said, never passed over.
import { stat } from 'node:fs/promises'
import type { Certainty, DataOverrides } from '../../contract/records'
import { isAsBefore } from '../../files/file-facts'
import { certain } from './recognise/certainty'
import { contentKind, firstBytes, looksLikeTable, type ContentKind } from './content-kind'
import type { DataFile } from './data-files'
import { decodeFile } from './recognise/decode-file'
import {
  changedFile,
  compressedFile,
  emptyData,
  fileError,
  noFile,
  otherKind,
  unknownFormat
} from './file-errors'
import {
  extensionOf,
  knownExtensions,
  mailExtensions,
  oldExtensions,
  packedExtensions,
  packedReaders,
  sheetExtensions,
  textReaders,
  type ReadKind,
  type Reader
} from './formats'
import { kindOf } from './other-kinds'
import { readHtml } from './html/read-html'
import {
  brokenOfficeFile,
  foreignExtensions,
  foreignFile,
  oldOfficeFile,
  passwordProtected
} from './packed/office-errors'
import { isProtected } from './packed/ole-file'
import {
  namedEncoding,
  recogniseEncoding,
  refuseOtherFiles,
  type FoundEncoding
} from './recognise/recognise-encoding'
import { readMails } from './mail/read-mails'
import type { PackedFile, PackedOptions, RawRow, ReadFile } from './rows'
import { Unfolding } from './unfolded-rows'

export interface OpenFile extends PackedFile {
  /** '' where the file has none of its own (xlsx, docx) */
  readonly encoding: string
  /** null where there is nothing to be sure of */
  readonly certainty: Certainty | null
  /** Excel, Word and their like: several tables, of which some may be of no use */
  readonly isPacked: boolean
}

/** Close when done. beat is called while rows go by, and may throw to stop the reading. */
export async function openFile(
  { path }: DataFile,
  overrides: DataOverrides,
  beat: (rows: number) => void
): Promise<OpenFile> {
  const before = await stat(path)
  // a pipe gives nothing and ends never
  if (!before.isFile() && !before.isDirectory()) throw noFile(path)
  const opened = await openAs(path, overrides, beat)
  return { ...opened, tables: unchanged(path, before, opened.tables) }
}

/** The tables, and a word where the file is another one behind the last of them. */
async function* unchanged(
  path: string,
  before: { readonly size: number; readonly mtimeMs: number },
  tables: AsyncIterable<ReadFile>
): AsyncGenerator<ReadFile> {
  const unfolding = new Unfolding(path, before.size)
  for await (const table of tables) yield unfolding.of(table)
  if (!isAsBefore(before, await stat(path))) throw changedFile(path)
}

async function openAs(
  path: string,
  overrides: DataOverrides,
  beat: (rows: number) => void
): Promise<OpenFile> {
  const extension = extensionOf(path)
  // its first line may be that of a saved page
  if (mailExtensions.includes(extension)) return openMails(path, overrides, beat)
  const kind = await contentKind(path)
  const { shape, headerRows, leftOutSheets } = overrides
  const { split } = overrides
  const options = { namesAreNumbers: byNumbers(overrides), headerRows, leftOutSheets, shape, split, beat }
  // a text about pages is no page
  if (kind === 'html' && !isPlainText(extension)) return openHtml(path, overrides, options)
  if (isReadKind(kind)) return packed(await packedReaders[kind](path, options))
  if (kind !== null && kind !== 'html') return refuseKind(path, extension, kind)
  const reader = await textReaderOf(path, extension)
  return reader ? openText(path, reader, overrides) : refuseByName(path, extension)
}

const isReadKind = (kind: ContentKind | 'zip' | null): kind is ReadKind =>
  kind !== null && Object.hasOwn(packedReaders, kind)

async function textReaderOf(path: string, extension: string): Promise<Reader | undefined> {
  if (Object.hasOwn(textReaders, extension)) return textReaders[extension]
  return sheetExtensions.includes(extension) && looksLikeTable(await firstBytes(path, 4096))
    ? textReaders['.csv']
    : undefined
}

const isPlainText = (extension: string): boolean => ['.txt', '.md', '.markdown'].includes(extension)

const packed = (file: PackedFile): OpenFile => ({
  ...{ encoding: '', certainty: null, isPacked: true },
  ...{ tables: file.tables, leftOut: file.leftOut, close: () => file.close() }
})

async function openMails(
  path: string,
  { shape }: DataOverrides,
  beat: (rows: number) => void
): Promise<OpenFile> {
  const rows = await readMails(path, { beat: () => beat(0), asText: shape === 'text' })
  if (rows.length === 0) throw emptyData(path)
  const table: ReadFile = { format: 'mail', hasNames: true, rows: atOnce(rows), confidence: 0.9 }
  return {
    ...{ encoding: '', certainty: null, isPacked: false, leftOut: [] },
    tables: only(table),
    close: async () => {}
  }
}

async function* atOnce(rows: readonly RawRow[]): AsyncGenerator<readonly RawRow[]> {
  yield rows
}

async function openHtml(path: string, overrides: DataOverrides, options: PackedOptions): Promise<OpenFile> {
  const found = await encodingOf(path, overrides)
  return { ...packed(await readHtml(path, found.encoding, options)), ...found }
}

async function openText(path: string, reader: Reader, overrides: DataOverrides): Promise<OpenFile> {
  const { encoding, certainty } = await encodingOf(path, overrides)
  const { delimiter, headerRows } = overrides
  const options = {
    file: path,
    namesAreNumbers: byNumbers(overrides),
    asText: overrides.shape === 'text',
    split: overrides.split,
    delimiter,
    headerRow: headerRows?.['']
  }
  const text = decodeFile(path, encoding)
  // whoever stops reading early leaves the file open: it is closed here, whatever stood between
  const close = async (): Promise<void> => {
    await text.return(undefined)
  }
  try {
    const table = await reader(text, options)
    return { encoding, certainty, isPacked: false, tables: only(table), leftOut: [], close }
  } catch (error) {
    await close()
    throw error
  }
}

async function encodingOf(path: string, { encoding }: DataOverrides): Promise<FoundEncoding> {
  return encoding === undefined
    ? recogniseEncoding(path)
    : { encoding: namedEncoding(encoding), certainty: certain }
}

async function* only(table: ReadFile): AsyncGenerator<ReadFile> {
  yield table
}

function byNumbers({ mapping }: DataOverrides): boolean {
  const columns = Object.values(mapping ?? {})
  return columns.length > 0 && columns.every((name) => /^\d+$/.test(name))
}

/** A file of another program, or one that is packed: named for what it is. */
async function refuseKind(
  path: string,
  extension: string,
  kind: Exclude<ContentKind, ReadKind | 'html'> | 'zip'
): Promise<never> {
  const foreign = foreignExtensions[extension]
  if (kind === 'old-office') {
    if (await isProtected(path)) throw passwordProtected(path)
    throw foreign ? foreignFile(path, foreign) : oldOfficeFile(path)
  }
  if (kind === 'zip') {
    // an office program would have written more than this
    if (extension in packedExtensions || oldExtensions.includes(extension))
      throw brokenOfficeFile(path, 'no parts that are known')
    throw foreign ? foreignFile(path, foreign) : compressedFile(path, 'zip')
  }
  throw foreignFile(path, kind)
}

/** Nothing is named for what it is not: empty files and pointers before their extension is called unknown. */
async function refuseByName(path: string, extension: string): Promise<never> {
  const head = await firstBytes(path, 64)
  if (head.every((byte) => byte === 0)) throw emptyData(path)
  const foreign = foreignExtensions[extension]
  if (foreign) throw foreignFile(path, foreign)
  refuseOtherFiles(head, path)
  if (oldExtensions.includes(extension)) throw oldOfficeFile(path)
  if (extension === '.parquet') throw fileError('BROKEN_PARQUET', path, { problem: 'not a Parquet file' })
  if (extension in packedExtensions) throw brokenOfficeFile(path, 'not a packed file')
  const kind = kindOf(extension)
  if (kind) throw otherKind(path, kind)
  throw unknownFormat(path, knownExtensions.join(' '))
}
