// The programs on this PC that use an export at once: which are there, and what is being created in Ollama.
import type {
  FoundPrograms,
  LmStudioPut,
  OllamaPlan,
  OllamaProgress
} from '../../main/contract/window/programs'
import type { ExportRecord } from '../../main/contract/window/results'
import { call, on } from '../api.svelte'

class Programs {
  #found = $state.raw<FoundPrograms | null>(null)
  #creating = $state.raw<Readonly<Record<string, OllamaProgress>>>({})

  constructor() {
    on('ollama.changed', (progress) => this.#keep(progress))
  }

  /** null: not looked yet */
  get found(): FoundPrograms | null {
    return this.#found
  }
  of(record: ExportRecord): OllamaProgress | null {
    return this.#creating[record.id] ?? null
  }

  async look(): Promise<void> {
    this.#found = await call('programs.find', {})
  }
  plan({ run, id }: ExportRecord): Promise<OllamaPlan> {
    return call('ollama.plan', { run, id })
  }
  async create({ run, id }: ExportRecord, name: string): Promise<void> {
    this.#keep(await call('ollama.create', { run, id, name }))
  }
  async cancel({ id }: ExportRecord): Promise<void> {
    await call('ollama.cancel', { id })
  }
  put({ run, id }: ExportRecord): Promise<LmStudioPut> {
    return call('lmStudio.put', { run, id })
  }

  #keep(progress: OllamaProgress): void {
    const known = this.#creating[progress.id]
    // the answer to the call may come behind the first news of it
    if (
      known &&
      known.name === progress.name &&
      progress.state === 'hash' &&
      known.progress > progress.progress
    )
      return
    this.#creating = { ...this.#creating, [progress.id]: progress }
  }
}

export const programs = new Programs()
