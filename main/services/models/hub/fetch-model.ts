// A model's files from the hub into the store: several ranges at once, tried again with patience, each file checked before
// it lies in its place. Whatever ends it, what was fetched is kept and gone on with.
import { mkdir, stat, statfs } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { NeiroError } from '../../../contract/errors'
import { asFileError } from '../../../files/file-errors'
import { PartFile, doneOf, hashOf } from '../../../files/part-file'
import { blobPlace, linkSnapshot, modelFolder } from './cache-layout'
import { fetchExtent, type Wanted } from './fetch-file'
import type { HubClient } from './hub-client'
import type { HubFile, HubListing } from './listing'
import { Passing } from './trouble'

export interface Pace {
  /** ranges that are fetched at once */
  readonly connections: number
  /** of one range, bytes */
  readonly rangeBytes: number
  /** what a first failure waits for, milliseconds; each next one twice as long */
  readonly firstWaitMs: number
  readonly longestWaitMs: number
  /** failures in a row, with not one byte between them, after which it is told */
  readonly patience: number
}

export const usualPace: Pace = {
  connections: 4,
  rangeBytes: 16 * 1024 * 1024,
  firstWaitMs: 1000,
  longestWaitMs: 60_000,
  patience: 8
}

export interface FetchTold {
  bytes(done: number, total: number): void
  /** it waits so long because of this; null: it goes on */
  waiting(wait: { readonly error: NeiroError; readonly ms: number } | null): void
  checking(): void
}

/** What stays free for everything else, bytes. */
const spare = 500e6
/** contents that were not what was announced, of one file */
const mostWrong = 3

/** Answers the snapshot's folder. Throws a NeiroError that says why it stopped, or the signal's reason. */
export async function fetchModel(
  hub: HubClient,
  store: string,
  listing: HubListing,
  files: readonly HubFile[],
  told: FetchTold,
  signal: AbortSignal,
  pace: Pace = usualPace
): Promise<string> {
  return new Fetching(hub, store, listing, files, told, signal, pace).run()
}

class Fetching {
  /** bytes of files that lie in their place */
  #finished = 0
  readonly #total: number
  #failures = 0
  /** nobody asks before this moment */
  #quietUntil = 0
  /** the first of the workers that fails for good ends the others, with its reason */
  readonly #ended = new AbortController()

  constructor(
    private readonly hub: HubClient,
    private readonly store: string,
    private readonly listing: HubListing,
    private readonly files: readonly HubFile[],
    private readonly told: FetchTold,
    private readonly signal: AbortSignal,
    private readonly pace: Pace
  ) {
    this.#total = files.reduce((sum, { size }) => sum + size, 0)
  }

  async run(): Promise<string> {
    const { store, listing, files } = this
    await mkdir(modelFolder(store, listing.model), { recursive: true }).catch((error: unknown) => {
      throw asFileError(error, store)
    })
    const missing = await this.#missing()
    await this.#checkSpace(missing)
    this.told.bytes(this.#finished, this.#total)
    for (const file of missing) {
      await this.#fetch(file)
      this.#finished += file.size
      this.told.bytes(this.#finished, this.#total)
    }
    return linkSnapshot(store, listing, files)
  }

  /** Not there, or there and not what it should be. A large one that lies in its place was checked when it came. */
  async #missing(): Promise<readonly HubFile[]> {
    const missing: HubFile[] = []
    for (const file of this.files) {
      const place = this.#place(file)
      const there = await stat(place).catch(() => null)
      const sound =
        there?.isFile() === true &&
        there.size === file.size &&
        (file.hash === 'sha256' || (await hashOf(place, file, this.signal)) === file.oid)
      if (sound) this.#finished += file.size
      else missing.push(file)
    }
    return missing
  }

  async #checkSpace(missing: readonly HubFile[]): Promise<void> {
    let needed = 0
    for (const file of missing) needed += file.size - (await doneOf(this.#place(file), file))
    const disk = await statfs(this.store).catch(() => null)
    const free = disk ? disk.bavail * disk.bsize : Infinity
    if (needed === 0 || needed + spare <= free) return
    throw new NeiroError('FETCH_NO_SPACE', {
      size: gigabytes(needed + spare),
      free: gigabytes(free),
      place: this.store
    })
  }

  async #fetch(file: HubFile): Promise<void> {
    for (let wrong = 0; wrong < mostWrong; wrong++) {
      const part = await PartFile.open(this.#place(file), file)
      let finished = false
      try {
        await this.#fill({ file, part, mark: null, noRanges: false })
        this.told.checking()
        finished = await part.finish(this.signal)
      } finally {
        if (!finished) await part.close()
      }
      if (finished) return
      this.told.bytes(this.#finished, this.#total)
    }
    throw new NeiroError('FETCH_WRONG_BYTES', { file: file.path, host: this.hub.host })
  }

  async #fill(wanted: Wanted): Promise<void> {
    const { connections, rangeBytes } = this.pace
    const many = Math.max(1, Math.min(connections, Math.ceil(wanted.file.size / rangeBytes)))
    const workers = Array.from({ length: many }, (_, index) => this.#work(wanted, index === 0))
    const failures = (await Promise.allSettled(workers)).flatMap((ended) =>
      ended.status === 'rejected' ? [ended.reason as unknown] : []
    )
    if (this.signal.aborted) throw this.signal.reason
    if (this.#ended.signal.aborted) throw this.#ended.signal.reason
    if (failures.length > 0) throw failures[0]
  }

  /** Range after range until nothing is left; the first worker alone where there are no ranges. */
  async #work(wanted: Wanted, first: boolean): Promise<void> {
    const signal = AbortSignal.any([this.signal, this.#ended.signal])
    const { part } = wanted
    while (!part.complete && (first || !wanted.noRanges)) {
      if (this.#ended.signal.aborted) return
      const claim = part.claim(this.pace.rangeBytes)
      if (!claim) {
        // the rest is in the hands of others; the first stays, for what they may drop
        if (!first) return
        await sleep(10, undefined, { signal })
        continue
      }
      try {
        await this.#quiet(signal)
        await fetchExtent(this.hub, this.listing, wanted, claim, signal, () => this.#came(wanted))
      } catch (error) {
        if (this.signal.aborted) throw this.signal.reason
        if (this.#ended.signal.aborted) return
        try {
          this.#failed(error)
        } catch (ending) {
          this.#ended.abort(ending)
          throw ending
        }
      } finally {
        part.release(claim)
      }
    }
  }

  #came({ part }: Wanted): void {
    if (this.#failures > 0) this.told.waiting(null)
    this.#failures = 0
    this.told.bytes(this.#finished + part.done, this.#total)
  }

  /** What may pass is waited for, longer each time; the rest is thrown. */
  #failed(error: unknown): void {
    if (!(error instanceof Passing)) throw error
    this.#failures++
    // a hub that says how long is believed; one that never lets anything through is told after all
    if (this.#failures > this.pace.patience) throw error.error
    const { firstWaitMs, longestWaitMs } = this.pace
    const grown = Math.min(longestWaitMs, firstWaitMs * 2 ** (this.#failures - 1))
    // not all at the same moment
    const ms = Math.round(
      error.waitMs === null ? grown * (0.75 + Math.random() / 2) : Math.max(error.waitMs, firstWaitMs / 2)
    )
    this.#quietUntil = Math.max(this.#quietUntil, Date.now() + ms)
    this.told.waiting({ error: error.error, ms })
  }

  async #quiet(signal: AbortSignal): Promise<void> {
    // another worker may have been told to wait meanwhile
    for (let left = this.#left(); left > 0; left = this.#left()) await sleep(left, undefined, { signal })
  }

  #left(): number {
    return this.#quietUntil - Date.now()
  }

  #place(file: HubFile): string {
    return blobPlace(this.store, this.listing.model, file)
  }
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)
