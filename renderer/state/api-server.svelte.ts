// The server for other programs, as the window knows it: on or off, and what it is at.
import type { ApiState } from '../../main/contract/window/serving'
import { call, on, onReturn } from '../api.svelte'

class ApiServer {
  #state = $state.raw<ApiState | null>(null)
  #failure = $state.raw<unknown>(null)

  constructor() {
    on('api.changed', (state) => (this.#state = state))
    onReturn(() => void this.look())
  }

  get state(): ApiState | null {
    return this.#state
  }
  /** Why it could not be switched on, or asked. */
  get failure(): unknown {
    return this.#failure ?? this.#state?.error ?? null
  }
  get busy(): boolean {
    return this.#state?.state === 'starting' || this.#state?.state === 'stopping'
  }

  look(): Promise<void> {
    return this.#attempt(() => call('api.get', {}))
  }
  /** run: whose base is served */
  start(run: string): Promise<void> {
    return this.#attempt(() => call('api.start', { run }))
  }
  stop(): Promise<void> {
    return this.#attempt(() => call('api.stop', {}))
  }
  renewKey(): Promise<void> {
    return this.#attempt(() => call('api.renewKey', {}))
  }

  async #attempt(work: () => Promise<ApiState>): Promise<void> {
    this.#failure = null
    try {
      this.#state = await work()
    } catch (error) {
      this.#failure = error
    }
  }
}

export const apiServer = new ApiServer()
