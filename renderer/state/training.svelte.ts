// Before a training: presets with reasons and plans, the expert's own settings, questions to ask while it runs.
import type { Settings } from '../../main/contract/settings'
import type { Preset, PresetKey, RunView, TrainingPlan } from '../../main/contract/window/training'
import { call } from '../api.svelte'
import { runs } from './runs.svelte'

class Training {
  #project: string | null = null
  #presets = $state.raw<readonly Preset[] | null>(null)
  #chosen = $state<PresetKey | 'custom'>('balanced')
  #settings = $state.raw<Settings | null>(null)
  /** share of the examples: the preset's, also after an expert's change of it */
  #part = 1
  #plan = $state.raw<TrainingPlan | null>(null)
  #planning = $state(false)
  #starting = $state(false)
  #failure = $state.raw<unknown>(null)
  questions = $state('')

  get presets(): readonly Preset[] | null {
    return this.#presets
  }
  get chosen(): PresetKey | 'custom' {
    return this.#chosen
  }
  /** of the chosen preset, or the expert's own */
  get settings(): Settings | null {
    return this.#settings
  }
  get plan(): TrainingPlan | null {
    return this.#plan
  }
  get planning(): boolean {
    return this.#planning
  }
  get starting(): boolean {
    return this.#starting
  }
  get failure(): unknown {
    return this.#failure
  }

  async open(project: string): Promise<void> {
    this.#project = project
    this.#presets = this.#settings = this.#plan = null
    await this.#attempt(async () => {
      const presets = await call('train.presets', { project })
      // another project may have been opened meanwhile
      if (this.#project !== project) return
      this.#presets = presets
      const recommended = presets.find((preset) => preset.recommended) ?? presets[0]
      if (recommended) this.choose(recommended.key)
    })
  }

  choose(key: PresetKey): void {
    const preset = this.#presets?.find((entry) => entry.key === key)
    if (!preset) return
    this.#chosen = key
    this.#part = preset.part
    this.#settings = preset.settings
    this.#plan = preset.plan
  }

  /** An expert's change: the preset becomes the user's own, and the plan is made again. */
  async set(change: Partial<Settings>): Promise<void> {
    if (!this.#settings || !this.#project) return
    const settings = { ...this.#settings, ...change }
    this.#chosen = 'custom'
    this.#settings = settings
    this.#planning = true
    await this.#attempt(async () => {
      const plan = await call('train.plan', {
        project: this.#project ?? '',
        settings,
        part: this.#part
      })
      if (this.#settings === settings) this.#plan = plan
    })
    this.#planning = false
  }

  /** Takes the planner's remedy for a training that does not fit. */
  async makeItFit(): Promise<void> {
    if (this.#plan?.remedy) await this.set(this.#plan.remedy)
  }

  async start(): Promise<RunView | null> {
    const [project, settings] = [this.#project, this.#settings]
    if (!project || !settings) return null
    this.#starting = true
    try {
      return await this.#attempt(async () => {
        const run = await call('train.start', {
          project,
          preset: this.#chosen,
          settings,
          part: this.#part,
          questions: this.questions
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean)
            .slice(0, 5)
        })
        runs.add(run)
        return run
      })
    } finally {
      this.#starting = false
    }
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | null> {
    this.#failure = null
    try {
      return await work()
    } catch (error) {
      this.#failure = error
      return null
    }
  }
}

export const training = new Training()
