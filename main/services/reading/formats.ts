// The kinds of file that data comes in, by extension, and the reader of each. A new kind is one more row here.
import { extname } from 'node:path'
import type { Delimiter, TextSplit } from '../../contract/records'
import { isTableOfMarkdown, kindOfJson, kindOfText, withBeginning, type TextKind } from './by-content'
import type { ContentKind } from './content-kind'
import { readDocx } from './docx/read-docx'
import { readCsv } from './csv/read-csv'
import { sqlFile } from './file-errors'
import { readJson } from './json/read-json'
import { readJsonValues } from './json/json-values'
import { readJsonl } from './json/read-jsonl'
import { readOds } from './opendocument/read-ods'
import { readOdt } from './opendocument/read-odt'
import { readPairs, readText } from './text/read-text'
import { splitsOf } from './text/split-pairs'
import { seenText } from './text/unseen-markdown'
import type { PackedFile, PackedOptions, ReadFile } from './rows'
import { readXlsx } from './xlsx/read-xlsx'

export interface ReadOptions {
  readonly file: string
  /** the columns are called by their numbers, whatever the first row says */
  readonly namesAreNumbers: boolean
  /** plain text, whatever it looks like */
  readonly asText?: boolean
  /** how a text is split into questions and answers, as the user says */
  readonly split?: TextSplit | undefined
  /** as the user says */
  readonly delimiter?: Delimiter
  /** row of the column names as the user says, 0: none */
  readonly headerRow?: number
}

export type Reader = (text: AsyncIterable<string>, options: ReadOptions) => Promise<ReadFile>

const csv: Reader = (text, options) => readCsv(text, { ...options, format: 'csv' })
const tsv: Reader = (text, options) => readCsv(text, { ...options, format: 'tsv' })
const plain: Reader = async (text) => ({ format: 'txt', hasNames: true, rows: readText(text) })

const readers: Readonly<Record<TextKind, Reader>> = {
  json: (text, { file }) => readJson(text, file),
  'json-lines': async (text) => ({ format: 'jsonl', hasNames: true, rows: readJsonl(text) }),
  'json-values': async (text) => ({ format: 'json', hasNames: true, rows: readJsonValues(text) }),
  csv,
  tsv,
  text: plain
}

/** What stands in a file decides, not what it is called. */
const json: Reader = async (given, options) => {
  const { beginning, text } = await withBeginning(given)
  return readers[beginning.trim() === '' ? 'json' : kindOfJson(beginning)](text, options)
}
const txt: Reader = async (given, options) => {
  if (options.asText) return plain(given, options)
  const { beginning, text } = await withBeginning(given)
  if (isSql(beginning)) throw sqlFile(options.file)
  if (options.split) return { format: 'txt', hasNames: true, rows: readPairs(text, options.split) }
  const found = await readers[kindOfText(beginning)](text, options)
  const ways = found.format === 'txt' ? splitsOf(beginning) : []
  return ways.length > 0 ? { ...found, splits: ways } : found
}
const md: Reader = async (given, options) => {
  const { asText, split } = options
  if (split && !asText) return { format: 'md', hasNames: true, rows: readPairs(given, split, true) }
  const { beginning, text } = await withBeginning(given)
  if (!asText && isTableOfMarkdown(beginning)) return csv(text, options)
  const ways = asText ? [] : splitsOf(seenText(beginning))
  return {
    format: 'md',
    hasNames: true,
    rows: readText(text, true),
    ...(ways.length > 0 && { splits: ways })
  }
}

/** What a database writes so that another may read it: commands, with the rows inside. */
function isSql(beginning: string): boolean {
  const lines = beginning
    .slice(0, headOfSql)
    .split('\n')
    .map((line) => line.trim())
  const first =
    lines.find((line) => line !== '' && !/^(?:--|\/\*|\*|SET\s|USE\s|BEGIN|PRAGMA|LOCK\s)/i.test(line)) ?? ''
  return /^(?:INSERT INTO|REPLACE INTO|CREATE (?:TABLE|DATABASE)|DROP TABLE)\s/i.test(first)
}
const headOfSql = 4000

/** Readers of text files; they are given decoded text. */
export const textReaders: Readonly<Record<string, Reader>> = {
  '.json': json,
  '.jsonl': json,
  '.ndjson': json,
  '.csv': csv,
  '.tsv': tsv,
  '.tab': tsv,
  '.txt': txt,
  '.md': md,
  '.markdown': md
}

export type ReadKind = Extract<ContentKind, 'xlsx' | 'docx' | 'ods' | 'odt' | 'parquet'>
type PackedReader = (path: string, options: PackedOptions) => Promise<PackedFile>

/** Readers of Excel, Word, LibreOffice and Parquet files by what the file is; they are given the file itself. */
export const packedReaders: Readonly<Record<ReadKind, PackedReader>> = {
  xlsx: readXlsx,
  docx: readDocx,
  ods: readOds,
  odt: readOdt,
  // its library is loaded with the first such file: every door knows the kinds, hardly any reads one
  parquet: async (path, options) => (await import('./parquet/read-parquet')).readParquet(path, options)
}

/** Extensions of those files, with the kind that is expected under each. */
export const packedExtensions: Readonly<Record<string, ContentKind>> = {
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.xltx': 'xlsx',
  '.xltm': 'xlsx',
  '.docx': 'docx',
  '.docm': 'docx',
  '.dotx': 'docx',
  '.dotm': 'docx',
  '.ods': 'ods',
  '.ots': 'ods',
  '.odt': 'odt',
  '.ott': 'odt',
  '.html': 'html',
  '.htm': 'html',
  '.parquet': 'parquet'
}

/** Under these names programs export tables of text, too. */
export const sheetExtensions: readonly string[] = ['.xls', '.xlsx']

/** What Excel and Word wrote before 2007. */
export const oldExtensions: readonly string[] = ['.xls', '.xlt', '.doc', '.dot']

/** Mails as programs save them. */
export const mailExtensions: readonly string[] = ['.eml', '.mbox']

export const knownExtensions = [
  ...Object.keys(textReaders),
  ...Object.keys(packedExtensions),
  ...mailExtensions
]

export const extensionOf = (file: string): string => extname(file).toLowerCase()
