// The process that speaks with the hub, as the rest of the app asks it. It is started when something is to be looked up or
// fetched, and let go when nothing is: an app that fetches nothing has no line to anywhere.
import { NeiroError } from '../contract/errors'
import { forkProgram, type ChildProgram, type StartProgram } from '../processes/child-program'
import type { FetchTelling, Found, HubPort, Reaching } from '../services/models/hub/hub-port'
import type { FromFetcher, ToFetcher } from './protocol'

export interface FetcherOptions {
  readonly program: string
  readonly start?: StartProgram | undefined
  readonly onLog?: (line: string) => void
}

interface Job {
  heard(message: FromFetcher): void
  lost(): void
}

const idleMs = 10_000

export class Fetcher implements HubPort {
  #child: ChildProgram | null = null
  #jobs = new Map<number, Job>()
  #next = 1
  #idle: NodeJS.Timeout | null = null

  constructor(private readonly options: FetcherOptions) {}

  look(reaching: Reaching, model: string, branch: string, file: string | null): Promise<Found> {
    return this.#ask<Found>(
      (id) => ({ kind: 'look', id, reaching, model, branch, file }),
      (message, done) => message.kind === 'found' && done(message.found)
    )
  }

  fetch(
    reaching: Reaching,
    store: string,
    found: Found,
    telling: FetchTelling,
    signal: AbortSignal
  ): Promise<string> {
    return this.#ask<string>(
      (id) => ({ kind: 'fetch', id, reaching, store, found }),
      (message, done) => {
        if (message.kind === 'bytes') telling.bytes(message.done, message.total)
        if (message.kind === 'waiting') telling.waiting(message.wait)
        if (message.kind === 'checking') telling.checking()
        if (message.kind === 'done') done(message.folder)
      },
      signal
    )
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** What is being fetched is counted on the disk first. */
  close(): void {
    if (this.#idle) clearTimeout(this.#idle)
    const child = this.#child
    this.#child = null
    if (child?.connected) child.disconnect()
  }

  #ask<T>(
    message: (id: number) => ToFetcher,
    heard: (message: FromFetcher, done: (value: T) => void) => unknown,
    signal?: AbortSignal
  ): Promise<T> {
    const id = this.#next++
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => this.#send({ kind: 'stop', id })
      const end = (settle: () => void): void => {
        this.#jobs.delete(id)
        signal?.removeEventListener('abort', stop)
        settle()
        this.#rest()
      }
      this.#jobs.set(id, {
        heard: (said) => {
          if (said.kind === 'failed') end(() => reject(NeiroError.fromData(said.error)))
          else if (said.kind === 'stopped') end(() => reject(new NeiroError('CANCELLED')))
          else heard(said, (value) => end(() => resolve(value)))
        },
        lost: () => end(() => reject(new NeiroError('FETCHER_LOST')))
      })
      signal?.addEventListener('abort', stop)
      this.#send(message(id))
      if (signal?.aborted) stop()
    })
  }

  #send(message: ToFetcher): void {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
    this.#child ??= this.#start()
    this.#child.hold?.(true)
    this.#child.send(message, () => undefined)
  }

  #start(): ChildProgram {
    const { program, start = forkProgram, onLog } = this.options
    const child = start({ program, name: 'Neiro hub' })
    const lost = (): void => {
      if (this.#child === child) this.#child = null
      for (const job of [...this.#jobs.values()]) job.lost()
    }
    child.on('message', (message) => {
      const said = message as FromFetcher
      this.#jobs.get(said.id)?.heard(said)
    })
    child.on('error', lost)
    child.on('exit', lost)
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => onLog?.(data.toString().trimEnd()))
    return child
  }

  #rest(): void {
    if (this.#jobs.size > 0 || !this.#child) return
    this.#child.hold?.(false)
    this.#idle = setTimeout(() => this.close(), idleMs)
    this.#idle.unref()
  }
}
