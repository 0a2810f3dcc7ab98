// Takes back one change of the data room, from wherever it is offered; when that is not possible any more, it is said.
import { dataRoom, type Undoable } from './data.svelte'
import { troubles } from './troubles.svelte'

export async function takeBack(change: Undoable): Promise<void> {
  const outcome = await dataRoom.undo(change)
  if (!outcome.ok) troubles.tell(outcome.error)
}
