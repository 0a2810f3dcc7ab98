// Files and folders to examples and a report of what was recognised. Examples and refused rows together are
// all the rows that were read: none disappears. A file that cannot be used at all is an error that names it.
import { open } from 'node:fs/promises'
import type { DataOverrides, DataReport, Example, RecognisedFile, RefusedRow } from '../../contract/records'
import { dataFiles, type DataFile } from './data-files'
import { decodeFile, unreadable } from './decode-file'
import { emptyData, formatNotYet, noData, noUsableRow, unknownFormat, unreadableFile } from './file-errors'
import { comingFormats, extensionOf, knownExtensions, textReaders } from './formats'
import { namedEncoding, recogniseEncoding, refuseOtherFiles, type Encoding } from './recognise-encoding'
import { kindOfRow } from './other-kinds'
import { recogniseShape, type Shape } from './recognise-shape'
import { excerptOf, Refusal, refuse, refusedRow, type Reason } from './refusals'
import { rowToExample } from './row-to-example'
import type { RawRow, ReadFile } from './rows'

/** Rows looked at before a shape is decided on. */
const sampleSize = 200

export async function readData(
  paths: readonly string[],
  overrides: DataOverrides = {}
): Promise<{ examples: readonly Example[]; report: DataReport }> {
  const found = await dataFiles(paths)
  const examples: Example[] = []
  const refused: RefusedRow[] = [...found.refused]
  const files: RecognisedFile[] = []
  for (const file of found.files) {
    const read = await readFile(file, overrides)
    // one by one: a spread of a million arguments overflows the stack
    for (const example of read.examples) examples.push(example)
    for (const row of read.refused) refused.push(row)
    files.push(read.recognised)
  }
  if (examples.length === 0) throw noData()
  return { examples, report: { files, examples: examples.length, refused } }
}

interface FileContents {
  readonly examples: readonly Example[]
  readonly refused: readonly RefusedRow[]
  readonly recognised: RecognisedFile
}

async function readFile(file: DataFile, overrides: DataOverrides): Promise<FileContents> {
  const encoding = await encodingOf(file.path, overrides)
  const read = await openReader(file.path, encoding, overrides)
  const rows = read.rows[Symbol.asyncIterator]()
  const sample = await take(rows, sampleSize)
  const named = sample.flatMap((row) => (row.kind === 'row' ? [row.values] : []))
  if (sample.length === 0) throw emptyData(file.path)
  const ordinary = named.filter((values) => kindOfRow(values) === null)
  if (ordinary.length === 0) throw noUsableRow(file.path, sample.length, mostCommon(sample.map(reasonOf)))
  const shape = recogniseShape({ file: file.path, rows: ordinary, hasNames: read.hasNames }, overrides)
  const { examples, refused } = await convert(file.name, shape, encoding, sample, rows)
  if (examples.length === 0) {
    throw noUsableRow(file.path, refused.length, mostCommon(refused.map(({ reason }) => reason)))
  }
  const recognised: RecognisedFile = {
    file: file.name,
    format: read.format,
    encoding,
    shape: shape.shape,
    confidence: shape.confidence,
    mapping: Object.fromEntries(Object.entries(shape.roles).map(([role, column]) => [column, role])),
    rows: examples.length + refused.length,
    examples: examples.length
  }
  return { examples, refused, recognised }
}

async function convert(
  file: string,
  shape: Shape,
  encoding: Encoding,
  sample: readonly RawRow[],
  rest: AsyncIterator<RawRow>
): Promise<{ examples: Example[]; refused: RefusedRow[] }> {
  const examples: Example[] = []
  const refused: RefusedRow[] = []
  const add = (raw: RawRow): void => {
    const source = { file, row: raw.row }
    try {
      if (raw.kind === 'broken') throw refuse(raw.reason as Reason)
      const example = rowToExample(raw.values, shape, source)
      // in UTF-8 the character may stand in the text itself; elsewhere it marks what could not be read
      if (!encoding.startsWith('utf-8') && saysUnreadable(example))
        throw refuse('BROKEN_CHARACTERS', { encoding })
      examples.push(example)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push(refusedRow(source, error, raw.kind === 'broken' ? raw.excerpt : excerptOf(raw.values)))
    }
  }
  sample.forEach(add)
  for await (const raw of { [Symbol.asyncIterator]: () => rest }) add(raw)
  return { examples, refused }
}

async function encodingOf(path: string, { encoding }: DataOverrides): Promise<Encoding> {
  const extension = extensionOf(path)
  try {
    if (!(extension in textReaders)) await refuseByKind(path, extension)
    const recognised = encoding === undefined ? await recogniseEncoding(path) : namedEncoding(encoding)
    return recognised
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code && ['EACCES', 'EPERM', 'EISDIR', 'EIO'].includes(code) ? unreadableFile(path, code) : error
  }
}

/** Packed files and pointers are named for what they are before their extension is called unknown. */
async function refuseByKind(path: string, extension: string): Promise<never> {
  if (comingFormats.includes(extension)) throw formatNotYet(path, extension.slice(1))
  const handle = await open(path, 'r')
  const head = Buffer.alloc(64)
  await handle.read(head, 0, head.length, 0).finally(() => handle.close())
  refuseOtherFiles(head, path)
  throw unknownFormat(path, knownExtensions.join(' '))
}

async function openReader(path: string, encoding: Encoding, { mapping }: DataOverrides): Promise<ReadFile> {
  const reader = textReaders[extensionOf(path)]
  if (!reader) throw unknownFormat(path, knownExtensions.join(' '))
  const columns = Object.values(mapping ?? {})
  const namesAreNumbers = columns.length > 0 && columns.every((name) => /^\d+$/.test(name))
  return reader(decodeFile(path, encoding), { file: path, namesAreNumbers })
}

async function take(rows: AsyncIterator<RawRow>, count: number): Promise<RawRow[]> {
  const taken: RawRow[] = []
  while (taken.length < count) {
    const { value, done } = await rows.next()
    if (done) break
    taken.push(value)
  }
  return taken
}

function saysUnreadable(example: Example): boolean {
  return example.kind === 'text'
    ? example.text.includes(unreadable)
    : example.messages.some(({ content }) => content.includes(unreadable))
}

const reasonOf = (row: RawRow): string => (row.kind === 'broken' ? row.reason : (kindOfRow(row.values) ?? ''))

function mostCommon(reasons: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
