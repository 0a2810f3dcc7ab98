// The set as the window shows it: files as recognised, counts, what could be normalised, rows by the page and
// the list of refused rows. Says things in the user's language; decides nothing.
import type { RefusedRow } from '../../../contract/records'
import type { DataChange, DataFileView, DataView, ExampleRow } from '../../../contract/window/data'
import type { Language } from '../../../contract/language'
import { beginning, csvLine } from '../../../files/csv'
import { wordsOf } from '../../../words/errors'
import { Pauses } from '../../reading/pauses'
import type { SetExample } from '../set/data-set'
import { kindOf } from '../kinds'
import type { LogState } from '../log/log-state'
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
    files: files.map((file) => fileView(file, counts.get(file.id) ?? 0)),
    examples: set.examples.length,
    train: set.examples.length - heldOut,
    heldOut,
    refused: state.leftOut.length + files.reduce((sum, { refused }) => sum + refused.length, 0),
    normalisations: normalisations.map((kind) => ({
      kind,
      places: places[kind].count,
      applied: state.normalisations.includes(kind),
      example: places[kind].example
    })),
    fingerprint,
    lastChange: lastChange(state)
  }
}

function fileView(file: ReadSource, examples: number): DataFileView {
  return {
    ...file.recognised,
    id: file.id,
    sheets: file.sheets,
    overrides: file.overrides,
    columns: file.columns,
    examples,
    refused: file.refused.length,
    error: file.error?.toData() ?? null,
    language: file.language
  }
}

function lastChange({ last, names }: LogState): DataChange | null {
  if (!last || last.kind === 'undo') return null
  const { n: entry, kind } = last
  switch (kind) {
    case 'add':
      return { entry, kind, file: [...last.sources, ...last.problems][0]?.name ?? null }
    case 'normalisation':
      return { entry, kind, file: null }
    case 'edit':
      return { entry, kind: last.removed ? 'leave-out' : kind, file: names.get(last.file) ?? null }
    case 'remove':
    case 'overrides':
      return { entry, kind, file: names.get(last.file) ?? null }
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

type RefusedView = RefusedRow & { readonly sentence: string }

/** Every refused row, file by file. */
export function refusedOf({ files, state }: Snapshot): readonly RefusedRow[] {
  return [...files.flatMap(({ refused }) => refused), ...state.leftOut]
}

/** With its reason as a sentence. */
export function inWords(row: RefusedRow, language: Language): RefusedView {
  return { ...row, sentence: wordsOf({ ...row, code: row.reason }, language).message }
}

const headers = {
  ja: ['ファイル', 'シート', '行', '理由', '行の初め'],
  en: ['file', 'sheet', 'row', 'reason', 'beginning of the row']
}

/** The list for Excel. */
export async function refusedCsv(
  rows: readonly RefusedRow[],
  language: Language,
  delimiter: ',' | '\t' = ','
): Promise<string> {
  const pauses = new Pauses()
  const lines = [beginning, csvLine(headers[language], delimiter)]
  for (const row of rows) {
    await pauses.whenDue()
    const { source, sentence, excerpt } = inWords(row, language)
    const place = [source.file, source.sheet ?? '', source.row === 0 ? '' : String(source.row)]
    lines.push(csvLine([...place, sentence, excerpt], delimiter))
  }
  return lines.join('')
}
