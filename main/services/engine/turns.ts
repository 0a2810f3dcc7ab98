// One process and one open model for everything that is no training: comparing, chatting, exporting. Whoever
// wants an answer waits for a turn of one answer, so that a chat goes on while an evaluation works.
import { NeiroError } from '../../contract/errors'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { TurnWork } from '../../contract/window/results'
import type { TrainerHost } from './trainer-host'
import type { EngineProcess } from './engine-process'
import { openModel, type OpenModelOptions } from '../models/open-model'

export interface Turn {
  /** what it is for: those who wait behind are told */
  readonly work?: TurnWork
  readonly signal?: AbortSignal
  /** who is at work while this one waits; null when its turn has come. Not called where nobody is before it. */
  readonly onWait?: (work: TurnWork | null) => void
}

export class Turns {
  #turn: Promise<unknown> = Promise.resolve()
  /** whoever is at work, then whoever waits */
  readonly #line: Turn[] = []
  #opened: { readonly host: TrainerHost; readonly key: string } | null = null

  constructor(private readonly engine: EngineProcess) {}

  /** Somebody waits behind whoever is at work. */
  get wanted(): boolean {
    return this.#line.length > 1
  }

  /** Works with this model open; null: the work opens models itself. Rejects with CANCELLED at once when the
   *  signal comes before its turn. */
  use<T>(
    target: OpenModelOptions | null,
    work: (host: TrainerCaller) => Promise<T>,
    place: Turn = {}
  ): Promise<T> {
    const { signal } = place
    if (signal?.aborted) return Promise.reject(cancelled())
    const waits = this.#line.length > 0
    this.#line.push(place)
    if (waits) this.#tellWaiting(place)
    let begun = false
    const turn = this.#turn
      .then(() => {
        if (signal?.aborted) throw cancelled()
        begun = true
        if (waits) place.onWait?.(null)
        return this.engine.use(async (host) => {
          await this.#open(host, target)
          return work(host)
        })
      })
      .finally(() => {
        this.#line.shift()
        // the one at the head begins now; the others wait for it
        for (const waiting of this.#line.slice(1)) this.#tellWaiting(waiting)
      })
    this.#turn = turn.catch(() => undefined)
    if (!signal) return turn
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        if (!begun) reject(cancelled())
      }
      signal.addEventListener('abort', leave)
      turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
    })
  }

  /** Gives the model's memory back, once whoever is at work has ended. */
  async release(): Promise<void> {
    if (!this.#opened || !this.engine.running) return
    await this.use(null, (host) => host.call('close', undefined)).catch(() => undefined)
  }

  #tellWaiting({ signal, onWait }: Turn): void {
    const atWork = this.#line[0]?.work
    if (atWork && !signal?.aborted) onWait?.(atWork)
  }

  async #open(host: TrainerHost, target: OpenModelOptions | null): Promise<void> {
    const key = JSON.stringify(target)
    if (target && this.#opened?.host === host && this.#opened.key === key) return
    this.#opened = null
    if (!target) return
    await openModel(host, target)
    this.#opened = { host, key }
  }
}

export function cancelled(): NeiroError {
  return new NeiroError('CANCELLED')
}
