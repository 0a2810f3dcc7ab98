// New versions of this Neiro: looked for, fetched and installed by the user's word alone, each step by its own. What is not
// signed by the makers is not even shown; nothing is installed while anything is being done.
import { NeiroError, type NeiroErrorData } from '../../contract/errors'
import type { NewVersion, UpdateState, UpdateView } from '../../contract/window/updates'
import { isSignedBy, type Manifest } from './manifest'
import type { UpdateOrigin } from './origin'

/** What an installed program can do (main/shell/installed-updater.ts). All throw what the system or the network says. */
export interface Updater {
  /** null: none is newer */
  look(address: string): Promise<Manifest | null>
  /** What was found last; checked against its sha512. */
  fetch(onBytes: (done: number) => void, signal: AbortSignal): Promise<void>
  /** What was fetched; ends this program and starts the new one. False: it did not begin. */
  install(): boolean
}

export interface UpdatesOptions {
  /** absent: not an installed program */
  readonly updater?: Updater | undefined
  readonly origin: () => Promise<UpdateOrigin>
  /** something is trained, written, fetched or read */
  readonly busy: () => Promise<boolean>
  readonly onChange: (view: UpdateView) => void
}

export class Updates {
  #state: UpdateState = 'idle'
  #found: NewVersion | null = null
  #done = 0
  #failure: NeiroErrorData | null = null
  #stop: AbortController | null = null
  #origin: UpdateOrigin = { closed: 'not-installed' }

  constructor(private readonly options: UpdatesOptions) {}

  async view(): Promise<UpdateView> {
    try {
      await this.#from()
    } catch (error) {
      return { ...this.#view, closed: 'forbidden', failure: NeiroError.of(error).toData() }
    }
    return this.#view
  }

  /** Asks the address; what comes of it is in the view. */
  async look(): Promise<UpdateView> {
    const { updater } = this.options
    if (!updater || !['idle', 'current', 'found'].includes(this.#state)) return this.view()
    const before = this.#state
    this.#become('looking')
    try {
      const from = await this.#from()
      if (from.closed !== null) return this.#become('idle')
      const manifest = await updater.look(from.address).catch((error: unknown) => {
        throw asTold(error, 'UPDATE_UNREACHABLE', { address: from.address })
      })
      if (manifest && !isSignedBy(manifest, from.key))
        throw new NeiroError('UPDATE_UNSIGNED', { address: from.address })
      this.#found = manifest && newVersion(manifest)
      return this.#become(manifest ? 'found' : 'current')
    } catch (error) {
      return this.#become(before === 'found' ? 'found' : 'idle', error)
    }
  }

  /** Begins; the view tells how far it is. */
  async fetch(): Promise<UpdateView> {
    const { updater } = this.options
    if (!updater || this.#state !== 'found') return this.view()
    const stop = new AbortController()
    this.#stop = stop
    this.#done = 0
    const onBytes = (done: number): void => {
      this.#done = done
      this.#tell()
    }
    const begun = this.#become('fetching')
    void updater.fetch(onBytes, stop.signal).then(
      () => this.#become(stop.signal.aborted ? 'found' : 'ready'),
      (error: unknown) =>
        this.#become('found', stop.signal.aborted ? null : asTold(error, 'UPDATE_BROKEN', {}))
    )
    return begun
  }

  async cancel(): Promise<UpdateView> {
    this.#stop?.abort()
    return this.view()
  }

  /** Throws UPDATE_WHILE_BUSY. */
  async install(): Promise<UpdateView> {
    const { updater, busy } = this.options
    if (!updater || this.#state !== 'ready') return this.view()
    if (await busy()) throw new NeiroError('UPDATE_WHILE_BUSY')
    const view = this.#become('installing')
    try {
      if (updater.install()) return view
      throw new NeiroError('UPDATE_NOT_INSTALLED', { reason: '' })
    } catch (error) {
      return this.#become('ready', asTold(error, 'UPDATE_NOT_INSTALLED', {}))
    }
  }

  get #view(): UpdateView {
    const { closed } = this.#origin
    const address = this.#origin.closed === null ? this.#origin.address : ''
    return {
      ...{ closed, address, state: this.#state, found: this.#found },
      ...{ done: this.#done, failure: this.#failure }
    }
  }

  /** The office may say something else meanwhile. */
  async #from(): Promise<UpdateOrigin> {
    if (this.options.updater) this.#origin = await this.options.origin()
    return this.#origin
  }

  #become(state: UpdateState, failure: unknown = null): UpdateView {
    this.#state = state
    this.#failure = failure === null ? null : NeiroError.of(failure).toData()
    return this.#tell()
  }

  #tell(): UpdateView {
    this.options.onChange(this.#view)
    return this.#view
  }
}

function newVersion({ version, files, releaseNotes }: Manifest): NewVersion {
  const [first] = Array.isArray(files) ? (files as readonly Record<string, unknown>[]) : []
  return {
    version: String(version),
    bytes: typeof first?.['size'] === 'number' ? first['size'] : 0,
    notes: typeof releaseNotes === 'string' ? releaseNotes : ''
  }
}

/** A sentence of ours stays; of all else, the first line is the reason. */
function asTold(error: unknown, code: string, details: Readonly<Record<string, string>>): NeiroError {
  if (error instanceof NeiroError) return error
  const text = error instanceof Error ? error.message : String(error)
  return new NeiroError(code, { ...details, reason: text.split('\n')[0]?.slice(0, 200) ?? '' })
}
