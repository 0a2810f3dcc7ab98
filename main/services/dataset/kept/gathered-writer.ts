// A new file that is written in large pieces: what is to be written is gathered as bytes in memory that is used over and
// over. On the disk when close() is done.
import { open, type FileHandle } from 'node:fs/promises'

/** bytes that are gathered before they are written */
const pieceSize = 1 << 20
const firstSize = 1 << 16
const none = Buffer.alloc(0)

export class GatheredWriter {
  #bytes = Buffer.allocUnsafeSlow(firstSize)
  /** for what comes while the other one is written */
  #other = none
  #length = 0
  #written = 0

  private constructor(private readonly handle: FileHandle) {}

  /** What stands there is written over. */
  static async open(file: string): Promise<GatheredWriter> {
    return new GatheredWriter(await open(file, 'w'))
  }

  /** Where the next byte goes, in bytes of the file. */
  get end(): number {
    return this.#written + this.#length
  }

  add(text: string): void {
    // three bytes at most for each unit of UTF-16
    this.#room(3 * text.length)
    this.#length += this.#bytes.write(text, this.#length)
  }

  addByte(byte: number): void {
    this.#room(1)
    this.#bytes[this.#length++] = byte
  }

  /** Writes what waits, where it is enough to be worth it. */
  async flush(enough = pieceSize): Promise<void> {
    if (this.#length < enough || this.#length === 0) return
    const full = this.#bytes
    const waiting = full.subarray(0, this.#length)
    const at = this.#written
    this.#bytes = this.#other
    this.#other = none
    this.#written += this.#length
    this.#length = 0
    for (let done = 0; done < waiting.length;)
      done += (await this.handle.write(waiting, done, waiting.length - done, at + done)).bytesWritten
    this.#other = full
  }

  /** Nothing of what was written stays. */
  async clear(): Promise<void> {
    this.#length = this.#written = 0
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

  #room(needed: number): void {
    if (this.#bytes.length - this.#length >= needed) return
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#length + needed, firstSize))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
