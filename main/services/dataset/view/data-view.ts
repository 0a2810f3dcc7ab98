// The set as the window shows it: files as recognised, counts, what could be normalised, rows by the page and
// the list of refused rows. Says things in the user's language; decides nothing.
import { NeiroError } from '../../../contract/errors'
import type { GoalRow } from '../../../contract/goals'
import type { RefusedRow } from '../../../contract/records'
import type { DataChange, DataFileView, DataView, RefusedView } from '../../../contract/window/data'
import type { Language } from '../../../contract/language'
import { beginning, csvLine } from '../../../files/csv'
import { refusedColumns } from '../../../files/refused-list'
import { wordsOf } from '../../../words/errors'
import { Pauses } from '../../reading/pauses'
import type { ReadHead } from '../kept/kept-head'
import type { LogState } from '../log/log-state'
import type { ListedRow } from '../set/kept-set'
import { languageOf } from '../read/script-language'
import { withOldFiles } from '../read/older-ones'
import { normalisations } from '../set/normalise'
import { learntOf } from '../store/of-project'
import type { Snapshot } from '../store/project-data'

export async function viewOf(snapshot: Snapshot, goal: GoalRow): Promise<DataView> {
  const { state, fingerprint, files, set } = snapshot
  const { facts } = set
  const heldOut = learntOf(facts.heldOutKinds, goal)
  return {
    files: await Promise.all(
      withOldFiles(files).map(async (file) => {
        const examples = facts.ofFiles[file.id] ?? 0
        return {
          ...fileView(file, examples, facts.refusedOfFiles[file.id] ?? 0),
          language: await languageIn(snapshot, file, examples)
        }
      })
    ),
    examples: facts.examples,
    questions: facts.questions,
    kinds: facts.kinds,
    train: learntOf(facts.kinds, goal) - heldOut,
    heldOut,
    synthetic: facts.synthetic,
    refused: state.leftOut.length + facts.refused,
    normalisations: normalisations.map((kind) => ({
      kind,
      places: facts.places[kind].count,
      applied: state.normalisations.includes(kind),
      example: facts.places[kind].example
    })),
    fingerprint,
    changes: state.entries,
    removedCopies: await snapshot.removedCopies(),
    lastChange: await changeOf(snapshot, snapshot.state.last),
    takenBack: await takenBackOf(snapshot)
  }
}

/** A file of which no row could be used is in the language that its rows were put right in. */
async function languageIn(
  { set }: Snapshot,
  { id, language, recognised }: ReadHead,
  examples: number
): Promise<DataFileView['language']> {
  if (recognised.examples > 0 || examples === 0) return language
  const found = await set.ask('shown', { file: id, at: 0 })
  return found ? languageOf([found.shown.example]) : language
}

function fileView(file: ReadHead, examples: number, refused: number): Omit<DataFileView, 'language'> {
  return {
    ...file.recognised,
    id: file.id,
    sheets: file.sheets,
    overrides: file.overrides,
    columns: file.columns,
    examples,
    refused,
    // a file of which no row could be used has some once one was put right
    error: examples > 0 ? null : (file.error?.toData() ?? null)
  }
}

async function takenBackOf(snapshot: Snapshot): Promise<DataChange | null> {
  const { takenBack } = snapshot.state
  const change = takenBack && (await changeOf(snapshot, takenBack.change))
  return change && { ...change, entry: takenBack.by }
}

async function changeOf(
  { state: { names }, set }: Snapshot,
  last: LogState['last']
): Promise<DataChange | null> {
  if (!last || last.kind === 'undo' || last.kind === 'empty') return null
  const { n: entry, kind } = last
  const named = (id: string): readonly string[] => [names.get(id) ?? []].flat()
  switch (kind) {
    case 'add':
      return { entry, kind, files: [...last.sources, ...last.problems].map(({ name }) => name) }
    case 'normalisation':
      return { entry, kind, files: [] }
    case 'edit': {
      const { file, sheet = null, row, removed } = last
      const wasRefused = !removed && (await set.ask('refusedRow', { file, sheet, row })) !== null
      return {
        entry,
        kind: removed ? 'leave-out' : wasRefused ? 'put-right' : kind,
        files: named(file)
      }
    }
    case 'repair':
    case 'rows':
    case 'check':
      return { entry, kind, files: [] }
    case 'remove':
      return { entry, kind, files: named(last.file) }
    case 'overrides':
      return { entry, kind: last.meant ? 'as-meant' : kind, files: named(last.file) }
  }
}

type Listed = Omit<ListedRow, 'file'> & { readonly file: string | null }

/** One page of the rows that are still refused, file by file; what is no data comes last. */
export async function refusedOf(
  { set, state }: Snapshot,
  { offset, limit }: { readonly offset: number; readonly limit: number }
): Promise<{ readonly total: number; readonly rows: readonly Listed[] }> {
  const { total, rows } = await set.ask('refused', { offset, limit })
  const from = Math.max(0, offset - total)
  const others = state.leftOut.slice(from, Math.max(from, offset + limit - total))
  return {
    total: total + state.leftOut.length,
    rows: [...rows, ...others.map((row) => ({ row, file: null, mendable: null }))]
  }
}

/** rows that are asked for at once */
const atOnce = 1000

export async function* allRefused(snapshot: Snapshot): AsyncGenerator<readonly RefusedRow[]> {
  for (let offset = 0; ; offset += atOnce) {
    const { total, rows } = await refusedOf(snapshot, { offset, limit: atOnce })
    yield rows.map(({ row }) => row)
    if (offset + atOnce >= total) return
  }
}

/** With its reason as a sentence. */
export function inWords({ row, file, mendable: kind }: Listed, language: Language): RefusedView {
  const mendable = file !== null && kind !== null ? { file, kind } : null
  return { ...row, sentence: sentenceOf(row, language), mendable }
}

const sentenceOf = (row: RefusedRow, language: Language): string =>
  wordsOf({ ...row, code: row.reason }, language).message

/** The list for Excel, piece by piece. Its questions and answers can be filled in there, and the list is a table of examples
 *  then. */
export async function* refusedTable(
  batches: AsyncIterable<readonly RefusedRow[]>,
  language: Language,
  delimiter: ',' | '\t' = ','
): AsyncGenerator<string> {
  const pauses = new Pauses()
  yield beginning + csvLine(refusedColumns[language], delimiter)
  for await (const rows of batches) {
    await pauses.whenDue()
    yield rows.map((row) => refusedTableLine(row, language, delimiter)).join('')
  }
}

/** Characters of a list that a window is given at once. */
const longestFile = 100_000_000

/** All of them as a file. Throws REPLY_TOO_LARGE where no window could hold it; the command line writes such a list itself. */
export async function refusedFileOf(
  snapshot: Snapshot,
  language: Language
): Promise<{ readonly name: string; readonly text: string }> {
  const name = language === 'ja' ? '読めなかった行.csv' : 'refused-rows.csv'
  let text = ''
  for await (const piece of refusedTable(allRefused(snapshot), language)) {
    text += piece
    if (text.length > longestFile) throw new NeiroError('REPLY_TOO_LARGE')
  }
  return { name, text }
}

function refusedTableLine(row: RefusedRow, language: Language, delimiter: ',' | '\t'): string {
  const { source, pair, excerpt } = row
  const place = [source.file, source.sheet ?? '', source.row === 0 ? '' : String(source.row)]
  const words = [sentenceOf(row, language), pair?.question ?? '', pair?.answer ?? '', excerpt]
  return csvLine([...place, ...words], delimiter)
}
