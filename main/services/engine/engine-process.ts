// One trainer process kept at hand: started when it is first needed, let go when it was idle for long, started
// anew after a crash. What is asked of it is not known here.
import { NeiroError } from '../../contract/errors'
import type { TrainerCaller, TrainerCallName, TrainerCalls } from '../../contract/trainer-protocol'
import type { TrainerHost } from './trainer-host'

export interface EngineProcessOptions {
  readonly start: () => Promise<TrainerHost>
  /** idle for so long, the process is let go */
  readonly idleMs: number
}

export class EngineProcess implements TrainerCaller {
  #host: Promise<TrainerHost> | null = null
  #users = 0
  #idle: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly options: EngineProcessOptions) {}

  get running(): boolean {
    return this.#host !== null
  }

  /** Works with the process, which stays at least until the work has ended. */
  async use<T>(work: (host: TrainerHost) => Promise<T>): Promise<T> {
    this.#users++
    if (this.#idle) clearTimeout(this.#idle)
    try {
      return await work(await this.#running())
    } catch (error) {
      throw asEngineError(error)
    } finally {
      if (--this.#users === 0) this.#waitIdle()
    }
  }

  call<C extends TrainerCallName>(
    call: C,
    args: TrainerCalls[C]['args']
  ): Promise<TrainerCalls[C]['result']> {
    return this.use((host) => host.call(call, args))
  }

  async stop(): Promise<void> {
    const host = this.#host
    this.#host = null
    if (this.#idle) clearTimeout(this.#idle)
    await (await host?.catch(() => null))?.stop()
  }

  #running(): Promise<TrainerHost> {
    return (this.#host ??= this.#start())
  }

  async #start(): Promise<TrainerHost> {
    try {
      const host = await this.options.start()
      void host.exited.then(() => this.#forget(host))
      return host
    } catch (error) {
      this.#host = null
      throw error
    }
  }

  async #forget(gone: TrainerHost): Promise<void> {
    if ((await this.#host?.catch(() => null)) === gone) this.#host = null
  }

  #waitIdle(): void {
    this.#idle = setTimeout(() => void this.stop(), this.options.idleMs)
    this.#idle.unref()
  }
}

/** What is asked here is no training: there is nothing to resume. */
function asEngineError(error: unknown): unknown {
  if (!(error instanceof NeiroError) || error.code !== 'TRAINER_DIED') return error
  return new NeiroError('ENGINE_DIED', { how: error.details['how'] ?? '', log: error.details['log'] ?? '' })
}
