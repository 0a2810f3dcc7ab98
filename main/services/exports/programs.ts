// The programs on this PC that can use an export at once: Ollama, told over its loopback address, and LM Studio, by its
// folder. Nothing is sent or put anywhere before the user says so, and what will be said to Ollama is shown first.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { FoundPrograms, LmStudioPut, OllamaPlan, OllamaProgress } from '../../contract/window/programs'
import { knownError } from '../../files/file-errors'
import type { RunPlace } from '../runs/run-view'
import type { TunedModel } from '../runs/tuned-model'
import type { KeptExport } from './export-ledger'
import { knowledgeOf } from './knowledge'
import { lmStudioModels, putIntoLmStudio } from './lm-studio-folder'
import { ollamaAddress } from './ollama/address'
import { OllamaClient } from './ollama/client'
import { createInOllama, ollamaName, suggestedName, type CreateListener } from './ollama/create'
import { modelfileText, ollamaModelOf, type OllamaModel } from './ollama/modelfile'

export interface ProgramsParts {
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  readonly kept: (runDir: string) => Promise<readonly KeptExport[]>
  readonly tuned: (place: RunPlace) => Promise<TunedModel>
  readonly onChange: (progress: OllamaProgress) => void
}

export class Programs {
  readonly #creating = new Map<string, AbortController>()

  constructor(private readonly parts: ProgramsParts) {}

  async find(): Promise<FoundPrograms> {
    const [version, lmStudio] = await Promise.all([
      this.#client()?.version() ?? null,
      lmStudioModels(this.parts.home)
    ])
    return {
      ollama: { version, isElsewhere: ollamaAddress(this.parts.env) === null },
      lmStudio: { shownPath: lmStudio }
    }
  }

  /** What Ollama would be told of this export. */
  async plan(place: RunPlace, id: string): Promise<OllamaPlan> {
    const { file } = await this.#file(place, id)
    const model = await this.#model(place)
    return {
      name: suggestedName(basename(file, '.gguf')),
      modelfile: modelfileText(model, `./${basename(file)}`),
      hasTemplate: model.template !== null
    }
  }

  /** To its end. */
  async create(place: RunPlace, id: string, name: string, listener: CreateListener = {}): Promise<void> {
    const { file } = await this.#file(place, id)
    await this.createFrom(file, name, await this.#model(place), listener)
  }

  async createFrom(
    file: string,
    name: string,
    model: OllamaModel,
    listener: CreateListener = {}
  ): Promise<void> {
    if (!ollamaName.test(name)) throw new NeiroError('OLLAMA_NAME', { name })
    const client = this.#client()
    if (!client || (await client.version()) === null) throw new NeiroError('OLLAMA_NOT_RUNNING')
    await createInOllama(client, { name, file, model }, listener)
  }

  /** Answers at once; what becomes of it is told by change. */
  start(place: RunPlace, id: string, name: string): OllamaProgress {
    const abort = new AbortController()
    this.#creating.get(id)?.abort()
    this.#creating.set(id, abort)
    const at = (change: Partial<OllamaProgress>): OllamaProgress => {
      const progress: OllamaProgress = { id, name, state: 'hash', progress: 0, error: null, ...change }
      this.parts.onChange(progress)
      return progress
    }
    void this.create(place, id, name, {
      signal: abort.signal,
      onProgress: (state, progress) => at({ state, progress })
    })
      .then(
        () => at({ state: 'done', progress: 1 }),
        (error: unknown) =>
          at({
            state: 'failed',
            error: (abort.signal.aborted ? new NeiroError('EXPORT_CANCELLED') : knownError(error)).toData()
          })
      )
      .finally(() => {
        if (this.#creating.get(id) === abort) this.#creating.delete(id)
      })
    return at({})
  }

  cancel(id: string): void {
    this.#creating.get(id)?.abort()
  }

  async put(place: RunPlace, id: string): Promise<LmStudioPut> {
    const { file, dir } = await this.#file(place, id)
    return this.putFile(file, basename(dir))
  }

  async putFile(file: string, name: string): Promise<LmStudioPut> {
    const models = await lmStudioModels(this.parts.home)
    if (models === null) throw new NeiroError('LM_STUDIO_NOT_FOUND')
    const { file: shownPath, how } = await putIntoLmStudio(models, file, name)
    return { shownPath, how }
  }

  #client(): OllamaClient | null {
    const address = ollamaAddress(this.parts.env)
    return address && new OllamaClient(address)
  }

  async #model(place: RunPlace): Promise<OllamaModel> {
    const tuned = await this.parts.tuned(place)
    return ollamaModelOf(tuned, await knowledgeOf(tuned))
  }

  async #file(place: RunPlace, id: string): Promise<{ readonly file: string; readonly dir: string }> {
    const found = (await this.parts.kept(place.dir)).find((one) => one.id === id)
    const dir = found?.dir ?? ''
    const file = join(dir, `${basename(dir)}.gguf`)
    if (!found || !existsSync(file)) throw new NeiroError('EXPORT_NOT_FOUND')
    return { file, dir }
  }
}
