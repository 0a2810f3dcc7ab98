// The memory of a process and of everything below it, together, at its largest (Linux).
import { readFileSync } from 'node:fs'

export class TreeMemory {
  #most = 0
  readonly #timer = setInterval(() => this.#look(), 50)

  constructor(private readonly pid: number) {}

  /** Bytes; begins again. */
  take(): number {
    this.#look()
    const most = this.#most
    this.#most = 0
    return most
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const own = (pid: number): number =>
      resident(pid) + childrenOf(pid).reduce((sum, child) => sum + own(child), 0)
    this.#most = Math.max(this.#most, own(this.pid))
  }
}

const text = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // gone meanwhile
    return ''
  }
}

/** What is its own, without the pages of files that it shares with all others. */
function resident(pid: number): number {
  const kilobytes = /^RssAnon:\s+(\d+) kB/m.exec(text(`/proc/${pid}/status`))?.[1] ?? '0'
  return Number(kilobytes) * 1024
}

const childrenOf = (pid: number): readonly number[] =>
  text(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
