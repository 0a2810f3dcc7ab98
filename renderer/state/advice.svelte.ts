// Advice that was measured for the project on show.
import type { AdviceView } from '../../main/contract/advice'
import { call, on, onReturn } from '../api.svelte'

class AdviceState {
  #view = $state.raw<AdviceView | null>(null)
  #failure = $state.raw<unknown>(null)
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
    return this.#failure
  }

  async open(project: string): Promise<void> {
    if (this.#project !== project) this.#view = null
    this.#project = project
    await this.#attempt(async () => {
      const view = await call('advice.get', { project })
      if (this.#project === project) this.#view = view
    })
  }

  async start(documents: readonly string[]): Promise<void> {
    const project = this.#project
    if (project === null) return
    await this.#attempt(async () => {
      const view = await call('advice.start', { project, documents })
      if (this.#project === project) this.#view = view
    })
  }

  async cancel(): Promise<void> {
    const project = this.#project
    if (project !== null) await this.#attempt(() => call('advice.cancel', { project }))
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

export const advice = new AdviceState()
