// A set of examples as the rest of the app asks it: counts at once, everything else by the page. Who answers is a process
// that holds the examples (main/keeper), or whoever is asked in its place (keeping-here.ts).
import type { NumberedLabels } from '../../tokens/labels/scheme'
import type { NeiroErrorData } from '../../../contract/errors'
import type { Example, KindCounts, RefusedRow } from '../../../contract/records'
import type { ExampleRow, Normalisation, RowOrder } from '../../../contract/window/data'
import type { RowEdit } from '../log/log-state'
import type { RepairedRows, RowsRepair } from '../../doctor/repairs'
import type { Checked, CheckOptions } from '../../doctor/check-up'
import type { AllPlaces } from './normalise'
import type { Mended, TableShapes } from './put-right'

/** What a set is made of. The same id is the same set. */
export interface SetSource {
  readonly id: string
  /** in their order */
  readonly files: readonly SetFile[]
  /** by editKey */
  readonly edits: readonly (readonly [string, RowEdit])[]
  readonly normalisations: readonly Normalisation[]
  /** in the order in which they were made; absent: none */
  readonly repairs?: readonly RowsRepair[]
}

export interface SetFile {
  readonly id: string
  /** as the user knows it */
  readonly name: string
  /** the folder into which it was read */
  readonly kept: string
  /** rows that its own author held out; null where nobody did */
  readonly heldOutRows: readonly number[] | null
  readonly tables: TableShapes
}

export interface SetExample {
  /** place among all rows that were read, left-out ones included: an edit does not move the others */
  readonly index: number
  readonly file: string
  readonly example: Example
  readonly edited: boolean
  readonly heldOut: boolean
}

/** A file of a set, as the user knows it, and how many examples of the set are its own. */
export interface FileOfSet {
  readonly name: string
  readonly examples: number
}

export interface SetFacts {
  readonly examples: number
  /** different ones: what is asked again counts once */
  readonly questions: number
  readonly heldOut: number
  readonly heldOutKinds: KindCounts
  /** made from others */
  readonly synthetic: number
  readonly kinds: KindCounts
  /** examples of each file, by its id */
  readonly ofFiles: Readonly<Record<string, number>>
  /** the same by the names of files, in the order of the set */
  readonly files: readonly FileOfSet[]
  /** rows that are still refused, in all and of each file */
  readonly refused: number
  readonly refusedOfFiles: Readonly<Record<string, number>>
  /** where the texts differ in writing, before anything is normalised */
  readonly places: AllPlaces
  /** why nothing could be held out; null where something is, or nothing is there */
  readonly splitProblem: NeiroErrorData | null
}

/** A refused row as it is listed. */
export interface ListedRow {
  readonly file: string
  readonly row: RefusedRow
  /** what it becomes once it is put right; null: it is no row of its own */
  readonly mendable: Mended | null
}

/** A row that was refused when it was read. */
export interface FoundRow extends ListedRow {
  /** it has been put right, or something else of that row is an example */
  readonly isExample: boolean
}

/** Some examples of a set that follow one another. */
export interface SetBlock {
  readonly from: number
  readonly to: number
  /** the same mark is the same examples, word for word */
  readonly mark: string
}

/** In the order of the set. */
export interface SetWeights {
  /** places among kindNumbers */
  readonly kinds: Uint8Array
  /** of how many texts it is; 255: of so many or more */
  readonly texts: Uint8Array
  /** the weights of all units of its texts */
  readonly sums: Uint32Array
}

export interface RowsPage {
  readonly offset: number
  readonly limit: number
  readonly search: string
  /** index of each that may be among them, in order; absent: all may */
  readonly indices?: Uint32Array | undefined
  readonly order?: RowOrder | undefined
}

/** The questions that a set answers. */
export interface SetQuestions {
  /** one page of the rows that hold the words searched for */
  rows: { args: RowsPage; result: { readonly total: number; readonly rows: readonly ExampleRow[] } }
  /** index of each of the rows of all pages, in the order of the set */
  indicesOf: { args: Pick<RowsPage, 'search' | 'indices'>; result: Uint32Array }
  /** null where there is none of that index */
  example: { args: { readonly index: number }; result: SetExample | null }
  /** of one file, or of all: the one at a place, or the last one; null where there is none */
  shown: {
    args: { readonly file: string | null; readonly at: number }
    result: { readonly shown: SetExample; readonly at: number; readonly count: number } | null
  }
  refused: {
    args: { readonly offset: number; readonly limit: number }
    result: { readonly total: number; readonly rows: readonly ListedRow[] }
  }
  /** null where no such row was refused */
  refusedRow: {
    args: { readonly file: string; readonly sheet: string | null; readonly row: number }
    result: FoundRow | null
  }
  /** examples in the order of the set */
  part: { args: { readonly from: number; readonly limit: number }; result: readonly Example[] }
  /** those at these positions in the order of the set, which are in order */
  partsAt: { args: { readonly positions: readonly number[] }; result: readonly Example[] }
  /** how heavy each is by its texts, without a text that leaves the process */
  weights: { args: { readonly ofUnits: Uint16Array }; result: SetWeights }
  /** all of the set, in order, cut where a change anywhere else moves nothing */
  blocks: { args: null; result: readonly SetBlock[] }
  /** the rows of the files that these indices are */
  rowsAt: { args: { readonly indices: Uint32Array }; result: readonly RepairedRows[] }
  /** of each example, the number of the group of equal questions that it belongs to */
  groups: { args: null; result: Uint32Array }
  /** the labels of examples that are sorted; null where none is */
  labels: { args: null; result: NumberedLabels | null }
  /** 1 for each example that is held out, 2 for each synthetic one that is on neither side, in the order of the set. Rejects with TOO_FEW_EXAMPLES. */
  division: { args: { readonly share: number }; result: Uint8Array }
  /** 1 for each synthetic example, in the order of the set; null where none is */
  synthetic: { args: null; result: Uint8Array | null }
  /** a division of all others (1: held out) with the synthetic ones on their side, or on neither (2) */
  sides: { args: { readonly held: Uint8Array }; result: Uint8Array }
}

export type SetQuestion = keyof SetQuestions

export interface KeptSet {
  readonly facts: SetFacts
  ask<Q extends SetQuestion>(question: Q, args: SetQuestions[Q]['args']): Promise<SetQuestions[Q]['result']>
}

export interface Keeper {
  /** Makes the index of a folder while it is being written, or makes it again. */
  index(kept: string, signal?: AbortSignal): Promise<void>
  /** Rejects with KEPT_BROKEN {dir} where a folder is not what its reader left: it is to be made again. So may every
   *  question, where that is found later. */
  open(source: SetSource): Promise<KeptSet>
  /** What is wrong with the examples of a set; reads them all. */
  checkUp(source: SetSource, options: CheckAsked, signal?: AbortSignal): Promise<Checked>
}

/** What goes over the line of it. */
export type CheckAsked = Omit<CheckOptions, 'signal'>

/** A million rows as arguments of one message would be too much: so many at a time. */
export const partSize = 512

/** Every example of a set, or those of one side of a division, in order and in parts. */
export async function* examplesOf(
  set: KeptSet,
  division?: { readonly held: Uint8Array; readonly side: 0 | 1 }
): AsyncGenerator<readonly Example[]> {
  for (let from = 0; from < set.facts.examples; from += partSize) {
    const part = await set.ask('part', { from, limit: partSize })
    yield division ? part.filter((_, i) => division.held[from + i] === division.side) : part
  }
}
