// The sweep of the project on show, and what is being chosen for the next one.
import type { SettingKey, Settings } from '../../main/contract/settings'
import type { SweepView, TriedSetting } from '../../main/contract/sweep'
import { call, on, onReturn } from '../api.svelte'
import type { TriedRow } from '../lib/sweep-form'
import { Attempts } from './attempts.svelte'

/** Of each project, as long as the app is open. */
interface Form {
  readonly rows: readonly TriedRow[]
  readonly steps: string
  readonly part: 'quarter' | 'half' | 'all'
}
export const shares = { quarter: 0.25, half: 0.5, all: 1 } as const

class Sweep {
  #view = $state.raw<SweepView | null>(null)
  #forms = $state.raw<Readonly<Record<string, Form>>>({})
  #starting = $state(false)
  readonly #attempts = new Attempts()
  #project = $state<string | null>(null)

  constructor() {
    on('sweep.changed', (view) => {
      if (view.project === this.#project) this.#view = view
    })
    onReturn(() => {
      if (this.#project !== null) void this.open(this.#project)
    })
  }

  get view(): SweepView | null {
    return this.#view
  }
  get failure(): unknown {
    return this.#attempts.failure
  }
  get starting(): boolean {
    return this.#starting
  }

  async open(project: string): Promise<void> {
    if (this.#project !== project) this.#view = null
    this.#project = project
    await this.#take(() => call('sweep.get', { project }))
  }

  form(usual: readonly TriedRow[]): Form {
    return this.#forms[this.#project ?? ''] ?? { rows: usual, steps: '40', part: 'all' }
  }
  change(form: Form): void {
    this.#forms = { ...this.#forms, [this.#project ?? '']: form }
  }

  async start(
    settings: Settings,
    tried: readonly TriedSetting[],
    steps: number,
    part: number
  ): Promise<void> {
    const project = this.#project
    if (project === null) return
    this.#starting = true
    await this.#take(() => call('sweep.start', { project, settings, tried, steps, part }))
    this.#starting = false
  }

  resume(): Promise<void> {
    return this.#ask('sweep.resume')
  }
  cancel(): Promise<void> {
    return this.#ask('sweep.cancel')
  }

  async #ask(what: 'sweep.resume' | 'sweep.cancel'): Promise<void> {
    const project = this.#project
    if (project !== null) await this.#take(() => call(what, { project }))
  }

  async #take(work: () => Promise<SweepView | null>): Promise<void> {
    const project = this.#project
    await this.#attempts.make(async () => {
      const view = await work()
      if (this.#project === project) this.#view = view
    })
  }
}

export const sweep = new Sweep()
export type { Form as SweepFormState, SettingKey }
