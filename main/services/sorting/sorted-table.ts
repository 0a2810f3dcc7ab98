// Tables whose rows are sorted: read lot by lot, and written again with every column that they had, their label and how sure
// that is. Nothing of them stays in memory but the lot at hand.
import { NeiroError } from '../../contract/errors'
import type { Language } from '../../contract/language'
import type { DataOverrides } from '../../contract/records'
import { beginning, csvLine } from '../../files/csv'
import { wordsOf } from '../../words/errors'
import { sortingWords } from '../../words/sorting'
import type { FileReader } from '../dataset/read/file-reader'
import { pulled } from '../dataset/read/pulled'
import type { TableColumn, TableRow } from '../dataset/read/table-rows'
import type { DataFile } from '../reading/data-files'
import { emptyData, noSuchColumn } from '../reading/file-errors'
import { cancelled } from '../engine/turns'
import type { TunedModel } from '../runs/tuned-model'
import { scoreOf, type Sorted, type Sorting, type SortOptions, type Verdict } from './sorting'
import { textColumnOf } from './text-column'

/** What is known of tables before anything is sorted. */
export interface Tables {
  readonly files: readonly DataFile[]
  readonly overrides: DataOverrides
  /** of all files */
  readonly columns: readonly TableColumn[]
  /** the column that holds what is sorted */
  readonly column: string
  readonly rows: number
  /** a file has several */
  readonly hasSheets: boolean
}

/** A row of a file, and what is said of its text. */
export interface SortedTableRow {
  readonly file: string
  readonly row: TableRow
  readonly text: string
  readonly sorted: Sorted
}

/** column: as the user says; absent: as it is called, or looks. Throws NO_SUCH_COLUMN, EMPTY_DATA, and what is wrong with a
 *  file. */
export async function lookAtTables(
  reader: FileReader,
  files: readonly DataFile[],
  overrides: DataOverrides,
  column?: string,
  signal?: AbortSignal
): Promise<Tables> {
  const { mapping = {} } = overrides
  const wanted = column ?? mapping['text'] ?? mapping['question'] ?? mapping['prompt']
  const all: TableColumn[] = []
  let [rows, hasSheets] = [0, false]
  for (const file of files) {
    const facts = await reader.tableRows(file, overrides, null, { signal })
    if (facts.rows === 0) throw emptyData(file.path)
    rows += facts.rows
    hasSheets ||= facts.sheets > 1
    for (const one of facts.columns) if (!all.some(({ name }) => name === one.name)) all.push(one)
    const names = facts.columns.map(({ name }) => name)
    if (wanted !== undefined && !names.includes(wanted)) throw noSuchColumn(file.path, wanted, names)
  }
  const found = wanted ?? textColumnOf(all)
  if (found === null) throw emptyData(files[0]?.path ?? '')
  return { files, overrides, columns: all, column: found, rows, hasSheets }
}

export interface SortTables extends SortOptions {
  readonly reader: FileReader
  readonly sorting: Pick<Sorting, 'sort'>
  readonly tuned: TunedModel
  /** rows that are done, of how many */
  readonly onRow?: (done: number, total: number) => void
}

/** The rows of all files in their order, lot by lot. A row that cannot be sorted says why. */
export async function* sortedRows(
  tables: Tables,
  { reader, sorting, tuned, onRow, signal, threshold }: SortTables
): AsyncGenerator<readonly SortedTableRow[]> {
  // before a file is opened
  scoreOf(tuned)
  let done = 0
  for (const file of tables.files) {
    const lots = pulled<readonly TableRow[]>((take, left) =>
      reader.tableRows(file, tables.overrides, take, { signal: left })
    )
    for await (const rows of lots) {
      if (signal?.aborted) throw cancelled()
      const texts = rows.map((row) => textOf(row, tables.column))
      const readable = texts.flatMap((text, at) => (text === '' ? [] : [at]))
      const verdicts = await sorting.sort(
        tuned,
        readable.map((at) => texts[at] as string),
        {
          ...(signal && { signal }),
          ...(threshold !== undefined && { threshold }),
          onText: (some) => onRow?.(done + some, tables.rows)
        }
      )
      const byRow = new Map(readable.map((at, i) => [at, verdicts[i] as Sorted]))
      done += rows.length
      onRow?.(done, tables.rows)
      yield rows.map((row, at) => ({
        ...{ file: file.name, row, text: texts[at] as string },
        sorted:
          byRow.get(at) ??
          new NeiroError(row.broken ?? (row.asked?.[tables.column] === '' ? 'NOT_TEXT' : 'EMPTY_TEXT'))
      }))
    }
  }
}

const textOf = ({ cells, asked, broken }: TableRow, column: string): string =>
  broken ? '' : (asked?.[column] ?? cells[column] ?? '').trim()

/** The same as a table for spreadsheets, piece by piece: every column as it was, then label, probability, and of a
 *  row that has none of them the reason. */
export async function* sortedTable(
  lots: AsyncIterable<readonly SortedTableRow[]>,
  { files, columns, column, hasSheets }: Tables,
  labels: readonly string[],
  language: Language
): AsyncGenerator<string> {
  const words = sortingWords[language]
  const names = columns.map(({ name }) => name)
  const before = [...(files.length > 1 ? [words.file] : []), ...(hasSheets ? [words.sheet] : [])]
  const own = [...before, ...names]
  const added = [words.label, words.probability, words.why].map((name) => free(name, own))
  yield beginning + csvLine([...own, ...added])
  for await (const lot of lots)
    yield lot
      .map(({ file, row, sorted }) =>
        csvLine([
          ...(files.length > 1 ? [file] : []),
          ...(hasSheets ? [row.sheet ?? ''] : []),
          // of a row that could not be read, its beginning stands where the text would
          ...names.map((name) => row.cells[row.broken && name === column ? '' : name] ?? ''),
          ...cellsOf(sorted, labels, language)
        ])
      )
      .join('')
}

/** A column of the same name is one already. */
function free(name: string, taken: readonly string[]): string {
  let shown = name
  for (let number = 2; taken.includes(shown); number++) shown = `${name} (${number})`
  return shown
}

/** Its label, or labels, or number; and how sure each is. A text that could not be read says why. */
function cellsOf(
  one: Sorted,
  labels: readonly string[],
  language: Language
): readonly [string, string, string] {
  if (one instanceof NeiroError) return ['', '', wordsOf(one, language).message]
  if (isNumber(one, labels)) return [String(one.probabilities[0]), '', '']
  const sure = one.said.map((label) => (one.probabilities[label] ?? 0).toFixed(4))
  return [namesOf(one, labels).join('; '), sure.join('; '), '']
}

/** Of one label whose score is what is said. */
const isNumber = ({ said, probabilities }: Verdict, labels: readonly string[]): boolean =>
  said.length === 0 && labels.length === 1 && probabilities.length === 1

/** What is said in words. */
export const namesOf = ({ said }: Verdict, labels: readonly string[]): readonly string[] =>
  said.map((label) => labels[label] ?? '')
