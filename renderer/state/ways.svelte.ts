// Which ways are compared beside base and tuned, as it is being chosen.
import { standardCount, type CandidateSpec } from '../../main/contract/candidates'
import type { Evaluation } from '../../main/contract/window/results'
import type { FileRef } from '../../main/contract/window/app'
import { chooser } from './chooser.svelte'
import { usualQuestions, type Wanted } from './evaluation.svelte'
import { troubles } from './troubles.svelte'

/** as a chat has them, but the temperature: another one is what is tried */
const sampling = { topP: 1, topK: 0, repetitionPenalty: 1, seed: 0 }

export class Ways {
  /** ids that stay, of those that it has */
  kept = $state<readonly string[]>([])
  prompt = $state(false)
  promptText = $state('')
  examples = $state(false)
  examplesCount = $state(standardCount.examples)
  retrieval = $state(false)
  retrievalCount = $state(standardCount.retrieval)
  documents = $state.raw<readonly FileRef[]>([])
  runs = $state<readonly string[]>([])
  /** runs whose models services keep */
  services = $state<readonly string[]>([])
  sampled = $state(false)
  temperature = $state('0.7')
  questions = $state(usualQuestions)

  constructor({ candidates, total }: Pick<Evaluation, 'candidates' | 'total'>, draft: string) {
    this.kept = candidates.map(({ id }) => id)
    this.promptText = draft
    this.questions = Math.max(total, usualQuestions)
  }

  keep(id: string, on: boolean): void {
    this.kept = on ? [...this.kept, id] : this.kept.filter((one) => one !== id)
  }
  withRun(id: string, on: boolean): void {
    this.runs = on ? [...this.runs, id] : this.runs.filter((one) => one !== id)
  }
  withService(id: string, on: boolean): void {
    this.services = on ? [...this.services, id] : this.services.filter((one) => one !== id)
  }

  async chooseDocuments(): Promise<void> {
    await troubles.attempt(async () => {
      const chosen = await chooser.choose('data-files')
      if (chosen.length > 0) this.documents = chosen
    })
  }

  get temperatureIsRight(): boolean {
    const value = Number(this.temperature)
    return this.temperature.trim() !== '' && value >= 0 && value <= 5
  }

  get wanted(): Wanted {
    const specs: CandidateSpec[] = []
    if (this.prompt && this.promptText.trim() !== '')
      specs.push({ kind: 'prompt', prompt: this.promptText.trim() })
    if (this.examples) specs.push({ kind: 'examples', count: this.examplesCount })
    if (this.retrieval)
      specs.push({
        kind: 'retrieval',
        count: this.retrievalCount,
        ...(this.documents.length > 0 && { documents: this.documents.map(({ id }) => id) })
      })
    for (const run of this.runs) specs.push({ kind: 'tuned', run })
    for (const run of this.services) specs.push({ kind: 'service', run })
    if (this.sampled && this.temperatureIsRight)
      specs.push({ kind: 'tuned', sampling: { ...sampling, temperature: Number(this.temperature) } })
    return { limit: this.questions, candidates: specs, keep: this.kept }
  }
}
