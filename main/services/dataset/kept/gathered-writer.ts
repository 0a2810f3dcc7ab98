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
  /** where what waits will stand */
  #end = 0
  #writing: Promise<void> | null = null

  private constructor(private readonly handle: FileHandle) {}

  /** What stands there is written over. */
  static async open(file: string): Promise<GatheredWriter> {
    return new GatheredWriter(await open(file, 'w'))
  }

  /** Where the next byte goes, in bytes of the file. */
  get end(): number {
    return this.#end + this.#length
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

  /** Lets what waits be written, where it is enough to be worth it. It goes on meanwhile, until more is to be written: throws
   *  what went wrong with what was written before. */
  async flush(enough = pieceSize): Promise<void> {
    if (this.#length < enough) return
    await this.#done()
    if (this.#length === 0) return
    const full = this.#bytes
    const waiting = full.subarray(0, this.#length)
    const at = this.#end
    this.#bytes = this.#other
    this.#other = none
    this.#end += this.#length
    this.#length = 0
    this.#writing = this.#write(waiting, at).then(() => {
      this.#other = full
      this.#writing = null
    })
    // whoever asks next is told
    this.#writing.catch(() => undefined)
  }

  /** Everything that was added stands in the file. */
  async written(): Promise<void> {
    await this.flush(1)
    await this.#done()
  }

  /** Nothing of what was written stays. */
  async clear(): Promise<void> {
    await this.#done()
    this.#length = this.#end = 0
    await this.handle.truncate(0)
  }

  async close(): Promise<void> {
    try {
      await this.written()
      await this.handle.sync()
    } finally {
      await this.#writing?.catch(() => undefined)
      await this.handle.close()
    }
  }

  /** Somebody else may let more be written meanwhile. */
  async #done(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  async #write(bytes: Buffer, at: number): Promise<void> {
    for (let done = 0; done < bytes.length;)
      done += (await this.handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
  }

  #room(needed: number): void {
    if (this.#bytes.length - this.#length >= needed) return
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#length + needed, firstSize))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
