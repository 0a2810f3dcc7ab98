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
import { excerptOf, Refusal, refuse, refusedRow } from './refusals'
import { rowToExample } from './row-to-example'
import type { RawRow, ReadFile } from './rows'

type NamedRow = Extract<RawRow, { kind: 'row' }>

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
  const refused: RefusedRow[] = []
  try {
    const sample = await takeSample(rows, file.name, refused)
    if (sample.length === 0) throw nothingUsable(file.path, refused)
    const shape = recogniseShape(
      { file: file.path, rows: sample.map(({ values }) => values), hasNames: read.hasNames },
      overrides
    )
    const examples = await convert({ file: file.name, shape, encoding }, sample, rows, refused)
    if (examples.length === 0) throw nothingUsable(file.path, refused)
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
    return { examples, refused: refused.sort((a, b) => a.source.row - b.source.row), recognised }
  } finally {
    // closes the file where reading ended early
    await rows.return?.()
  }
}

/** The first rows that could be examples; those before and between them that cannot are refused already. */
async function takeSample(
  rows: AsyncIterator<RawRow>,
  file: string,
  refused: RefusedRow[]
): Promise<NamedRow[]> {
  const sample: NamedRow[] = []
  while (sample.length < sampleSize) {
    const { value: raw, done } = await rows.next()
    if (done) break
    const refusal = refusalOf(raw, file)
    if (refusal) refused.push(refusal)
    else if (raw.kind === 'row') sample.push(raw)
  }
  return sample
}

async function convert(
  { file, shape, encoding }: { file: string; shape: Shape; encoding: Encoding },
  sample: readonly NamedRow[],
  rest: AsyncIterator<RawRow>,
  refused: RefusedRow[]
): Promise<Example[]> {
  const examples: Example[] = []
  const add = ({ row, values }: NamedRow): void => {
    const source = { file, row }
    try {
      const example = rowToExample(values, shape, source)
      // in UTF-8 the character may stand in the text itself; elsewhere it marks what could not be read
      if (!encoding.startsWith('utf-8') && saysUnreadable(example))
        throw refuse('BROKEN_CHARACTERS', { encoding })
      examples.push(example)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push(refusedRow(source, error, excerptOf(values)))
    }
  }
  sample.forEach(add)
  for (;;) {
    const { value: raw, done } = await rest.next()
    if (done) return examples
    const refusal = refusalOf(raw, file)
    if (refusal) refused.push(refusal)
    else if (raw.kind === 'row') add(raw)
  }
}

/** What is wrong with a row whatever its file's shape: unreadable, or made for another goal. */
function refusalOf(raw: RawRow, file: string): RefusedRow | null {
  const source = { file, row: raw.row }
  if (raw.kind === 'broken') return refusedRow(source, refuse(raw.reason), raw.excerpt)
  const kind = kindOfRow(raw.values)
  return kind && refusedRow(source, refuse(kind), excerptOf(raw.values))
}

function nothingUsable(path: string, refused: readonly RefusedRow[]): Error {
  if (refused.length === 0) return emptyData(path)
  return noUsableRow(path, refused.length, mostCommon(refused.map(({ reason }) => reason)))
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

function saysUnreadable(example: Example): boolean {
  return example.kind === 'text'
    ? example.text.includes(unreadable)
    : example.messages.some(({ content }) => content.includes(unreadable))
}

function mostCommon(reasons: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
