// The models that can be fetched: the catalogue with its meters, the one that is suggested for the open project, and what
// the hub says of an address that was typed.
import type { CatalogueEntry, HubModel, Suggestion } from '../../main/contract/window/models'
import type { ModelPlan } from '../../main/contract/window/training'
import { call, on, onReturn } from '../api.svelte'
import { matchesModel } from '../../main/words/models/search'

class Catalogue {
  #entries = $state.raw<readonly CatalogueEntry[] | null>(null)
  #suggestion = $state.raw<Suggestion | null>(null)
  /** it is known whether there is one, and which */
  #suggested = $state(false)
  #plans = $state.raw<Readonly<Record<string, ModelPlan>>>({})
  #failure = $state.raw<unknown>(null)
  #looked = $state.raw<HubModel | null>(null)
  #looking = $state(false)
  #lookFailure = $state.raw<unknown>(null)
  /** what is measured with */
  #project: string | null = null
  #measuring = false
  #wanted: string[] = []

  search = $state('')
  onlyFree = $state(false)

  constructor() {
    on('models.changed', () => {
      if (this.#entries !== null) void this.refresh()
    })
    onReturn(() => {
      if (this.#failure) void this.refresh()
    })
  }

  get entries(): readonly CatalogueEntry[] | null {
    return this.#entries
  }
  get failure(): unknown {
    return this.#failure
  }
  get suggestion(): Suggestion | null {
    return this.#suggestion
  }
  /** before anybody has asked, too: what is not known yet keeps its place on the page */
  get suggesting(): boolean {
    return !this.#suggested
  }
  get looked(): HubModel | null {
    return this.#looked
  }
  get looking(): boolean {
    return this.#looking
  }
  get lookFailure(): unknown {
    return this.#lookFailure
  }

  /** Not on this machine, by what is searched for. */
  get shown(): readonly CatalogueEntry[] {
    return (this.#entries ?? []).filter(
      (entry) =>
        entry.modelId === null &&
        matchesModel(entry, this.search) &&
        (!this.onlyFree || entry.licence.use === 'free')
    )
  }

  entry(id: string): CatalogueEntry | null {
    return this.#entries?.find((one) => one.id === id) ?? null
  }
  /** null while it is being measured, and where nothing can be said */
  plan(id: string): ModelPlan | null {
    return this.#suggestion?.id === id ? this.#suggestion.plan : (this.#plans[id] ?? null)
  }

  async refresh(): Promise<void> {
    try {
      this.#entries = await call('models.catalogue', {})
      this.#failure = null
    } catch (error) {
      this.#failure = error
    }
  }

  /** Which one is for this PC and these data. */
  async suggest(project: string): Promise<void> {
    if (this.#project !== project) this.#plans = {}
    this.#project = project
    this.#suggested = false
    this.#suggestion = null
    const suggestion = await call('models.suggest', { project }).catch(() => null)
    // another project may have been opened meanwhile
    if (this.#project !== project) return
    this.#suggestion = suggestion
    this.#suggested = true
  }

  /** Measures what is looked at, one after the other, each once. */
  async measure(ids: readonly string[]): Promise<void> {
    this.#wanted = ids.filter((id) => !this.plan(id))
    if (this.#measuring) return
    this.#measuring = true
    for (let id = this.#wanted.shift(); id !== undefined; id = this.#wanted.shift()) {
      const project = this.#project
      if (project === null) break
      const plan = await call('models.planEntry', { id, project }).catch(() => null)
      if (plan && project === this.#project) this.#plans = { ...this.#plans, [id]: plan }
    }
    this.#measuring = false
  }

  /** Asks the hub about what was typed. */
  async look(): Promise<void> {
    this.#looking = true
    this.#lookFailure = null
    this.#looked = null
    try {
      this.#looked = await call('models.look', { address: this.search.trim() })
    } catch (error) {
      this.#lookFailure = error
    } finally {
      this.#looking = false
    }
  }

  forgetLook(): void {
    this.#looked = null
    this.#lookFailure = null
  }
}

export const catalogue = new Catalogue()
