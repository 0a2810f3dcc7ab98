// Whether a process is there still. A number says that some process has it, not which: numbers are given again, and Linux gives
// them to threads too. Where the system tells when a process started, number and start together say which one it is.
import { readFileSync } from 'node:fs'

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to somebody else
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** In clock ticks since boot; null where the system does not tell. Field 22 of /proc/PID/stat; the name in field 2 may hold
 *  spaces and brackets, so count from the last one. */
export function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return null
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // a zombie has ended; only its parent has not looked yet
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null)
  } catch {
    return null
  }
}
