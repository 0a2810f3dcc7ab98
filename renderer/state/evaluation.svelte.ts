// Answers of base and tuned to the held-out questions of one run, as they arrive.
import type { Evaluation } from '../../main/contract/window/results'
import { call, on, onReturn } from '../api.svelte'

/** questions answered at most: enough to judge a tone, few enough to wait for */
const most = 30

class EvaluationState {
  #current = $state.raw<Evaluation | null>(null)
  #failure = $state.raw<unknown>(null)
  #run: string | null = null

  constructor() {
    on('evaluation.progress', (evaluation) => {
      if (evaluation.run === this.#run) this.#current = evaluation
    })
    onReturn(() => {
      if (this.#run !== null) void this.open(this.#run)
    })
  }

  get current(): Evaluation | null {
    return this.#current
  }
  get failure(): unknown {
    return this.#failure
  }

  async open(run: string): Promise<void> {
    if (this.#run !== run) this.#current = null
    this.#run = run
    await this.#attempt(async () => {
      const current = await call('evaluation.get', { run })
      if (this.#run === run) this.#current = current
    })
  }

  /** Opens it; both begin to answer by themselves the first time only: never after an error, and never again what
   *  the user has ended. */
  async openAndBegin(run: string): Promise<void> {
    await this.open(run)
    if (this.#run !== run || this.#failure !== null || !this.#current) return
    const { state, pairs, error, cancelled } = this.#current
    if (state === 'none' && pairs.length === 0 && !error && !cancelled) await this.start()
  }

  async start(): Promise<void> {
    const run = this.#run
    if (!run) return
    await this.#attempt(async () => {
      const current = await call('evaluation.start', { run, limit: most })
      if (this.#run === run) this.#current = current
    })
  }

  async cancel(): Promise<void> {
    const run = this.#run
    if (run) await this.#attempt(() => call('evaluation.cancel', { run }))
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    this.#failure = null
    try {
      await work()
    } catch (error) {
      this.#failure = error
    }
  }
}

export const evaluation = new EvaluationState()
