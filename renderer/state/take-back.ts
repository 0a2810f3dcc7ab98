// Takes back one change of the data room, from wherever it is offered, as long as it is the last one; when that is not
// possible any more, it is said.
import { dataRoom, type Undoable } from './data.svelte'
import { toasts } from './toasts.svelte'
import { troubles } from './troubles.svelte'

export async function takeBack(change: Undoable): Promise<void> {
  const outcome = await dataRoom.undo(change)
  if (!outcome.ok) troubles.tell(outcome.error)
}

export async function doAgain(change: Undoable): Promise<void> {
  const outcome = await dataRoom.undo(change, 'data.redo')
  if (!outcome.ok) troubles.tell(outcome.error)
}

/** Says what was done, with a way back that goes with the next change of the same set. */
export function sayDone(text: string, change: Undoable | null): void {
  if (!change) return toasts.say(text)
  toasts.say(
    text,
    () => void takeBack(change),
    () => dataRoom.isLast(change)
  )
}
