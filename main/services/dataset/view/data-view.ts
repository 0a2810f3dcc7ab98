// The set as the window shows it: files as recognised, counts, what could be normalised, rows by the page and
// the list of refused rows. Says things in the user's language; decides nothing.
import type { RefusedRow } from '../../../contract/records'
import type {
  DataChange,
  DataFileView,
  DataView,
  ExampleRow,
  RefusedView
} from '../../../contract/window/data'
import type { Language } from '../../../contract/language'
import { beginning, csvLine } from '../../../files/csv'
import { refusedColumns } from '../../../files/refused-list'
import { wordsOf } from '../../../words/errors'
import { Pauses } from '../../reading/pauses'
import { kindOfRow, type SetExample } from '../set/data-set'
import { canBePutRight } from '../set/put-right'
import { kindOf } from '../kinds'
import { normalisations } from '../set/normalise'
import type { Snapshot } from '../store/project-data'
import type { ReadSource } from '../read/read-source'

export async function viewOf(snapshot: Snapshot): Promise<DataView> {
  const { state, fingerprint, files, set } = snapshot
  const places = await snapshot.places()
  const pauses = new Pauses()
  const counts = new Map<string, number>()
  let heldOut = 0
  for (const example of set.examples) {
    await pauses.whenDue()
    counts.set(example.file, (counts.get(example.file) ?? 0) + 1)
    if (example.heldOut) heldOut++
  }
  return {
    files: files.map((file) =>
      fileView(file, counts.get(file.id) ?? 0, stillRefused(file, set.putRight).length)
    ),
    examples: set.examples.length,
    train: set.examples.length - heldOut,
    heldOut,
    refused:
      state.leftOut.length + files.reduce((sum, { refused }) => sum + refused.length, 0) - set.putRight.size,
    normalisations: normalisations.map((kind) => ({
      kind,
      places: places[kind].count,
      applied: state.normalisations.includes(kind),
      example: places[kind].example
    })),
    fingerprint,
    removedCopies: await snapshot.removedCopies(),
    lastChange: lastChange(snapshot)
  }
}

const stillRefused = (file: ReadSource, putRight: ReadonlySet<RefusedRow>): readonly RefusedRow[] =>
  putRight.size === 0 ? file.refused : file.refused.filter((row) => !putRight.has(row))

function fileView(file: ReadSource, examples: number, refused: number): DataFileView {
  return {
    ...file.recognised,
    id: file.id,
    sheets: file.sheets,
    overrides: file.overrides,
    columns: file.columns,
    examples,
    refused,
    // a file of which no row could be used has some once one was put right
    error: examples > 0 ? null : (file.error?.toData() ?? null),
    language: file.language
  }
}

function lastChange({ state: { last, names }, files }: Snapshot): DataChange | null {
  if (!last || last.kind === 'undo' || last.kind === 'empty') return null
  const { n: entry, kind } = last
  const named = (id: string): readonly string[] => [names.get(id) ?? []].flat()
  switch (kind) {
    case 'add':
      return { entry, kind, files: [...last.sources, ...last.problems].map(({ name }) => name) }
    case 'normalisation':
      return { entry, kind, files: [] }
    case 'edit': {
      const file = files.find(({ id }) => id === last.file)
      const wasRefused = file?.refused.some(
        ({ source }) => source.row === last.row && source.sheet === last.sheet
      )
      return {
        entry,
        kind: last.removed ? 'leave-out' : wasRefused ? 'put-right' : kind,
        files: named(last.file)
      }
    }
    case 'remove':
    case 'overrides':
      return { entry, kind, files: named(last.file) }
  }
}

/** One page of the rows that hold the words searched for. */
export async function rowsOf(
  { set }: Snapshot,
  { offset, limit, search }: { readonly offset: number; readonly limit: number; readonly search: string }
): Promise<{ total: number; rows: readonly ExampleRow[] }> {
  const wanted = folded(search.trim())
  if (wanted === '') {
    const rows = set.examples.slice(offset, offset + limit).map(rowOf)
    return { total: set.examples.length, rows }
  }
  const pauses = new Pauses()
  const rows: ExampleRow[] = []
  let total = 0
  for (const example of set.examples) {
    await pauses.whenDue()
    if (!holds(example, wanted)) continue
    if (total >= offset && rows.length < limit) rows.push(rowOf(example))
    total++
  }
  return { total, rows }
}

export function rowOf({ index, example, edited, heldOut }: SetExample): ExampleRow {
  const { file, sheet = null, row } = example.source
  const { question, answer } = kindOf(example).pair(example)
  return { index, file, sheet, row, kind: example.kind, question, answer, edited, heldOut }
}

function holds({ example }: SetExample, wanted: string): boolean {
  if (folded(example.source.file).includes(wanted)) return true
  return kindOf(example)
    .texts(example)
    .some((text) => folded(text).includes(wanted))
}

/** Width, case and form do not matter to somebody who searches. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Every row that is still refused, file by file. */
export function refusedOf({ files, state, set }: Snapshot): readonly Listed[] {
  const ofFiles = files.flatMap((file) => stillRefused(file, set.putRight).map((row) => ({ row, file })))
  return [...ofFiles, ...state.leftOut.map((row) => ({ row, file: null }))]
}

interface Listed {
  readonly row: RefusedRow
  readonly file: ReadSource | null
}

/** With its reason as a sentence. */
export function inWords({ row, file }: Listed, language: Language): RefusedView {
  const mendable = file && canBePutRight(row) ? { file: file.id, kind: kindOfRow(file, row) } : null
  return { ...row, sentence: sentenceOf(row, language), mendable }
}

const sentenceOf = (row: RefusedRow, language: Language): string =>
  wordsOf({ ...row, code: row.reason }, language).message

/** The list for Excel. Its questions and answers can be filled in there, and the list is a table of examples then. */
export async function refusedCsv(
  rows: readonly RefusedRow[],
  language: Language,
  delimiter: ',' | '\t' = ','
): Promise<string> {
  const pauses = new Pauses()
  const lines = [beginning, csvLine(refusedColumns[language], delimiter)]
  for (const row of rows) {
    await pauses.whenDue()
    const { source, pair, excerpt } = row
    const place = [source.file, source.sheet ?? '', source.row === 0 ? '' : String(source.row)]
    const words = [sentenceOf(row, language), pair?.question ?? '', pair?.answer ?? '', excerpt]
    lines.push(csvLine([...place, ...words], delimiter))
  }
  return lines.join('')
}
