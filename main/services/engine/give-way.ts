// Lets a training give way to whatever the user does meanwhile: on an idle machine it is as fast as ever, but a
// window that wants to draw comes first. Where the system does not allow it, nothing happens.
import { readdirSync } from 'node:fs'
import { constants, getPriority, setPriority } from 'node:os'

/** a nice value: mildly behind, so that a training on a busy machine still goes on. Windows knows only classes. */
const behind = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 7

export function giveWay(pid: number): void {
  for (const id of threadsOf(pid)) {
    try {
      // somebody who put Neiro further behind meant it
      if (getPriority(id) < behind) setPriority(id, behind)
    } catch {
      // gone already, or not allowed
    }
  }
}

/** On Linux a priority is a thread's own; those that are made later take it from their maker. */
function threadsOf(pid: number): readonly number[] {
  if (process.platform !== 'linux') return [pid]
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number)
  } catch {
    return [pid]
  }
}
