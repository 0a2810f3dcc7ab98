// A file that is being fetched: what is there of it, beside the place where it will lie. Bytes are on the disk before they
// are counted, so that whatever ends the process, nothing that was counted is fetched again, and nothing false is kept.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { covered, gaps, readExtents, withExtent, type Extent } from './extents'
import { asFileError } from './file-errors'
import { remove, renameInto } from './moving'
import { writeFileWhole } from './whole-file'

/** What was said of a file before it came. */
export interface Announced {
  /** bytes */
  readonly size: number
  /** sha256 of its bytes, or git's sha1 of them as a blob */
  readonly oid: string
  readonly hash: 'sha256' | 'git-sha1'
}

/** counted on the disk after so many bytes, or so long */
const saveBytes = 32 * 1024 * 1024
const saveMs = 2000

export class PartFile {
  #extents: readonly Extent[]
  #claimed: readonly Extent[] = []
  #unsaved = 0
  #savedAt = Date.now()
  #saving: Promise<void> = Promise.resolve()

  private constructor(
    private readonly handle: FileHandle,
    /** where it will lie */
    readonly place: string,
    readonly file: Announced,
    extents: readonly Extent[]
  ) {
    this.#extents = extents
  }

  /** Goes on where it was left. */
  static async open(place: string, file: Announced): Promise<PartFile> {
    const part = partOf(place)
    try {
      await mkdir(dirname(place), { recursive: true })
      const there = (await stat(part).catch(() => null))?.size ?? -1
      const extents =
        there < 0 ? [] : readState(await readFile(stateOf(place), 'utf8').catch(() => ''), file, there)
      return new PartFile(await open(part, there < 0 ? 'w+' : 'r+'), place, file, extents)
    } catch (error) {
      throw asFileError(error, dirname(place))
    }
  }

  get done(): number {
    return covered(this.#extents)
  }
  get complete(): boolean {
    return gaps(this.#extents, this.file.size).length === 0
  }
  get left(): readonly Extent[] {
    return gaps(this.#extents, this.file.size)
  }

  /** The next bytes that nobody is fetching, at most so many; null: none. */
  claim(most: number): Extent | null {
    const taken = this.#claimed.reduce(withExtent, this.#extents)
    const [gap] = gaps(taken, this.file.size)
    if (!gap) return null
    const claim: Extent = [gap[0], Math.min(gap[1], gap[0] + most)]
    this.#claimed = [...this.#claimed, claim]
    return claim
  }

  release(claim: Extent): void {
    this.#claimed = this.#claimed.filter((other) => other !== claim)
  }

  /** Bytes at their place. */
  async write(at: number, bytes: Uint8Array): Promise<void> {
    try {
      for (let from = 0; from < bytes.length;) {
        const { bytesWritten } = await this.handle.write(bytes, from, bytes.length - from, at + from)
        from += bytesWritten
      }
    } catch (error) {
      throw asFileError(error, dirname(this.place))
    }
    this.#extents = withExtent(this.#extents, [at, at + bytes.length])
    this.#unsaved += bytes.length
    if (this.#unsaved >= saveBytes || Date.now() - this.#savedAt > saveMs) await this.save()
  }

  /** The disk has them, then the count does. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      if (this.#unsaved === 0) return
      const extents = this.#extents
      this.#unsaved = 0
      this.#savedAt = Date.now()
      await this.handle.datasync()
      const { size, oid } = this.file
      await writeFileWhole(stateOf(this.place), JSON.stringify({ size, oid, extents }))
    })
    return this.#saving
  }

  /** What came is not what was announced: nothing of it is kept. */
  async discard(): Promise<void> {
    await this.#saving.catch(() => undefined)
    this.#extents = []
    this.#unsaved = 0
    await this.handle.truncate(0)
    await remove(stateOf(this.place))
  }

  /** Whether the whole file is what the hub has announced; then it lies in its place. */
  async finish(signal: AbortSignal): Promise<boolean> {
    await this.#saving
    if ((await this.handle.stat()).size !== this.file.size) await this.handle.truncate(this.file.size)
    if ((await hashOf(partOf(this.place), this.file, signal)) !== this.file.oid) {
      await this.discard()
      return false
    }
    await this.handle.sync()
    await this.handle.close()
    await renameInto(partOf(this.place), this.place)
    await remove(stateOf(this.place))
    return true
  }

  /** Left as it is, to go on later. */
  async close(): Promise<void> {
    await this.save().catch(() => undefined)
    await this.handle.close().catch(() => undefined)
  }
}

export const partOf = (place: string): string => `${place}.neiro-part`
export const stateOf = (place: string): string => `${place}.neiro-part.json`

/** How much of it is there already, without opening it. */
export async function doneOf(place: string, file: Announced): Promise<number> {
  const there = await stat(partOf(place)).catch(() => null)
  if (!there) return 0
  return covered(readState(await readFile(stateOf(place), 'utf8').catch(() => ''), file, there.size))
}

function readState(text: string, file: Announced, there: number): readonly Extent[] {
  try {
    const state = JSON.parse(text) as { size?: unknown; oid?: unknown; extents?: unknown }
    if (state.size !== file.size || state.oid !== file.oid) return []
    // bytes beyond the end of what lies there were never written
    return readExtents(state.extents, Math.min(file.size, there))
  } catch {
    return []
  }
}

/** sha256 of its bytes, or git's sha1 of a blob. */
export async function hashOf(path: string, { hash, size }: Announced, signal: AbortSignal): Promise<string> {
  const sum = createHash(hash === 'sha256' ? 'sha256' : 'sha1')
  if (hash === 'git-sha1') sum.update(`blob ${size}\0`)
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024, signal }))
    sum.update(piece as Buffer)
  return sum.digest('hex')
}
