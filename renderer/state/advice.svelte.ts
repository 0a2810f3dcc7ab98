// Advice that was measured for the project on show.
import type { AdviceView } from '../../main/contract/advice'
import { call, on, onReturn } from '../api.svelte'
import { Attempts } from './attempts.svelte'

class AdviceState {
  #view = $state.raw<AdviceView | null>(null)
  readonly #attempts = new Attempts()
  #project: string | null = null

  constructor() {
    on('advice.progress', (view) => {
      if (view.project === this.#project) this.#view = view
    })
    onReturn(() => {
      if (this.#project !== null) void this.open(this.#project)
    })
  }

  get view(): AdviceView | null {
    return this.#view
  }
  get failure(): unknown {
    return this.#attempts.failure
  }

  async open(project: string): Promise<void> {
    if (this.#project !== project) this.#view = null
    this.#project = project
    await this.#attempts.make(async () => {
      const view = await call('advice.get', { project })
      if (this.#project === project) this.#view = view
    })
  }

  async start(documents: readonly string[]): Promise<void> {
    const project = this.#project
    if (project === null) return
    await this.#attempts.make(async () => {
      const view = await call('advice.start', { project, documents })
      if (this.#project === project) this.#view = view
    })
  }

  async cancel(): Promise<void> {
    const project = this.#project
    if (project !== null) await this.#attempts.make(() => call('advice.cancel', { project }))
  }
}

export const advice = new AdviceState()
