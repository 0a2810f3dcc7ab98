// Making more examples of the open project: what is chosen, what would come of it, and how far it is.
import { usualChoices, type AugmentChoices, type AugmentPreview } from '../../main/contract/augmentation'
import type { SyntheticKind } from '../../main/contract/synthetic'
import { call, on } from '../api.svelte'
import { dataRoom, type Outcome } from './data.svelte'

class Augment {
  #project: string | null = null
  #choices = $state.raw<AugmentChoices>(usualChoices)
  #preview = $state.raw<AugmentPreview | null>(null)
  #working = $state(false)
  #progress = $state.raw<{ readonly done: number; readonly total: number } | null>(null)
  #failure = $state.raw<unknown>(null)
  #newest: symbol | null = null

  constructor() {
    on('augment.progress', ({ project, done, total }) => {
      if (project === this.#project && this.#working) this.#progress = { done, total }
    })
  }

  get choices(): AugmentChoices {
    return this.#choices
  }
  /** null: not looked at yet, or something else was chosen since */
  get preview(): AugmentPreview | null {
    return this.#preview
  }
  get working(): boolean {
    return this.#working
  }
  get progress(): { readonly done: number; readonly total: number } | null {
    return this.#progress
  }
  get failure(): unknown {
    return this.#failure
  }

  /** What was shown is of another project, or of another set. */
  open(project: string): void {
    if (this.#project !== project) this.#choices = usualChoices
    this.#project = project
    this.#preview = null
    this.#failure = null
  }

  choose(change: Partial<AugmentChoices>): void {
    this.#choices = { ...this.#choices, ...change }
    this.#preview = null
  }

  toggle(kind: SyntheticKind, isWanted: boolean): void {
    const others = this.#choices.kinds.filter((one) => one !== kind)
    this.choose({ kinds: isWanted ? [...others, kind] : others })
  }

  async look(): Promise<void> {
    const project = this.#project
    if (project === null) return
    await this.#work(async (own) => {
      const preview = await call('augment.preview', { project, choices: this.#choices })
      if (this.#newest === own) this.#preview = preview
    })
  }

  async apply(): Promise<Outcome | null> {
    let outcome: Outcome | null = null
    await this.#work(async () => {
      outcome = await dataRoom.by((project) => call('augment.apply', { project, choices: this.#choices }))
      this.#preview = null
    })
    return outcome
  }

  async stop(): Promise<void> {
    this.#newest = null
    this.#working = false
    if (this.#project) await call('augment.cancel', { project: this.#project })
  }

  async #work(work: (own: symbol) => Promise<void>): Promise<void> {
    const own = (this.#newest = Symbol('work'))
    this.#working = true
    this.#failure = this.#progress = null
    try {
      await work(own)
    } catch (error) {
      if (this.#newest === own) this.#failure = error
    } finally {
      if (this.#newest === own) this.#working = false
    }
  }
}

export const augment = new Augment()
