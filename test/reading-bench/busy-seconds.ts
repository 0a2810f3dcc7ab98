// How long the processor has worked for a process, as the system counts it (Linux): what a busy machine leaves untouched.
import { readFileSync } from 'node:fs'

/** ticks a second, of all systems that Node runs on */
const ticks = 100

/** Seconds since it began; 0 where it is gone. */
export function busySeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // its name, in brackets, may hold spaces
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticks
  } catch {
    return 0
  }
}
