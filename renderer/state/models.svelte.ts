// The models of this machine: the built-in starter and the folders the user added, with their meters.
import type { ModelCard, TrainingPlan } from '../../main/contract/window/training'
import { call, onReturn } from '../api.svelte'
import { chooser } from './chooser.svelte'

class Models {
  #list = $state.raw<readonly ModelCard[] | null>(null)
  #plans = $state.raw<Readonly<Record<string, TrainingPlan>>>({})
  #busy = $state(false)
  #failure = $state.raw<unknown>(null)

  constructor() {
    onReturn(() => {
      if (this.#failure) void this.refresh()
    })
  }

  get list(): readonly ModelCard[] | null {
    return this.#list
  }
  get busy(): boolean {
    return this.#busy
  }
  get failure(): unknown {
    return this.#failure
  }
  /** null while it is being measured */
  plan(id: string): TrainingPlan | null {
    return this.#plans[id] ?? null
  }

  async refresh(): Promise<void> {
    await this.#attempt(async () => {
      this.#list = await call('models.list', {})
    })
  }

  /** Measures every usable model against this machine with the project's data, one after the other. */
  async measure(project: string): Promise<void> {
    this.#plans = {}
    for (const model of this.#list ?? []) {
      if (model.error) continue
      try {
        const plan = await call('models.plan', { id: model.id, project })
        this.#plans = { ...this.#plans, [model.id]: plan }
      } catch (error) {
        this.#failure = error
      }
    }
  }

  /** Asks for a folder and adds it; answers the new model's id, or null. */
  async add(): Promise<string | null> {
    const [folder] = await chooser.choose('model-folder')
    if (!folder) return null
    return this.#attempt(async () => {
      const card = await call('models.add', { fileId: folder.id })
      await this.refresh()
      return card.id
    })
  }

  async remove(id: string): Promise<void> {
    await this.#attempt(async () => {
      await call('models.remove', { id })
      await this.refresh()
    })
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | null> {
    this.#busy = true
    this.#failure = null
    try {
      return await work()
    } catch (error) {
      this.#failure = error
      return null
    } finally {
      this.#busy = false
    }
  }
}

export const models = new Models()
