// How long processes were at work, the ones that end meanwhile too: what a busy machine does not change as it changes the clock.
// Linux alone; elsewhere it is nothing.
import { readFileSync } from 'node:fs'

/** of Linux, in a second */
const ticks = 100

export class ProcessorTimes {
  readonly #seen = new Map<number, { first: number; last: number }>()

  /** From now on. */
  begin(): void {
    for (const one of this.#seen.values()) one.first = one.last
  }

  /** What these have worked so far; asked often, so that little is missed of one that ends. */
  look(pids: readonly number[]): void {
    for (const pid of pids) {
      const last = secondsOf(pid)
      if (last === null) continue
      const known = this.#seen.get(pid)
      if (known) known.last = last
      else this.#seen.set(pid, { first: 0, last })
    }
  }

  /** Seconds of all of them together. */
  get all(): number {
    return [...this.#seen.values()].reduce((sum, { first, last }) => sum + last - first, 0)
  }
}

function secondsOf(pid: number): number | null {
  try {
    // behind the name, which may hold anything: state, parent ..., the 12th and 13th are user and system
    const fields = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticks
  } catch {
    return null
  }
}
