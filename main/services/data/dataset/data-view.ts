// The set as the window shows it: files as recognised, counts, what could be normalised, rows by the page and
// the list of refused rows. Says things in the user's language; decides nothing.
import type { NeiroError } from '../../../contract/errors'
import type { RefusedRow } from '../../../contract/records'
import type { DataFileView, DataView, ExampleRow } from '../../../contract/window/data'
import { wordsOf, wordsOfRefusal, type Language } from '../../../contract/words'
import { answerOf, firstQuestion } from '../split'
import { Breath } from './breath'
import type { SetExample } from './data-set'
import type { LogState } from './log-state'
import { normalisations } from './normalise'
import type { Snapshot } from './project-data'
import type { ReadSource } from './read-source'

export function viewOf(snapshot: Snapshot, language: Language): DataView {
  const { state, fingerprint, files, set } = snapshot
  const counts = new Map<string, number>()
  for (const { file } of set.examples) counts.set(file, (counts.get(file) ?? 0) + 1)
  const heldOut = set.examples.filter((example) => example.heldOut).length
  return {
    files: files.map((file) => fileView(file, counts.get(file.id) ?? 0, language)),
    examples: set.examples.length,
    train: set.examples.length - heldOut,
    heldOut,
    refused: state.leftOut.length + files.reduce((sum, { refused }) => sum + refused.length, 0),
    normalisations: normalisations.map((kind) => ({
      kind,
      places: set.places[kind].count,
      applied: state.normalisations.includes(kind),
      example: set.places[kind].example
    })),
    fingerprint,
    lastChange: lastChange(state, files)
  }
}

function fileView(file: ReadSource, examples: number, language: Language): DataFileView {
  return {
    ...file.recognised,
    id: file.id,
    sheets: file.sheets,
    columns: file.columns,
    examples,
    refused: file.refused.length,
    error: file.error && errorView(file.error, language),
    language: file.language
  }
}

function errorView(error: NeiroError, language: Language): NonNullable<DataFileView['error']> {
  const { code, details } = error.toData()
  return { ...wordsOf(error.toData(), language), code, details }
}

function lastChange({ last }: LogState, files: readonly ReadSource[]): DataView['lastChange'] {
  if (!last || last.kind === 'undo') return null
  const nameOf = (id: string): string | null => files.find((file) => file.id === id)?.recognised.file ?? null
  switch (last.kind) {
    case 'add':
      return { kind: last.kind, file: [...last.sources, ...last.problems][0]?.name ?? null }
    case 'normalisation':
      return { kind: last.kind, file: null }
    case 'remove':
    case 'overrides':
    case 'edit':
      return { kind: last.kind, file: nameOf(last.file) }
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
  const breath = new Breath()
  const rows: ExampleRow[] = []
  let total = 0
  for (const example of set.examples) {
    await breath.take()
    if (!holds(example, wanted)) continue
    if (total >= offset && rows.length < limit) rows.push(rowOf(example))
    total++
  }
  return { total, rows }
}

export function rowOf({ index, example, edited, heldOut }: SetExample): ExampleRow {
  const { file, row } = example.source
  // a plain text has no question; the whole of it is what is learnt
  const [question, answer] =
    example.kind === 'text' ? ['', example.text] : [firstQuestion(example), answerOf(example)]
  return { index, file, row, question, answer, edited, heldOut }
}

function holds({ example }: SetExample, wanted: string): boolean {
  if (folded(example.source.file).includes(wanted)) return true
  if (example.kind === 'text') return folded(example.text).includes(wanted)
  return example.messages.some(({ content }) => folded(content).includes(wanted))
}

/** Width, case and form do not matter to somebody who searches. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

type RefusedView = RefusedRow & { readonly sentence: string }

/** Every refused row, file by file, with its reason in words. */
export function refusedOf(snapshot: Snapshot, language: Language): readonly RefusedView[] {
  const rows = [...snapshot.files.flatMap(({ refused }) => refused), ...snapshot.state.leftOut]
  return rows.map((row) => ({ ...row, sentence: wordsOfRefusal(row, language).message }))
}

const headers = {
  ja: ['ファイル', 'シート', '行', '理由', '行の初め'],
  en: ['file', 'sheet', 'row', 'reason', 'beginning of the row']
}

/** The list for Excel: UTF-8 with a byte order mark. */
export function refusedCsv(rows: readonly RefusedView[], language: Language): string {
  const lines = rows.map(({ source, sentence, excerpt }) => [
    source.file,
    source.sheet ?? '',
    source.row === 0 ? '' : String(source.row),
    sentence,
    excerpt
  ])
  return `\uFEFF${[headers[language], ...lines].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Text from other people's files must stay text in Excel, whatever it begins with. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
