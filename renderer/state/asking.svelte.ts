// What would leave this PC for models at services, shown until the user has spoken: then what waited for it is done.
import type { RemotePlace } from '../../main/contract/elsewhere'
import type { Agreed, AskingView } from '../../main/contract/asking'
import { call, on } from '../api.svelte'
import { Attempts } from './attempts.svelte'

class Asking {
  #leaving = $state.raw<readonly AskingView[]>([])
  #busy = $state(false)
  #begin: ((agreed: Agreed) => Promise<void>) | null = null
  #refused: () => void = () => undefined
  #evaluating = $state.raw<RemotePlace | null>(null)
  #talking = $state.raw<RemotePlace | null>(null)
  readonly #attempts = new Attempts()

  /** also with the personal data that was found */
  unmasked = $state(false)

  constructor() {
    on('evaluation.progress', ({ state }) => {
      if (state !== 'running') this.#evaluating = null
    })
  }

  /** the service that is being asked now; null: none is */
  get speaks(): RemotePlace | null {
    return this.#talking ?? this.#evaluating
  }

  /** one for each service; none: nobody is asked for a word */
  get leaving(): readonly AskingView[] {
    return this.#leaving
  }
  get busy(): boolean {
    return this.#busy
  }
  /** of what was agreed to */
  get failure(): unknown {
    return this.#attempts.failure
  }
  /** Nobody agrees to it by passing by: personal data leaves by a word of its own. */
  get agreeable(): boolean {
    return this.unmasked || this.#leaving.every(({ personal }) => personal === 0)
  }

  show(
    leaving: readonly AskingView[],
    begin: (agreed: Agreed) => Promise<void>,
    refused: () => void = () => undefined
  ): void {
    this.#attempts.forget()
    this.unmasked = false
    this.#leaving = leaving
    this.#begin = begin
    this.#refused = refused
  }

  /** What fails after it began is said where it was begun. */
  async agree(): Promise<void> {
    const begin = this.#begin
    if (!begin || !this.agreeable) return
    const agreed = { ids: this.#leaving.map(({ id }) => id), unmasked: this.unmasked }
    this.#busy = true
    this.#leaving = []
    this.#begin = null
    await this.#attempts.make(() => begin(agreed))
    this.#busy = false
  }

  /** It is asked until its evaluation comes to rest. */
  evaluates(place: RemotePlace): void {
    this.#evaluating = place
  }

  async talks<T>(place: RemotePlace | null, work: () => Promise<T>): Promise<T> {
    this.#talking = place
    try {
      return await work()
    } finally {
      this.#talking = null
    }
  }

  refuse(): void {
    this.#leaving = []
    this.#begin = null
    this.#refused()
  }

  /** The name under which Azure has the model of a run answer. */
  async deploy(run: string, deployment: string): Promise<void> {
    await call('asking.deploy', { run, deployment })
  }
}

export const asking = new Asking()
