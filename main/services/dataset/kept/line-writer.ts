// Lines appended to a new file in large pieces. On the disk when close() is done.
import { open, type FileHandle } from 'node:fs/promises'

/** characters that are gathered before they are written */
const piece = 1 << 20

export class LineWriter {
  #waiting: string[] = []
  #size = 0

  private constructor(private readonly handle: FileHandle) {}

  /** What stands there is written over. */
  static async open(file: string): Promise<LineWriter> {
    return new LineWriter(await open(file, 'w'))
  }

  add(line: string): void {
    this.#waiting.push(line)
    this.#size += line.length
  }

  /** Writes what waits, where it is enough to be worth it. */
  async flush(enough = piece): Promise<void> {
    if (this.#size < enough || this.#size === 0) return
    const text = this.#waiting.join('')
    this.#waiting = []
    this.#size = 0
    await this.handle.writeFile(text)
  }

  /** Nothing of what was written stays. */
  async clear(): Promise<void> {
    this.#waiting = []
    this.#size = 0
    await this.handle.truncate(0)
  }

  async close(): Promise<void> {
    try {
      await this.flush(1)
      await this.handle.sync()
    } finally {
      await this.handle.close()
    }
  }
}
