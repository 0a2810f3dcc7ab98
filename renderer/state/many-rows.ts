// Many rows of the open project changed in one step.
import type { RowsAmong, RowsChange } from '../../main/contract/window/data'
import { call } from '../api.svelte'
import type { SelectedRows } from '../lib/selected-rows'
import { dataRoom, type Outcome } from './data.svelte'

export function changeRows(
  among: RowsAmong,
  { all, indices }: SelectedRows,
  change: RowsChange
): Promise<Outcome> {
  const which = all ? { except: indices } : { indices }
  return dataRoom.by((project) => call('data.changeRows', { project, ...among, ...which, change }))
}
