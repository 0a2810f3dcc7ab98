// What the log adds up to: the files of the set, and the choices that hold. Pure; undone entries have never been.
import { createHash } from 'node:crypto'
import type { DataOverrides, Example, RefusedRow } from '../../../contract/records'
import { noChoices, type CheckChoices } from '../../../contract/check-up'
import type { Normalisation } from '../../../contract/window/data'
import type { Entry, Problem, Source } from './data-log'
import type { RowsRepair } from '../../doctor/repairs'
import { normalisations } from '../set/normalise'

interface Words {
  readonly question?: string
  readonly answer?: string
  /** of two answers the one that is not preferred */
  readonly other?: string
}

export interface Edit extends Words {
  readonly removed?: boolean
}

/** All edits of a row. Words were given to what the row was read as then: an answer is no label where its columns have other
 *  roles. Words of an older log are for whatever it is read as. */
export interface RowEdit extends Edit {
  readonly as?: Readonly<Partial<Record<Example['kind'], Words>>>
}

/** What holds of a row that is read as this. */
export const editOf = ({ as, ...edit }: RowEdit, kind: Example['kind']): Edit => ({ ...edit, ...as?.[kind] })

export interface LogState {
  /** in the order in which they were added */
  readonly files: readonly (
    | { readonly kind: 'source'; readonly source: Source; readonly overrides: DataOverrides }
    | { readonly kind: 'problem'; readonly problem: Problem }
  )[]
  /** what lay in added folders and is no data */
  readonly leftOut: readonly RefusedRow[]
  readonly normalisations: readonly Normalisation[]
  /** by editKey */
  readonly edits: ReadonlyMap<string, RowEdit>
  /** in the order in which they were made, each with its entry */
  readonly repairs: readonly (RowsRepair & { readonly entry: number })[]
  readonly choices: CheckChoices
  /** what undo would take back; null where nothing is left, or where a copy that it needs was emptied */
  readonly last: Entry | null
  /** what was taken back last, with the entry that did so, as long as nothing was done since; null where there is nothing */
  readonly takenBack: { readonly by: number; readonly change: Entry } | null
  /** of every file that was ever added, by id */
  readonly names: ReadonlyMap<string, string>
  /** bytes of every file that was ever copied, by id */
  readonly sizes: ReadonlyMap<string, number>
  /** of every file that was ever added */
  readonly highestId: number
  /** the number of the newest entry, which only grows, whatever is taken back; 0 where there is none */
  readonly entries: number
}

/** Edits hold for a row of a file, whatever else becomes of the set. */
export function editKey(file: string, sheet: string | undefined, row: number): string {
  return JSON.stringify([file, sheet ?? null, row])
}

export function stateOf(entries: readonly Entry[]): LogState {
  const undone = undoneOf(entries)
  const effective = entries.filter((entry) => entry.kind !== 'undo' && !undone.has(entry.n))
  const files = new Map<string, LogState['files'][number]>()
  const leftOut: RefusedRow[] = []
  const chosen = new Set<Normalisation>()
  const edits = new Map<string, RowEdit>()
  const repairs: LogState['repairs'][number][] = []
  let choices = noChoices
  for (const entry of effective) {
    switch (entry.kind) {
      case 'add':
        for (const file of inOrder(entry)) files.set(idOf(file), file)
        for (const row of entry.leftOut) leftOut.push(row)
        break
      case 'remove':
        files.delete(entry.file)
        break
      case 'overrides': {
        const file = files.get(entry.file)
        if (file?.kind === 'source') files.set(entry.file, { ...file, overrides: entry.overrides })
        break
      }
      case 'normalisation':
        if (entry.applied) chosen.add(entry.normalisation)
        else chosen.delete(entry.normalisation)
        break
      case 'edit': {
        const { file, sheet, row, question, answer, other, removed, of } = entry
        const key = editKey(file, sheet, row)
        const before = edits.get(key)
        const words = said({ question, answer, other })
        const given = of ? { as: { ...before?.as, [of]: { ...before?.as?.[of], ...words } } } : words
        edits.set(key, { ...before, ...said({ removed }), ...given })
        break
      }
      case 'repair':
        repairs.push({ entry: entry.n, finding: entry.finding, repair: entry.repair, rows: entry.rows })
        break
      case 'rows':
        repairs.push({ entry: entry.n, finding: null, repair: entry.repair, rows: entry.rows })
        break
      case 'check':
        choices = entry.choices
        break
      case 'empty':
      case 'undo':
        break
      default:
        entry satisfies never
    }
  }
  return {
    files: [...files.values()],
    leftOut,
    normalisations: normalisations.filter((kind) => chosen.has(kind)),
    edits,
    repairs,
    choices,
    last: lastOf(effective),
    takenBack: takenBackOf(entries, undone),
    names: new Map(entries.flatMap(namesOf)),
    sizes: new Map(entries.flatMap(sizesOf)),
    highestId: entries.flatMap(idsOf).reduce((highest, id) => Math.max(highest, id), 0),
    entries: entries.at(-1)?.n ?? 0
  }
}

/** Numbers of the entries that do not hold. Taking back may be taken back itself: the later one decides. */
function undoneOf(entries: readonly Entry[]): ReadonlySet<number> {
  const undone = new Set<number>()
  for (const entry of entries.toReversed())
    if (entry.kind === 'undo' && !undone.has(entry.n)) undone.add(entry.entry)
  return undone
}

/** Changes are done again in the order in which they were made, and only where they fit: nothing else came since. */
function takenBackOf(entries: readonly Entry[], undone: ReadonlySet<number>): LogState['takenBack'] {
  const byNumber = new Map(entries.map((entry) => [entry.n, entry]))
  for (const entry of entries.toReversed()) {
    if (undone.has(entry.n)) continue
    const change = entry.kind === 'undo' ? byNumber.get(entry.entry) : undefined
    if (!change) return null
    // an entry that did something again
    if (change.kind === 'undo') continue
    return { by: entry.n, change }
  }
  return null
}

/** A removal whose copy was emptied stays, and with it all that was done before it. */
function lastOf(effective: readonly Entry[]): Entry | null {
  const emptied = new Set(effective.flatMap((entry) => (entry.kind === 'empty' ? entry.files : [])))
  const last = effective.findLast((entry) => !isGiven(entry) && entry.kind !== 'empty')
  return !last || (last.kind === 'remove' && emptied.has(last.file)) ? null : last
}

/** The built-in sample was there from the beginning: taking it back would leave nothing to take back. */
function isGiven(entry: Entry): boolean {
  return entry.kind === 'add' && entry.n === 1 && entry.sources.some(({ sample }) => sample)
}

/** Files of one entry as they were chosen: their numbers say so. */
function inOrder(entry: Extract<Entry, { kind: 'add' }>): LogState['files'] {
  const files: LogState['files'][number][] = [
    ...entry.sources.map((source) => ({ kind: 'source' as const, source, overrides: {} })),
    ...entry.problems.map((problem) => ({ kind: 'problem' as const, problem }))
  ]
  return files.sort((a, b) => Number(idOf(a).slice(1)) - Number(idOf(b).slice(1)))
}

export const idOf = (file: LogState['files'][number]): string =>
  file.kind === 'source' ? file.source.id : file.problem.id

function namesOf(entry: Entry): [string, string][] {
  if (entry.kind !== 'add') return []
  return [...entry.sources, ...entry.problems].map(({ id, name }) => [id, name])
}

function sizesOf(entry: Entry): [string, number][] {
  return entry.kind === 'add' ? entry.sources.map(({ id, size }) => [id, size]) : []
}

function idsOf(entry: Entry): number[] {
  if (entry.kind !== 'add') return []
  return [...entry.sources, ...entry.problems].map(({ id }) => Number(id.slice(1)))
}

/** Of sources and effective choices: the same fingerprint is the same set, however it came about. */
export function fingerprintOf(state: LogState): string {
  const ids = state.files.flatMap((file) => (file.kind === 'source' ? [file.source.id] : []))
  const sources = state.files.flatMap((file) =>
    file.kind === 'source'
      ? [[file.source.name, file.source.sha256, file.source.sample ?? false, sorted(file.overrides)]]
      : []
  )
  const edits = [...state.edits].flatMap(([key, edit]) => {
    const [file, sheet, row] = JSON.parse(key) as [string, string | null, number]
    return ids.includes(file) ? [[ids.indexOf(file), sheet, row, sorted(edit)]] : []
  })
  // what belongs to files that are gone means nothing; a set without repairs is what it always was
  const repairs = state.repairs.flatMap(({ repair, rows }) => {
    const own = rows.filter(({ file }) => ids.includes(file))
    return own.length === 0
      ? []
      : [[repair, own.map(({ file, ...rest }) => [ids.indexOf(file), sorted(rest)])]]
  })
  const order = (value: unknown): string => JSON.stringify(value)
  const all = {
    version: 1,
    sources,
    normalisations: state.normalisations,
    edits: edits.map(order).sort(),
    ...(repairs.length > 0 && { repairs })
  }
  return createHash('sha256').update(JSON.stringify(all)).digest('hex')
}

/** Without what nobody said. */
const said = <T extends object>(given: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never

/** With keys in one order, however they were written. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inside]) => inside !== undefined)
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inside]) => [key, sorted(inside)])
}
