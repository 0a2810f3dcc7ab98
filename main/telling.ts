// What the services tell whoever listens: windows (each shell thins in ipc/publish.ts) and commands. Nobody
// listening is fine.
import type { EventName, Events } from './contract/channels'

export type Tell = <E extends EventName>(event: E, value: Events[E]) => void

export class Telling {
  readonly #listeners = new Set<Tell>()

  on(listener: Tell): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly tell: Tell = (event, value) => {
    for (const listener of [...this.#listeners]) listener(event, value)
  }
}
