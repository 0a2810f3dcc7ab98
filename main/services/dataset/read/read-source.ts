// One file of the set, read: what the window shows of it and the examples in it. Kept as long as neither the file
// nor the user's word about it changes.
import { readFile as readBytes } from 'node:fs/promises'
import type { NeiroError } from '../../../contract/errors'
import type {
  Certainties,
  Certainty,
  DataOverrides,
  Example,
  FieldNote,
  RecognisedFile,
  RecognisedPart,
  RecognisedSheet,
  RefusedRow
} from '../../../contract/records'
import type { DataFileView } from '../../../contract/window/data'
import { extensionOf } from '../../reading/formats'
import { leastSure } from '../../reading/recognise/certainty'
import { readFile, unreadFile, type FileContents, type FileFacts } from './read-file'
import type { Source } from '../log/data-log'
import type { TakeRows } from './read-table'
import { LanguageSample, recogniseLanguage, textsOf } from './script-language'

export interface ReadSource {
  readonly id: string
  readonly recognised: RecognisedFile
  /** sheet by sheet; of a file without sheets, the file; none where nothing of it can be used */
  readonly tables: readonly RecognisedFile[]
  readonly overrides: DataOverrides
  readonly sheets: readonly RecognisedSheet[]
  readonly columns: DataFileView['columns']
  readonly language: DataFileView['language']
  readonly examples: readonly Example[]
  readonly refused: readonly RefusedRow[]
  readonly heldOutRows: ReadonlySet<number> | null
  readonly error: NeiroError | null
}

/** beat is called while rows go by and throws where the reading must stop. take takes examples and refused rows as they
 *  come; then there are none in what is answered, and the examples are void where that has an error. */
export async function readSource(
  source: Pick<Source, 'id' | 'name' | 'sample'>,
  path: string,
  overrides: DataOverrides,
  beat?: (rows: number) => void,
  take?: TakeRows
): Promise<ReadSource> {
  const sample = new LanguageSample()
  const file = { path, name: source.name }
  const taking: TakeRows | undefined =
    take &&
    (async (piece) => {
      for (const example of piece.examples) sample.add(example)
      await take(piece)
    })
  const contents = await readFile(file, overrides, beat, taking)
  const looked = take ? sample.texts : textsOf(contents.tables.flatMap((table) => table.examples))
  const heldOut = source.sample ? await heldOutRowsOf(path) : null
  const read = ofContents(source, source.sample ? ownSample(contents) : contents, overrides, heldOut, looked)
  if (!take) return read
  // what is said of sheets and of the whole comes last
  if (read.refused.length > 0) await take({ examples: [], refused: read.refused })
  return { ...read, refused: [] }
}

/** Of the built-in sample nobody has to be told what its columns are for. */
const ownSample = ({ tables, ...contents }: FileContents): FileContents => ({
  ...contents,
  tables: tables.map(({ recognised: { fields: _, ...recognised }, ...table }) => ({ ...table, recognised }))
})

/** A file that could not be opened or copied at all. */
export function unreadSource(
  source: Pick<Source, 'id' | 'name'>,
  error: NeiroError,
  overrides: DataOverrides = {}
): ReadSource {
  return ofContents(source, unreadFile(error), overrides, null, [])
}

/** How many rows there are; null for a file that was not read to its end. */
export function rowsKnown({
  error,
  sheets,
  recognised
}: Pick<ReadSource, 'error' | 'sheets' | 'recognised'>): number | null {
  const read = sheets.filter(({ use }) => use === 'used' || use === 'unusable')
  if (read.length > 0) return read.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
  return error ? null : recognised.rows
}

function ofContents(
  { id, name }: Pick<Source, 'id' | 'name'>,
  { tables, leftOut, error, facts, sheets, columns }: FileContents,
  overrides: DataOverrides,
  heldOutRows: ReadonlySet<number> | null,
  looked: readonly string[]
): ReadSource {
  const examples = tables.flatMap((table) => table.examples)
  const refused = [...tables.flatMap((table) => table.refused), ...leftOut]
  const found = tables.map((table) => table.recognised)
  const { language, certainty } = recogniseLanguage(looked)
  const recognised = found[0] ? asOneFile(found) : notRecognised(name, facts, overrides)
  return {
    id,
    recognised: {
      ...recognised,
      certainty: { ...recognised.certainty, ...(found[0] && { language: certainty }) }
    },
    tables: found,
    overrides,
    sheets,
    columns: hasColumns(found) ? columns : [],
    language,
    examples,
    refused,
    heldOutRows,
    error
  }
}

/** Several sheets as one file: sure as the least sure of them. */
function asOneFile(all: readonly RecognisedFile[]): RecognisedFile {
  const { sheet: _, ...first } = all[0] as RecognisedFile
  const titled = all.find(({ titles }) => titles)
  return {
    ...first,
    ...(titled && { titles: titled.titles, headerRow: titled.headerRow }),
    confidence: all.reduce((least, { confidence }) => Math.min(least, confidence), 1),
    certainty: leastCertain(all.map(({ certainty }) => certainty)),
    mapping: Object.assign({}, ...all.map(({ mapping }) => mapping)) as RecognisedFile['mapping'],
    ...(all.some(({ fields }) => fields) && { fields: sumOf(all.flatMap(({ fields = [] }) => fields)) }),
    ...(all.some(({ mended }) => mended) && {
      mendedRows: all.flatMap(({ mendedRows = [] }) => mendedRows),
      mended: all.reduce((sum, { mended = 0 }) => sum + mended, 0)
    }),
    rows: all.reduce((sum, { rows }) => sum + rows, 0),
    examples: all.reduce((sum, { examples }) => sum + examples, 0)
  }
}

function sumOf(notes: readonly FieldNote[]): readonly FieldNote[] {
  const sums = new Map<string, FieldNote>()
  for (const note of notes) {
    const key = `${note.kind} ${note.field}`
    sums.set(key, { ...note, count: note.count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()]
}

function leastCertain(all: readonly Certainties[]): Certainties {
  const parts = [...new Set(all.flatMap((one) => Object.keys(one) as RecognisedPart[]))]
  const of = (part: RecognisedPart): Certainty[] => all.flatMap((one) => one[part] ?? [])
  return Object.fromEntries(parts.map((part) => [part, leastSure(of(part))]))
}

/** What can be said of a file of which nothing can be used: its kind, and the user's own word. */
function notRecognised(
  name: string,
  facts: FileFacts | null,
  { shape, mapping = {}, joined = {} }: DataOverrides
): RecognisedFile {
  const format = formatsByExtension[extensionOf(name)] ?? 'txt'
  return {
    ...(facts ?? { encoding: '', certainty: {} }),
    file: name,
    format,
    shape: shape ?? 'question-answer',
    confidence: 0,
    mapping: Object.fromEntries(
      Object.entries(mapping).flatMap(([role, column]) =>
        [column, ...(joined[role] ?? [])].map((name) => [name, role])
      )
    ),
    rows: 0,
    examples: 0
  }
}

const formatsByExtension: Readonly<Record<string, RecognisedFile['format']>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.md': 'md',
  '.markdown': 'md',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.xltx': 'xlsx',
  '.docx': 'docx',
  '.docm': 'docx',
  '.dotx': 'docx',
  '.ods': 'ods',
  '.odt': 'odt',
  '.ott': 'odt',
  '.html': 'html',
  '.htm': 'html',
  '.parquet': 'parquet',
  '.eml': 'mail',
  '.mbox': 'mail'
}

/** Conversations and plain text have no columns that anybody could choose between. */
function hasColumns(recognised: readonly RecognisedFile[]): boolean {
  return recognised.every(
    ({ shape, format }) =>
      !['messages', 'conversations'].includes(shape) && !['txt', 'md', 'mail'].includes(format)
  )
}

/** The sample says of each line whether it is held out. */
async function heldOutRowsOf(path: string): Promise<ReadonlySet<number>> {
  const lines = (await readBytes(path, 'utf8')).split('\n')
  return new Set(lines.flatMap((line, i) => (/"split":\s*"held_out"/.test(line) ? [i + 1] : [])))
}
