// Whether the window still reaches Neiro. A cut that heals within a moment is not worth a word.
import type { ConnectionState } from '../../main/contract/channels'
import { onConnection } from '../api.svelte'

/** ms */
const patience = 1000

class Connection {
  #state = $state<ConnectionState>('connected')
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    onConnection((state) => {
      clearTimeout(this.#timer)
      if (state === 'connected' || this.#state !== 'connected') this.#state = state
      else this.#timer = setTimeout(() => (this.#state = state), patience)
    })
  }

  /** as the user is told */
  get state(): ConnectionState {
    return this.#state
  }
}

export const connection = new Connection()
