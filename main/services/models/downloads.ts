// What is being fetched, fetched so far, or waits to be gone on with (fetches.json of the data folder). One entry a model;
// each is pinned to the commit and the files that were found when it was begun.
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { NeiroError, type NeiroErrorData } from '../../contract/errors'
import type { FetchState, FetchView } from '../../contract/window/models'
import { inFolderTurn } from '../../files/folder-turn'
import { remove } from '../../files/moving'
import { writeFileWhole } from '../../files/whole-file'
import { modelFolder } from './hub/cache-layout'
import type { Found, HubPort, Reaching } from './hub/hub-port'
import { Speed } from './hub/speed'

export interface DownloadsOptions {
  /** fetches.json */
  readonly file: string
  readonly hub: HubPort
  readonly reaching: () => Promise<Reaching>
  readonly storeDir: () => Promise<string>
  /** what came is a model of this machine now; answers its id on the shelf */
  readonly arrived: (found: Found, folder: string, from: string) => Promise<string>
  readonly onChange: (view: FetchView) => void
}

interface Download {
  readonly found: Found
  view: FetchView
  stop: AbortController | null
  ended: Promise<void>
}

/** lists that changed on the hub are read anew */
const looksAgain = new Set(['FETCH_CHANGED', 'HUB_GONE', 'FETCH_WRONG_BYTES'])

export class Downloads {
  readonly #all = new Map<string, Download>()
  #read: Promise<void> | null = null
  #written: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: DownloadsOptions) {}

  /** Those of before are at rest: nothing goes on by itself. */
  async list(): Promise<readonly FetchView[]> {
    await this.#known()
    return [...this.#all.values()].map(({ view }) => view)
  }

  get active(): boolean {
    return [...this.#all.values()].some(({ stop }) => stop !== null)
  }

  /** Begins it, or goes on with it. */
  async start(found: Found): Promise<FetchView> {
    await this.#known()
    const id = found.listing.model
    const running = this.#all.get(id)
    if (running?.stop) return running.view
    const totalBytes = found.files.reduce((sum, { size }) => sum + size, 0)
    const { address } = await this.options.reaching()
    const download: Download = {
      found,
      view: { ...atRest(id, found.listing.revision), totalBytes, from: new URL(address).host },
      stop: null,
      ended: Promise.resolve()
    }
    this.#all.set(id, download)
    await this.#write()
    return this.#run(download)
  }

  async resume(id: string): Promise<FetchView> {
    await this.#known()
    const download = this.#all.get(id)
    if (!download) throw new NeiroError('FETCH_UNKNOWN', { model: id })
    if (download.stop) return download.view
    const { model, branch } = download.found.listing
    if (!looksAgain.has(download.view.error?.code ?? '')) return this.#run(download)
    const wanted = download.found.files.find(({ path }) => /\.gguf$/i.test(path))?.path ?? null
    return this.start(await this.options.hub.look(await this.options.reaching(), model, branch, wanted))
  }

  /** What came is kept. */
  async pause(id: string): Promise<void> {
    const download = this.#all.get(id)
    download?.stop?.abort()
    await download?.ended
  }

  /** Off the list; what came of it is deleted. */
  async cancel(id: string): Promise<void> {
    await this.#known()
    await this.pause(id)
    const download = this.#all.get(id)
    if (!download) return
    this.#all.delete(id)
    await this.#write()
    await this.#deletePart(id)
    this.options.onChange({ ...download.view, state: 'done', error: null, retrySeconds: null })
  }

  /** Everything at rest, counted on the disk. */
  async close(): Promise<void> {
    await Promise.all([...this.#all.keys()].map((id) => this.pause(id)))
    await this.#written
    this.options.hub.close()
  }

  #run(download: Download): FetchView {
    const stop = new AbortController()
    download.stop = stop
    const speed = new Speed()
    this.#change(download, { state: 'fetching', error: null, retrySeconds: null })
    download.ended = this.#fetch(download, stop, speed)
      .catch((error: unknown) => {
        // the user's own wish is no trouble
        if (stop.signal.aborted) this.#rest(download, 'paused', null)
        else this.#rest(download, 'failed', NeiroError.of(error).toData())
      })
      .then(() => this.#write())
      .catch(() => undefined)
    return download.view
  }

  async #fetch(download: Download, stop: AbortController, speed: Speed): Promise<void> {
    const { hub, reaching, storeDir, arrived } = this.options
    const folder = await hub.fetch(
      await reaching(),
      await storeDir(),
      download.found,
      {
        bytes: (doneBytes, totalBytes) => {
          const bytesPerSecond = speed.at(doneBytes)
          const left = totalBytes - doneBytes
          this.#change(download, {
            // a wait that bytes ended is over
            state: 'fetching',
            error: null,
            retrySeconds: null,
            doneBytes,
            totalBytes,
            bytesPerSecond,
            secondsLeft: bytesPerSecond !== null && bytesPerSecond > 0 ? left / bytesPerSecond : null
          })
        },
        waiting: (wait) =>
          this.#change(
            download,
            wait
              ? {
                  state: 'waiting',
                  error: wait.error,
                  retrySeconds: Math.ceil(wait.ms / 1000),
                  bytesPerSecond: null
                }
              : { state: 'fetching', error: null, retrySeconds: null }
          ),
        checking: () => this.#change(download, { state: 'checking' })
      },
      stop.signal
    )
    const modelId = await arrived(download.found, folder, download.view.from)
    download.stop = null
    // it is a model like any other now
    this.#all.delete(download.view.id)
    this.#change(download, { state: 'done', modelId, error: null, retrySeconds: null, secondsLeft: 0 })
  }

  #rest(download: Download, state: FetchState, error: NeiroErrorData | null): void {
    download.stop = null
    this.#change(download, { state, error, retrySeconds: null, bytesPerSecond: null, secondsLeft: null })
  }

  #change(download: Download, change: Partial<FetchView>): void {
    download.view = { ...download.view, ...change }
    this.options.onChange(download.view)
  }

  async #deletePart(id: string): Promise<void> {
    await remove(modelFolder(await this.options.storeDir(), id))
  }

  #known(): Promise<void> {
    return (this.#read ??= this.#readFile())
  }

  async #readFile(): Promise<void> {
    for (const { found, view } of await stored(this.options.file))
      this.#all.set(found.listing.model, {
        found,
        // it was broken off with the app
        view:
          view.state === 'failed'
            ? view
            : { ...view, state: 'paused', bytesPerSecond: null, secondsLeft: null, retrySeconds: null },
        stop: null,
        ended: Promise.resolve()
      })
  }

  #write(): Promise<void> {
    const { file } = this.options
    const entries = [...this.#all.values()].map(({ found, view }) => ({ found, view }))
    const written = this.#written.then(() =>
      inFolderTurn(dirname(file), () => writeFileWhole(file, `${JSON.stringify(entries)}\n`))
    )
    this.#written = written.catch(() => undefined)
    return written
  }
}

const atRest = (id: string, revision: string): FetchView => ({
  id,
  revision,
  state: 'looking',
  doneBytes: 0,
  totalBytes: 0,
  bytesPerSecond: null,
  secondsLeft: null,
  from: '',
  error: null,
  retrySeconds: null,
  modelId: null
})

async function stored(file: string): Promise<readonly { readonly found: Found; readonly view: FetchView }[]> {
  try {
    const entries: unknown = JSON.parse(await readFile(file, 'utf8'))
    return (Array.isArray(entries) ? entries : []).filter(
      (entry) =>
        typeof entry?.found?.listing?.model === 'string' &&
        Array.isArray(entry.found.files) &&
        typeof entry.view?.state === 'string'
    )
  } catch {
    return []
  }
}
