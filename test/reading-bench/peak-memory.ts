// The largest memory that a process had, as the system counted it (Linux).
import { readFileSync } from 'node:fs'

/** Bytes; 0 where the process is gone. */
export function peakMemory(pid: number): number {
  try {
    const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return 0
  }
}

/** Of a process and those that it started: of each the largest that was seen, until stop is called. */
export class PeakMemories {
  readonly #peaks = new Map<number, number>()
  readonly #timer = setInterval(() => this.#look(), 20)

  constructor(private readonly pid: number) {}

  stop(): { readonly own: number; readonly others: number } {
    clearInterval(this.#timer)
    const others = [...this.#peaks].filter(([pid]) => pid !== this.pid).map(([, bytes]) => bytes)
    return { own: this.#peaks.get(this.pid) ?? 0, others: others.reduce((sum, bytes) => sum + bytes, 0) }
  }

  #look(): void {
    for (const pid of [this.pid, ...childrenOf(this.pid)])
      this.#peaks.set(pid, Math.max(this.#peaks.get(pid) ?? 0, peakMemory(pid)))
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
