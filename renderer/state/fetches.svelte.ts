// What is being fetched: one for each model, as main tells it. A click begins it; conditions of a licence are agreed to
// before.
import { NeiroError } from '../../main/contract/errors'
import type { FetchView, LicenceView } from '../../main/contract/window/models'
import { call, on, onReturn } from '../api.svelte'

/** What waits for a yes. */
interface Asking {
  readonly id: string
  readonly licence: LicenceView
  readonly answer: (agreed: boolean) => void
}

class Fetches {
  #all = $state.raw<Readonly<Record<string, FetchView>>>({})
  #failures = $state.raw<Readonly<Record<string, unknown>>>({})
  #beginning = $state.raw<ReadonlySet<string>>(new Set())
  #asking = $state.raw<Asking | null>(null)

  async start(): Promise<void> {
    on('fetch.changed', (view) => this.#set(view))
    onReturn(() => void this.refresh())
    await this.refresh()
  }

  async refresh(): Promise<void> {
    const views = await call('models.fetches', {}).catch(() => null)
    if (views) this.#all = Object.fromEntries(views.map((view) => [view.id, view]))
  }

  get asking(): Asking | null {
    return this.#asking
  }
  /** of all that have something to say: finished ones are models by now */
  get list(): readonly FetchView[] {
    return Object.values(this.#all).filter(({ state }) => state !== 'done')
  }
  /** the one that the rail speaks of */
  get active(): FetchView | null {
    return this.list.find(({ state }) => ['fetching', 'waiting', 'checking'].includes(state)) ?? null
  }
  of(id: string): FetchView | null {
    const view = this.#all[id]
    return view && view.state !== 'done' ? view : null
  }
  failure(id: string): unknown {
    return this.#failures[id] ?? null
  }
  beginning(id: string): boolean {
    return this.#beginning.has(id)
  }

  /** Answers the new model's id on the shelf once it is there; null where it was not begun, paused or failed. */
  async fetch(id: string, licence: LicenceView): Promise<string | null> {
    const asks = licence.duties.length > 0 && licence.agreedOn === null
    if (asks && !(await this.#ask(id, licence))) return null
    return this.#begin(id, () => call('models.fetch', { address: id, agreed: asks ? licence.key : null }))
  }

  resume(id: string): Promise<string | null> {
    return this.#begin(id, () => call('models.resumeFetch', { id }))
  }

  async pause(id: string): Promise<void> {
    await call('models.pauseFetch', { id })
  }

  async cancel(id: string): Promise<void> {
    await call('models.cancelFetch', { id })
    this.#all = Object.fromEntries(Object.entries(this.#all).filter(([one]) => one !== id))
    this.#fail(id, null)
  }

  answer(agreed: boolean): void {
    this.#asking?.answer(agreed)
    this.#asking = null
  }

  #ask(id: string, licence: LicenceView): Promise<boolean> {
    return new Promise((answer) => (this.#asking = { id, licence, answer }))
  }

  async #begin(id: string, begin: () => Promise<FetchView>): Promise<string | null> {
    this.#fail(id, null)
    this.#beginning = new Set([...this.#beginning, id])
    try {
      this.#set(await begin())
    } catch (error) {
      this.#fail(id, error)
      return null
    } finally {
      this.#beginning = new Set([...this.#beginning].filter((one) => one !== id))
    }
    return this.#ended(id)
  }

  #ended(id: string): Promise<string | null> {
    return new Promise((end) => {
      const off = on('fetch.changed', (view) => {
        if (view.id !== id || !['done', 'failed', 'paused'].includes(view.state)) return
        off()
        end(view.modelId)
      })
    })
  }

  #set(view: FetchView): void {
    this.#all = { ...this.#all, [view.id]: view }
    if (view.state === 'failed' && view.error) this.#fail(view.id, NeiroError.fromData(view.error))
    else if (view.state !== 'paused') this.#fail(view.id, null)
  }

  #fail(id: string, error: unknown): void {
    const others = Object.entries(this.#failures).filter(([one]) => one !== id)
    this.#failures = Object.fromEntries(error === null ? others : [...others, [id, error]])
  }
}

export const fetches = new Fetches()
