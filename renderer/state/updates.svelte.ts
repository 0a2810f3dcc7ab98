// New versions of this Neiro: what is known of them, and what the user asks for.
import type { UpdateView } from '../../main/contract/window/updates'
import { call, on, onReturn } from '../api.svelte'
import { Attempts } from './attempts.svelte'

class Updates {
  #view = $state.raw<UpdateView | null>(null)
  readonly #attempts = new Attempts()

  constructor() {
    on('updates.changed', (view) => (this.#view = view))
    onReturn(() => void this.get())
  }

  /** null: not asked yet */
  get view(): UpdateView | null {
    return this.#view
  }
  get failure(): unknown {
    return this.#attempts.failure ?? this.#view?.failure ?? null
  }

  get = (): Promise<void> => this.#ask('get')
  look = (): Promise<void> => this.#ask('look')
  fetch = (): Promise<void> => this.#ask('fetch')
  cancel = (): Promise<void> => this.#ask('cancel')
  install = (): Promise<void> => this.#ask('install')

  async #ask(what: 'get' | 'look' | 'fetch' | 'cancel' | 'install'): Promise<void> {
    await this.#attempts.make(async () => {
      this.#view = await call(`updates.${what}`, {})
    })
  }
}

export const updates = new Updates()
