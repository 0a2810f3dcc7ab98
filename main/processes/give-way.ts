// Lets a process that works for long give way to whatever the user does meanwhile: on an idle machine it is as fast as ever, but
// a window that wants to draw comes first. Where the system does not allow it, nothing happens.
import { readdirSync } from 'node:fs'
import { constants, getPriority, setPriority } from 'node:os'

/** nice values: mildly behind, so that a training on a busy machine still goes on; somebody waits for a file that is read, so it
 *  comes before a training. Windows knows only classes. */
const behind = { training: 7, reading: 5 } as const

export function giveWay(pid: number, work: keyof typeof behind): void {
  const wanted = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : behind[work]
  for (const id of threadsOf(pid)) {
    try {
      // somebody who put Neiro further behind meant it
      if (getPriority(id) < wanted) setPriority(id, wanted)
    } catch {
      // gone already, or not allowed
    }
  }
}

/** The same program, behind. */
export function givingWay<T extends { readonly pid: number }>(program: T, work: keyof typeof behind): T {
  giveWay(program.pid, work)
  return program
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
