// Many rows of the open project changed in one step.
import type { RowsAmong, RowsChange } from '../../main/contract/window/data'
import { call } from '../api.svelte'
import { dataRoom, type Outcome } from './data.svelte'

/** 'all': every row of all pages */
export type SelectedRows = readonly number[] | 'all'

export function changeRows(among: RowsAmong, selected: SelectedRows, change: RowsChange): Promise<Outcome> {
  const indices = selected === 'all' ? {} : { indices: selected }
  return dataRoom.by((project) => call('data.changeRows', { project, ...among, ...indices, change }))
}
