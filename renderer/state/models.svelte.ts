// The models of this machine: the built-in starter and the folders the user added, with their meters.
import { NeiroError } from '../../main/contract/errors'
import type { FileRef } from '../../main/contract/window/app'
import type { ModelCard, ModelPlan } from '../../main/contract/window/training'
import { call, on, onReturn } from '../api.svelte'
import type { Dropped } from '../lib/dropped'
import { app } from './app.svelte'
import { chooser } from './chooser.svelte'
import { HandOver } from './hand-over.svelte'

class Models {
  #list = $state.raw<readonly ModelCard[] | null>(null)
  #plans = $state.raw<Readonly<Record<string, ModelPlan>>>({})
  #planFailures = $state.raw<Readonly<Record<string, unknown>>>({})
  /** counts measurings: only the newest is shown */
  #turn = 0
  #busy = $state(false)
  #failure = $state.raw<unknown>(null)

  /** what was measured with last */
  #measured: string | null = null

  constructor() {
    // another window added a folder, or took one off
    on('models.changed', () => {
      if (this.#list !== null) void this.#catchUp()
    })
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
  /** null while it is being measured, and where that failed */
  plan(id: string): ModelPlan | null {
    return this.#plans[id] ?? null
  }
  /** why one could not be measured */
  planFailure(id: string): unknown {
    return this.#planFailures[id] ?? null
  }

  /** Looks once, where nobody has yet. */
  async known(): Promise<void> {
    if (this.#list === null) await this.refresh()
  }

  async refresh(): Promise<void> {
    await this.#attempt(async () => {
      this.#list = await call('models.list', {})
    })
  }

  /** Measures every usable model against this machine with the project's data, one after the other. */
  async measure(project: string): Promise<void> {
    this.#plans = {}
    this.#planFailures = {}
    this.#measured = project
    await this.#measureMissing(project)
  }

  async #measureMissing(project: string): Promise<void> {
    const turn = ++this.#turn
    for (const model of this.#list ?? []) {
      if (model.error || this.#plans[model.id] || this.#planFailures[model.id]) continue
      try {
        const plan = await call('models.plan', { id: model.id, project })
        // another project may have been opened meanwhile
        if (turn !== this.#turn) return
        this.#plans = { ...this.#plans, [model.id]: plan }
      } catch (error) {
        if (turn !== this.#turn) return
        this.#planFailures = { ...this.#planFailures, [model.id]: error }
      }
    }
  }

  async #catchUp(): Promise<void> {
    try {
      this.#list = await call('models.list', {})
    } catch {
      // the list stays as it was; whoever asks for it is told
      return
    }
    if (this.#measured !== null) await this.#measureMissing(this.#measured)
  }

  /** Asks for a folder and adds it; answers the new model's id, or null. */
  async add(): Promise<string | null> {
    return this.#addAll(await chooser.choose('model-folder'))
  }

  /** The same with a GGUF file. */
  async addFile(): Promise<string | null> {
    return this.#addAll(await chooser.choose('model-file'))
  }

  /** The same with folders and files that were dropped: only a window that knows their places can take them. */
  async drop(dropped: Dropped): Promise<string | null> {
    return this.#attempt(async () => {
      if (app.info?.dialogs === 'page') throw byChoice()
      return this.#addAll(await new HandOver().take(dropped))
    })
  }

  async remove(id: string): Promise<boolean> {
    return (
      (await this.#attempt(async () => {
        await call('models.remove', { id })
        await this.refresh()
        return true
      })) ?? false
    )
  }

  /** Takes a removal back. */
  async restore(id: string): Promise<void> {
    await this.#attempt(async () => {
      await call('models.restore', { id })
      await this.refresh()
    })
  }

  /** Answers the id of the last one that could be added. */
  async #addAll(folders: readonly FileRef[]): Promise<string | null> {
    let added: string | null = null
    let failure: unknown = null
    for (const folder of folders) {
      await this.#attempt(async () => {
        added = (await call('models.add', { fileId: folder.id })).id
      })
      failure ??= this.#failure
    }
    if (added) await this.refresh()
    this.#failure ??= failure
    return added
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

const byChoice = (): NeiroError => new NeiroError('MODEL_BY_CHOICE')

export const models = new Models()
