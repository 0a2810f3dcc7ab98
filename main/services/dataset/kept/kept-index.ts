// What is known of each line of a kept folder without reading it: where it is, which row of the file it was, on which side
// of the split it belongs, where its writing differs. About 33 bytes for each example.
import { open } from 'node:fs/promises'
import type { Example } from '../../../contract/records'
import type { Normalisation } from '../../../contract/window/data'
import { normalisations } from '../set/normalise'
import { readColumns } from './column-file'
import { KeptBroken } from './kept-broken'
import { keptPlaces, keptVersion } from './place'

export const kindNumbers = [
  'conversation',
  'text',
  'preference',
  'rated',
  'labelled'
] as const satisfies readonly Example['kind'][]

/** The sheet of every line from here on, until the next; null where its file has none. */
export type SheetRuns = readonly (readonly [from: number, sheet: string | null])[]

export interface KeptIndex {
  /** where each example's line ends, in bytes; the one before it ends where it begins */
  readonly ends: Float64Array
  /** likewise of its texts in the form in which they are searched */
  readonly foldedEnds: Float64Array
  readonly rows: Uint32Array
  /** two halves of the hash of its question */
  readonly keys: Uint32Array
  readonly otherKeys: Uint32Array
  /** examples whose question is told by more than one text of theirs, so that a normalisation may make it another */
  readonly looseKeys: Uint32Array
  /** parts of a document whose next part is the next example */
  readonly goingOn: Uint32Array
  /** places among kindNumbers */
  readonly kinds: Uint8Array
  readonly sheets: SheetRuns
  readonly refusedEnds: Float64Array
  readonly refusedRows: Uint32Array
  readonly refusedSheets: SheetRuns
  /** examples whose writing differs, and in how many places */
  readonly places: Readonly<Record<Normalisation, SparseCounts>>
  readonly synthetic: SyntheticLines
}

/** Examples that were made from others, and two halves of the hash of what each was made from. */
export interface SyntheticLines {
  readonly at: Uint32Array
  readonly keys: Uint32Array
  readonly otherKeys: Uint32Array
}

export interface SparseCounts {
  readonly at: Uint32Array
  readonly counts: Uint32Array
}

/** What its file says besides. */
export interface Facts {
  readonly version: number
  readonly sheets: SheetRuns
  readonly refusedSheets: SheetRuns
}

const numbers = [
  ...(['ends', 'foldedEnds', 'rows', 'keys', 'otherKeys', 'looseKeys', 'goingOn', 'kinds'] as const),
  ...(['refusedEnds', 'refusedRows'] as const)
] as const

/** Throws KeptBroken where it is not there, of another form, or not whole. */
export async function loadIndex(dir: string): Promise<KeptIndex> {
  const { facts, columns } = await readColumns(keptPlaces(dir).index)
  const { version, sheets, refusedSheets } = facts as Facts
  if (version !== keptVersion) throw new KeptBroken('another form')
  const column = <T>(name: string): T => {
    const found = columns.get(name)
    if (!found) throw new KeptBroken(name)
    return found as T
  }
  const index = {
    ...(Object.fromEntries(numbers.map((name) => [name, column(name)])) as unknown as Pick<
      KeptIndex,
      (typeof numbers)[number]
    >),
    sheets,
    refusedSheets,
    places: Object.fromEntries(
      normalisations.map((kind) => [kind, { at: column(`${kind} at`), counts: column(`${kind} counts`) }])
    ) as unknown as KeptIndex['places'],
    synthetic: {
      at: column('synthetic at'),
      keys: column('synthetic keys'),
      otherKeys: column('synthetic otherKeys')
    } as SyntheticLines
  }
  await checkEnds(dir, index)
  return index
}

/** The lines are where the index says. */
async function checkEnds(dir: string, index: KeptIndex): Promise<void> {
  const places = keptPlaces(dir)
  const wanted = [
    [places.examples, index.ends],
    [places.folded, index.foldedEnds],
    [places.refused, index.refusedEnds]
  ] as const
  for (const [file, ends] of wanted) {
    const handle = await open(file).catch(() => {
      throw new KeptBroken(file)
    })
    const { size } = await handle.stat().finally(() => handle.close())
    let last = 0
    for (const end of ends) {
      if (!(end > last)) throw new KeptBroken('ends')
      last = end
    }
    if (last !== size) throw new KeptBroken('length')
  }
  const { rows, keys, otherKeys, kinds, foldedEnds, ends, refusedEnds, refusedRows } = index
  const { at, keys: of, otherKeys: otherOf } = index.synthetic
  const isEven = [rows, keys, otherKeys, kinds, foldedEnds].every(({ length }) => length === ends.length)
  const areWhole = at.length === of.length && at.length === otherOf.length
  if (!isEven || !areWhole || refusedRows.length !== refusedEnds.length) throw new KeptBroken('columns')
}

export function sheetOf(runs: SheetRuns, line: number): string | undefined {
  let sheet: string | null = null
  for (const [from, name] of runs) {
    if (from > line) break
    sheet = name
  }
  return sheet ?? undefined
}
