// The set as it is learnt: the examples of all files with edits and normalisations applied, and the held-out
// part. Made from what was read and what the log says; it changes neither.
import { NeiroError } from '../../../contract/errors'
import type { DataShape, Example, RefusedRow, RowSource } from '../../../contract/records'
import { settingRows } from '../../../contract/settings'
import type { Normalisation } from '../../../contract/window/data'
import { splitInTurns, type Split } from './split'
import { Pauses } from '../../reading/pauses'
import { editKey, type Edit } from '../log/log-state'
import { kindOf } from '../kinds'
import { putRight } from './put-right'
import { bothPlaces, normaliseExample, noPlacesAtAll, placesOf, type AllPlaces } from './normalise'

/** One file as it was read. */
export interface FileExamples {
  readonly id: string
  readonly examples: readonly Example[]
  /** rows that its own author held out; null where nobody did */
  readonly heldOutRows: ReadonlySet<number> | null
  readonly refused: readonly RefusedRow[]
  /** of each sheet, or of the file without sheets */
  readonly tables: readonly { readonly sheet?: string; readonly shape: DataShape }[]
}

export interface SetExample {
  /** place among all examples that were read, left-out ones included: an edit does not move the others */
  readonly index: number
  readonly file: string
  readonly example: Example
  readonly edited: boolean
  readonly heldOut: boolean
}

export interface DataSet {
  /** without those that the user left out */
  readonly examples: readonly SetExample[]
  /** rows that were refused and are examples now, because the user has put them right */
  readonly putRight: ReadonlySet<RefusedRow>
  /** why nothing could be held out; null where something is, or nothing is there */
  readonly splitProblem: NeiroError | null
}

export async function makeDataSet(
  files: readonly FileExamples[],
  edits: Edits,
  chosen: readonly Normalisation[]
): Promise<DataSet> {
  const pauses = new Pauses()
  const all: Omit<SetExample, 'heldOut'>[] = []
  const mended = new Set<RefusedRow>()
  for (const { example, refused, ...place } of edited(files, edits)) {
    await pauses.whenDue()
    if (refused) mended.add(refused)
    all.push({ ...place, example: normaliseExample(example, chosen) })
  }
  const { held, problem } = await heldOutOf(files, all, settingRows.heldOutRatio.default)
  const examples = all.map((one) => ({ ...one, heldOut: held.has(one.example) }))
  return { examples, putRight: mended, splitProblem: problem }
}

/** Where the texts differ in writing, before anything is normalised. Looks at every text: it takes a while. */
export async function findPlaces(files: readonly FileExamples[], edits: Edits): Promise<AllPlaces> {
  const pauses = new Pauses()
  let all = noPlacesAtAll
  for (const { example } of edited(files, edits)) {
    await pauses.whenDue()
    all = bothPlaces(all, placesOf(example))
  }
  return all
}

/** What is learnt and what is held out. Whoever wants another share than the usual one gets it drawn anew from all
 *  examples, by the same chance: a smaller part lies within a larger one. Throws TOO_FEW_EXAMPLES. */
export async function splitOf(
  { examples, splitProblem }: DataSet,
  files: readonly FileExamples[],
  share: number
): Promise<Split> {
  let held: ReadonlySet<Example>
  if (share === settingRows.heldOutRatio.default) {
    if (splitProblem) throw splitProblem
    held = new Set(examples.filter(({ heldOut }) => heldOut).map(({ example }) => example))
  } else {
    const undivided = files.map((file) => ({ ...file, heldOutRows: null }))
    const drawn = await heldOutOf(undivided, examples, share)
    if (drawn.problem) throw drawn.problem
    ;({ held } = drawn)
  }
  const part = (heldOut: boolean): Example[] =>
    examples.flatMap(({ example }) => (held.has(example) === heldOut ? [example] : []))
  return { train: part(false), heldOut: part(true) }
}

type Edits = ReadonlyMap<string, Edit>

type Placed = Omit<SetExample, 'heldOut'> & { readonly refused?: RefusedRow }

/** The examples that were not left out, in the user's words; behind those of its file, every refused row that the user
 *  has put right. */
function* edited(files: readonly FileExamples[], edits: Edits): Generator<Placed> {
  let index = -1
  for (const file of files) {
    const editOf = ({ sheet, row }: RowSource): Edit | undefined =>
      edits.size > 0 ? edits.get(editKey(file.id, sheet, row)) : undefined
    for (const raw of file.examples) {
      index++
      const edit = editOf(raw.source)
      if (edit?.removed) continue
      const example = edit ? kindOf(raw).edited(raw, edit) : raw
      yield { index, file: file.id, example, edited: example !== raw }
    }
    for (const refused of file.refused) {
      index++
      const edit = editOf(refused.source)
      const example = edit ? putRight(refused, edit, kindOfRow(file, refused)) : null
      if (example) yield { index, file: file.id, example, edited: true, refused }
    }
  }
}

/** What a row of this table becomes. */
export function kindOfRow({ tables }: Pick<FileExamples, 'tables'>, { source }: RefusedRow): Example['kind'] {
  const table = tables.find(({ sheet }) => sheet === source.sheet) ?? tables[0]
  return table?.shape === 'text' ? 'text' : 'conversation'
}

/** Files with a held-out part of their own keep it; of all others, one is drawn. */
async function heldOutOf(
  files: readonly FileExamples[],
  all: readonly Pick<SetExample, 'file' | 'example'>[],
  share: number
): Promise<{ held: ReadonlySet<Example>; problem: NeiroError | null }> {
  const rows = new Map(files.map(({ id, heldOutRows }) => [id, heldOutRows]))
  const held = new Set<Example>()
  const others: Example[] = []
  for (const { file, example } of all) {
    const own = rows.get(file)
    if (!own) others.push(example)
    else if (own.has(example.source.row)) held.add(example)
  }
  if (others.length === 0) return { held, problem: null }
  try {
    const drawn = await splitInTurns(others, share, settingRows.seed.default)
    for (const example of drawn.heldOut) held.add(example)
    return { held, problem: null }
  } catch (error) {
    if (!(error instanceof NeiroError)) throw error
    return { held, problem: held.size > 0 ? null : error }
  }
}
