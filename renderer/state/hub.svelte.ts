// Where models come from and where they are kept, as the user set it; and models that other programs keep here.
import type { FoundModel, HubSettings, StoreMoving } from '../../main/contract/window/models'
import { call, on } from '../api.svelte'
import { chooser } from './chooser.svelte'

class Hub {
  #settings = $state.raw<HubSettings | null>(null)
  #found = $state.raw<readonly FoundModel[] | null>(null)
  #failure = $state.raw<unknown>(null)
  #busy = $state(false)
  #moving = $state.raw<StoreMoving | null>(null)
  tokenAsked = $state(false)

  constructor() {
    on('store.moving', (moving) => (this.#moving = moving))
  }

  /** how far the store is on its way; null: it is not moved */
  get moving(): StoreMoving | null {
    return this.#busy ? this.#moving : null
  }

  get settings(): HubSettings | null {
    return this.#settings
  }
  get found(): readonly FoundModel[] | null {
    return this.#found
  }
  get failure(): unknown {
    return this.#failure
  }
  get busy(): boolean {
    return this.#busy
  }

  refresh(): Promise<boolean> {
    return this.#attempt(() => call('models.hub', {}))
  }

  async look(): Promise<void> {
    this.#found = await call('models.found', {}).catch(() => null)
  }

  /** Answers the new model's id on the shelf, or null. */
  async addFound(id: string): Promise<string | null> {
    let added: string | null = null
    await this.#attempt(async () => {
      added = (await call('models.addFound', { id })).id
      return null
    })
    if (added) await this.look()
    return added
  }

  set(change: {
    readonly address: string
    readonly proxy: string
    readonly certificates: string
  }): Promise<boolean> {
    return this.#attempt(() => call('models.setHub', change))
  }

  setToken(token: string): Promise<boolean> {
    return this.#attempt(() => call('models.setToken', { token }))
  }

  async move(): Promise<boolean> {
    const [folder] = await chooser.choose('export-folder')
    if (!folder) return false
    return this.#attempt(() => call('models.moveStore', { fileId: folder.id, shared: false }))
  }

  share(shared: boolean): Promise<boolean> {
    return this.#attempt(() => call('models.moveStore', { fileId: null, shared }))
  }

  empty(): Promise<boolean> {
    return this.#attempt(() => call('models.emptyStore', {}))
  }

  /** Deletes the files of one that was fetched. */
  deleteFiles(id: string): Promise<boolean> {
    return this.#attempt(async () => {
      await call('models.deleteFiles', { id })
      return call('models.hub', {})
    })
  }

  async #attempt(work: () => Promise<HubSettings | null>): Promise<boolean> {
    this.#busy = true
    this.#failure = null
    this.#moving = null
    try {
      this.#settings = (await work()) ?? this.#settings
      return true
    } catch (error) {
      this.#failure = error
      return false
    } finally {
      this.#busy = false
    }
  }
}

export const hub = new Hub()
