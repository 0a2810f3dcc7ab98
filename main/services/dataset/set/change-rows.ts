// Many rows changed in one step: those that somebody has ticked, or all that a search and a finding leave. What the log keeps of
// them are the rows of the files, as of a repair.
import { NeiroError } from '../../../contract/errors'
import type { RowsChange } from '../../../contract/window/data'
import type { Change } from '../log/data-log'
import type { KeptSet } from './kept-set'

export interface ChosenRows {
  readonly search: string
  /** of what a finding is about; absent: of all */
  readonly among?: Uint32Array | undefined
  /** of those; absent: all of them */
  readonly ticked?: readonly number[] | undefined
  /** of those, these stay as they are */
  readonly except?: readonly number[] | undefined
}

/** EXAMPLE_GONE where none is left. */
export async function rowsChange(set: KeptSet, chosen: ChosenRows, change: RowsChange): Promise<Change> {
  const { search, among, ticked, except } = chosen
  const wanted = ticked && new Set(ticked)
  const left = new Set(except)
  const all = await set.ask('indicesOf', { search, indices: among })
  const indices = all.filter((index) => (!wanted || wanted.has(index)) && !left.has(index))
  const rows = await set.ask('rowsAt', { indices })
  if (rows.length === 0) throw new NeiroError('EXAMPLE_GONE')
  return { kind: 'rows', repair: change, rows: [...rows] }
}
