// The leak test of the run on show.
import type { LeakView } from '../../main/contract/leak'
import { call, on, onReturn } from '../api.svelte'
import { Attempts } from './attempts.svelte'

class Leak {
  #view = $state.raw<LeakView | null>(null)
  readonly #attempts = new Attempts()
  #run: string | null = null
  /** as typed: one a line */
  planted = $state('')

  constructor() {
    on('leak.progress', (view) => {
      if (view.run === this.#run) this.#view = view
    })
    onReturn(() => {
      if (this.#run !== null) void this.open(this.#run)
    })
  }

  get view(): LeakView | null {
    return this.#view
  }
  get failure(): unknown {
    return this.#attempts.failure
  }

  async open(run: string): Promise<void> {
    if (this.#run !== run) this.#view = null
    this.#run = run
    await this.#take(() => call('leak.get', { run }))
  }

  async start(): Promise<void> {
    const run = this.#run
    if (run === null) return
    const planted = this.planted
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .slice(0, 50)
    await this.#take(() => call('leak.start', { run, planted }))
  }

  async cancel(): Promise<void> {
    const run = this.#run
    if (run !== null) await this.#attempts.make(() => call('leak.cancel', { run }))
  }

  async #take(work: () => Promise<LeakView>): Promise<void> {
    const run = this.#run
    await this.#attempts.make(async () => {
      const view = await work()
      if (this.#run === run) this.#view = view
    })
  }
}

export const leak = new Leak()
