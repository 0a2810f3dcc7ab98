// The place where projects, runs and models lie, and a move of it that is on its way.
import type { StorageView } from '../../main/contract/window/storage'
import { call, on, onReturn } from '../api.svelte'
import { chooser } from './chooser.svelte'

class Storage {
  #view = $state.raw<StorageView | null>(null)
  #failure = $state.raw<unknown>(null)

  constructor() {
    on('storage.changed', (view) => (this.#view = view))
    onReturn(() => void this.look())
  }

  get view(): StorageView | null {
    return this.#view
  }
  /** Why it could not be asked or begun, or did not take place. */
  get failure(): unknown {
    return this.#failure ?? this.#view?.failure ?? null
  }

  look(): Promise<boolean> {
    return this.#attempt(() => call('storage.get', {}))
  }

  /** The user says where to. */
  async move(): Promise<void> {
    const [folder] = await chooser.choose('export-folder')
    if (folder) await this.#attempt(() => call('storage.move', { fileId: folder.id }))
  }

  cancel(): Promise<boolean> {
    return this.#attempt(() => call('storage.cancel', {}))
  }
  emptyOld(): Promise<boolean> {
    return this.#attempt(() => call('storage.emptyOld', {}))
  }
  useStandard(): Promise<boolean> {
    return this.#attempt(() => call('storage.useStandard', {}))
  }

  async #attempt(work: () => Promise<StorageView>): Promise<boolean> {
    this.#failure = null
    try {
      this.#view = await work()
      return true
    } catch (error) {
      this.#failure = error
      return false
    }
  }
}

export const storage = new Storage()
