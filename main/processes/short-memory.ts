// Where the system has too little memory (a container, a small machine) it kills a process to go on. A process of ours
// that may be lost offers itself, so that the one who can say what happened stays; and whoever lost it can tell that this
// was the reason. Linux; elsewhere nothing is known, and nothing is done.
import { readFileSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'

/** This process is to be killed before others of this user. */
export function goFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '600')
  } catch {
    // no such thing here
  }
}

/** How often the system has killed a process for want of memory since it started; 0 where it does not say. */
export function memoryKills(): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** MB that the processes of this program may have together: the machine's, or what its container leaves it. */
export function allowedMemory(): number {
  // 0 or more than there is where nothing is said
  const said = process.constrainedMemory()
  return Math.floor(Math.min(said > 0 ? said : Infinity, totalmem()) / 2 ** 20)
}
