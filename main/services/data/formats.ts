// The kinds of file that data comes in, by extension, and the reader of each. A new kind is one more row here.
import { extname } from 'node:path'
import { readCsv } from './read-csv'
import { readJson } from './read-json'
import { readJsonl } from './read-jsonl'
import { readText } from './read-text'
import type { ReadFile } from './rows'

export interface ReadOptions {
  readonly file: string
  /** the columns are called by their numbers, whatever the first row says */
  readonly namesAreNumbers: boolean
}

export type Reader = (text: AsyncIterable<string>, options: ReadOptions) => Promise<ReadFile>

const csv: Reader = (text, { file, namesAreNumbers }) => readCsv(text, file, 'csv', namesAreNumbers)
const tsv: Reader = (text, { file, namesAreNumbers }) => readCsv(text, file, 'tsv', namesAreNumbers)
const json: Reader = (text, { file }) => readJson(text, file)
const jsonl: Reader = async (text) => ({ format: 'jsonl', hasNames: true, rows: readJsonl(text) })
const txt: Reader = async (text) => ({ format: 'txt', hasNames: true, rows: readText(text) })
const md: Reader = async (text) => ({ format: 'md', hasNames: true, rows: readText(text) })

/** Readers of text files; they are given decoded text. */
export const textReaders: Readonly<Record<string, Reader>> = {
  '.json': json,
  '.jsonl': jsonl,
  '.ndjson': jsonl,
  '.csv': csv,
  '.tsv': tsv,
  '.tab': tsv,
  '.txt': txt,
  '.md': md,
  '.markdown': md
}

/** Files that are packed inside (Excel, Word): their readers are given the file itself. None yet. */
export const comingFormats: readonly string[] = ['.xlsx', '.docx']

export const knownExtensions = Object.keys(textReaders)

export const extensionOf = (file: string): string => extname(file).toLowerCase()
