// Everything around a training that the window asks for: presets and plans for a project, a new run made and
// put into the queue. The training itself is the trainer's; the queue is training-queue.ts.
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import type { Recipe, Settings } from '../../contract/settings'
import type { Preset, PresetKey, RunView, TrainingPlan } from '../../contract/window/training'
import { readModel, type Model } from '../models/read-model'
import type { OpenedProject, Projects } from '../projects/projects'
import { starterWord } from '../recipes/recipe'
import { prepareRun } from './prepare-run'
import { starterId } from '../../contract/window/projects'
import type { ModelShelf } from '../models/model-shelf'
import { partOf } from './part-of'
import type { Planner, TrainingTask } from './planner'
import { jobOf } from './run-model'
import { runData } from './run-data'
import { runsDirOf, type RunStore } from './run-store'
import type { CountedExample, TokenCounts } from './token-counts'
import type { TrainingQueue } from './training-queue'
import { freshWindowFile, windowFileName, windowFileText } from './window-file'

export interface TrainingOptions {
  readonly projects: Projects
  readonly shelf: ModelShelf
  readonly counts: TokenCounts
  readonly planner: Planner
  readonly store: RunStore
  readonly queue: TrainingQueue
  readonly threads: () => number
  /** settings that were tried out with the built-in data and model; null where there are none */
  readonly provenSettings: () => Promise<Settings | null>
  /** the name of a run that was given none */
  readonly runName: (preset: PresetKey | 'custom', number: number) => string
}

export interface StartRequest {
  readonly project: string
  readonly preset: PresetKey | 'custom'
  readonly settings: Settings
  readonly part: number
  readonly questions: readonly string[]
  readonly name?: string
}

export class Training {
  constructor(private readonly options: TrainingOptions) {}

  async presets(project: string): Promise<readonly Preset[]> {
    const opened = await this.options.projects.get(project)
    return this.options.planner.presets(await this.#task(opened, chosenModel(opened)))
  }

  async plan(project: string, settings: Settings, part: number): Promise<TrainingPlan> {
    const opened = await this.options.projects.get(project)
    return this.options.planner.plan(await this.#task(opened, chosenModel(opened)), settings, part)
  }

  /** The balanced preset with another model: what its meter shows. */
  async planModel(model: string, project: string): Promise<TrainingPlan> {
    const opened = await this.options.projects.get(project)
    const presets = await this.options.planner.presets(await this.#task(opened, model))
    return (presets.find(({ key }) => key === 'balanced') as Preset).plan
  }

  async start(request: StartRequest): Promise<RunView> {
    const { projects, store, queue, threads, planner } = this.options
    const { settings, part, questions } = request
    const opened = await projects.get(request.project)
    const modelId = chosenModel(opened)
    const task = await this.#task(opened, modelId)
    const steps = await planner.stepsIfItCanFit(task, settings, part)
    const split = {
      train: learnable(await partOf(task.counted.train, part, settings.seed)),
      heldOut: learnable(task.counted.heldOut)
    }
    const data = runData(split)
    const name = request.name?.trim() || (await this.#freeName(request))
    const recipe: Recipe = {
      name,
      model: modelId === starterId ? starterWord : task.modelDir,
      data: data.train,
      ...(data.heldOut.length > 0 && { heldOut: data.heldOut }),
      ...(opened.file.systemPrompt !== '' && { systemPrompt: opened.file.systemPrompt }),
      questions,
      settings
    }
    const own = {
      ...freshWindowFile(name),
      preset: request.preset,
      part,
      questions: [...questions],
      trainExamples: split.train.length,
      heldOutExamples: split.heldOut.length,
      totalSteps: steps
    }
    const { dir } = await prepareRun({
      recipe,
      model: task.model,
      modelDir: task.modelDir,
      dataPaths: [],
      examples: split,
      files: { [windowFileName]: windowFileText(own) },
      runsDir: runsDirOf(opened.dir),
      threads: threads()
    })
    const place = store.placeOf(opened.file.id, dir)
    await projects.change(opened.file.id, { chosenRun: place.id, step: 'train' })
    await queue.add(place)
    return store.view(place)
  }

  async resume(id: string): Promise<RunView> {
    const { store, queue, shelf } = this.options
    const place = await store.place(id)
    if ((await store.view(place)).state === 'finished')
      throw new NeiroError('RUN_FINISHED', { run: place.dir })
    await jobOf(place.dir, shelf)
    await queue.next(place)
    return store.view(place)
  }

  async #task(opened: OpenedProject, modelId: string): Promise<TrainingTask & { readonly model: Model }> {
    const { shelf, counts, provenSettings } = this.options
    const modelDir = await shelf.dirOf(modelId)
    const model = await readModel(modelDir)
    const ofSample = opened.file.sample && modelId === starterId
    return {
      model,
      modelDir,
      counted: await counts.of(opened.dir, opened.file.systemPrompt, modelDir),
      maxPositionEmbeddings: model.maxPositionEmbeddings,
      proven: ofSample ? await provenSettings() : null
    }
  }

  async #freeName({ project, preset }: StartRequest): Promise<string> {
    const names = new Set((await this.options.store.list(project)).map(({ name }) => name))
    for (let number = 1; ; number++) {
      const name = this.options.runName(preset, number)
      if (!names.has(name)) return name
    }
  }
}

const learnable = (counted: readonly CountedExample[]): readonly Example[] =>
  counted.filter(({ rows }) => rows.length > 0).map(({ example }) => example)

function chosenModel({ file }: OpenedProject): string {
  if (file.modelId !== null) return file.modelId
  throw new NeiroError('NO_MODEL_CHOSEN')
}
