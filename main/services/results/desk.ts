// One process and one open model for everything that is no training: comparing, chatting, exporting. Whoever
// wants an answer waits for a turn of one answer, so that a chat goes on while a comparison works.
import { NeiroError } from '../../contract/errors'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { TrainerHost } from '../../trainer-host'
import type { EngineProcess } from '../hardware/engine-process'
import { openModel, type OpenModelOptions } from '../models/open-model'

export class Desk {
  #turn: Promise<unknown> = Promise.resolve()
  #opened: { readonly host: TrainerHost; readonly key: string } | null = null

  constructor(private readonly engine: EngineProcess) {}

  /** Works with this model open; null: the work opens models itself. Rejects with CANCELLED when the signal
   *  comes before its turn. */
  use<T>(
    target: OpenModelOptions | null,
    work: (host: TrainerCaller) => Promise<T>,
    signal?: AbortSignal
  ): Promise<T> {
    const turn = this.#turn.then(() => {
      if (signal?.aborted) throw cancelled()
      return this.engine.use(async (host) => {
        await this.#open(host, target)
        return work(host)
      })
    })
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Gives the model's memory back, once whoever is at work has ended. */
  async release(): Promise<void> {
    if (!this.#opened || !this.engine.running) return
    await this.use(null, (host) => host.call('close', undefined)).catch(() => undefined)
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
  return new NeiroError('CANCELLED', 'Cancelled; nothing half-done was kept.', 'Begin again when you like.')
}
