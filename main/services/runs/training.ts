// Everything around a training: presets and plans for a project, a new run made, a run at rest made ready. The window
// puts it into the queue (run-queue.ts), the terminal hands it to the runner; the training itself is the trainer's.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { OpenOptions } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import { headOf, methodFor } from '../../contract/goals'
import type { Language } from '../../contract/language'
import type { MethodKey } from '../../contract/methods'
import type { Example } from '../../contract/records'
import { settingRows, type Recipe, type Settings, type Weights } from '../../contract/settings'
import type { ModelPlan, Preset, PresetKey, RunView, TrainingPlan } from '../../contract/window/training'
import { readModel, type Model } from '../models/read-model'
import type { OpenedProject, Projects } from '../projects/projects'
import { starterWord } from '../recipes/recipe'
import { starterId } from '../../contract/window/projects'
import type { Job } from '../../contract/trainer-protocol'
import type { ModelShelf } from '../models/model-shelf'
import type { SplitLots } from '../tokens/example-lots'
import type { ModelTexts } from '../tokens/model-texts'
import { checkHead, encodeRun, type EncodedRun } from './encode-run'
import { stepsOf } from './estimate-time'
import { judgeOf, judgesOf } from './judges'
import { partOfSet } from './part-of'
import type { MemoryNeed, Planner, TrainingTask } from './planner'
import { jobOf, sameModel } from './run-model'
import type { RunQueue } from './run-queue'
import { checkModel, goingOn, readStart, type RunStart } from './run-start'
import type { InStorage } from '../storage/storage-place'
import { runsDirOf, type RunStore } from './run-store'
import type { RunPlace } from './run-view'
import { learnable, type CountedProject, type TokenCounts } from './token-counts'
import { chosenModel, labelsOf, wantedOf } from './of-project'
import { watchedQuestions } from './watched-questions'
import { weighedPart } from './weighed-lots'
import { writeRun } from './write-run'
import { runNameIn } from '../../words/run-name'

export interface TrainingOptions {
  readonly projects: Projects
  readonly shelf: ModelShelf
  readonly counts: TokenCounts
  readonly planner: Planner
  readonly store: RunStore
  readonly queue: RunQueue
  readonly modelTexts: ModelTexts
  /** runs of no project lie in its runs */
  readonly storage: InStorage
  readonly threads: () => number
  /** of the reader */
  readonly language: () => Language
  /** settings that were tried out with the built-in data and model; null where there are none */
  readonly provenSettings: () => Promise<Settings | null>
  /** the name of a run that was given none */
  readonly runName: (preset: PresetKey | 'custom', number: number) => string
}

/** held-out examples among which questions to watch are looked for */
const mostLookedAt = 5000
/** held out where nobody has asked for another share, as the data room shows it */
const usualShare = settingRows.heldOutRatio.default

/** What another run left, in its folder. */
type From = RunStart & { readonly dir: string }

interface ProjectTask extends TrainingTask {
  readonly model: Model
  readonly counted: CountedProject
  readonly from: From | null
}

export interface StartRequest {
  readonly project: string
  readonly preset: PresetKey | 'custom'
  readonly settings: Settings
  readonly part: number
  readonly questions: readonly string[]
  /** the run that it goes on from; absent: it begins with the model as it is */
  readonly start?: string
  readonly name?: string
  /** how often what is learnt of a file comes in an epoch; of those that are not named once */
  readonly weights?: Weights | undefined
  /** the run whose model gives answers points, and the file of a program that does */
  readonly rewardRun?: string | undefined
  readonly rewardProgram?: string | undefined
}

/** By what, and from where on. */
interface Way {
  /** absent: the one that learns from most of what is there */
  readonly method?: MethodKey
  readonly start?: string | undefined
  /** absent: what was made from others is learnt too */
  readonly synthetic?: Settings['synthetic']
  readonly weights?: Weights | undefined
  /** folder of the run whose model gives answers points */
  readonly rewardRun?: string | undefined
}

/** What a run is made of. */
export interface WantedRun {
  readonly recipe: Recipe
  readonly model: Model
  readonly split: SplitLots
  /** PEFT folder that it goes on from */
  readonly startDir?: string | undefined
}

/** Where a run is kept, and as what. */
export interface Keeping {
  /** null: among the runs of no project */
  readonly project?: OpenedProject | null
  /** exactly this folder */
  readonly dir?: string | undefined
  readonly preset?: PresetKey | 'custom'
  readonly part?: number
  readonly ofSweep?: true
  /** it is trained on another machine: whether it fits here says nothing */
  readonly elsewhere?: true
}

export interface Kept {
  readonly place: RunPlace
  readonly need: MemoryNeed
  /** it will be found again by its name; false: only by its folder */
  readonly listed: boolean
}

/** A model that only fits when it is packed says so before it is chosen: its answers may differ a little. */
export const modelPlanOf = ({ plan, settings }: Preset): ModelPlan => ({
  ...plan,
  ...(settings.baseQuantization === 'nf4' && { packed: true })
})

export class Training {
  constructor(private readonly options: TrainingOptions) {}

  async presets(project: string, start?: string): Promise<readonly Preset[]> {
    const opened = await this.options.projects.get(project)
    return this.options.planner.presets(await this.#task(opened, chosenModel(opened), usualShare, { start }))
  }

  async plan(
    project: string,
    settings: Settings,
    part: number,
    { start, weights, rewardRun }: Pick<StartRequest, 'start' | 'weights' | 'rewardRun'> = {}
  ): Promise<TrainingPlan> {
    const opened = await this.options.projects.get(project)
    const { method, heldOutRatio, synthetic } = settings
    const way = { method, start, synthetic, weights, rewardRun: await this.#dirOf(rewardRun) }
    const task = await this.#task(opened, chosenModel(opened), heldOutRatio, way)
    return this.options.planner.planTask(task, settings, part)
  }

  /** What to watch while it trains, where the user has no questions: some that it does not learn. */
  async questions(project: string, heldOutRatio: number): Promise<readonly string[]> {
    const opened = await this.options.projects.get(project)
    if (headOf(opened.file.goal) === 'score') return []
    const { counted } = await this.#task(opened, chosenModel(opened), heldOutRatio)
    const { positions, ...part } = learnable(counted.heldOut)
    const some = { ...part, positions: positions.subarray(0, mostLookedAt) }
    const examples: Example[] = []
    for await (const lot of counted.lotsOf(some).lots()) examples.push(...lot.examples)
    return watchedQuestions(examples, this.options.language())
  }

  /** The first examples of either part, as a training with the usual share would split them. */
  async examplesOf(
    project: string,
    most: { readonly heldOut: number; readonly train: number }
  ): Promise<{
    readonly modelDir: string
    readonly heldOut: readonly Example[]
    readonly train: readonly Example[]
  }> {
    const opened = await this.options.projects.get(project)
    const { counted, modelDir } = await this.#task(opened, chosenModel(opened), usualShare)
    const first = async (of: 'heldOut' | 'train'): Promise<readonly Example[]> => {
      const { positions, ...part } = learnable(counted[of])
      const examples: Example[] = []
      const some = { ...part, positions: positions.subarray(0, most[of]) }
      for await (const lot of counted.lotsOf(some).lots()) examples.push(...lot.examples)
      return examples
    }
    return { modelDir, heldOut: await first('heldOut'), train: await first('train') }
  }

  /** The balanced preset with another model: what its meter shows. */
  async planModel(model: string, project: string): Promise<ModelPlan> {
    const opened = await this.options.projects.get(project)
    const presets = await this.options.planner.presets(await this.#task(opened, model, usualShare))
    return modelPlanOf(presets.find(({ key }) => key === 'balanced') as Preset)
  }

  /** The same for a model by a folder of its shape alone. The examples are counted by the tokenizer of a model that is
   *  here: of that one itself where it is, else of another, which counts about as many. */
  async planFolder(
    modelDir: string,
    maxPositionEmbeddings: number,
    project: string,
    textOf: string = starterId
  ): Promise<ModelPlan> {
    const opened = await this.options.projects.get(project)
    const { shelf, counts, planner } = this.options
    const { dir, file } = opened
    const method = methodFor(file.goal, await counts.kindsOf(dir))
    const counted = await counts.of(dir, wantedOf(file, method), await shelf.dirOf(textOf), usualShare)
    const presets = await planner.presets({
      ...{ modelDir, counted, maxPositionEmbeddings, proven: null },
      ...{ method, labels: labelsOf(counted) }
    })
    return modelPlanOf(presets.find(({ key }) => key === 'balanced') as Preset)
  }

  /** Makes the run, puts it into the queue, and shows it in its project. */
  async startRun(request: StartRequest): Promise<RunView> {
    const { projects, store, queue } = this.options
    const place = await this.#makeRun(request)
    await projects.change(request.project, { chosenRun: place.id, step: 'train' })
    await queue.startRun(place)
    return store.view(place)
  }

  /** Made, and not begun: it waits for the user's word on what leaves this machine. */
  prepareRun(request: StartRequest): Promise<RunPlace> {
    return this.#makeRun(request, { elsewhere: true })
  }

  /** One that tries settings: what the project shows stays. */
  async queueTrial(request: StartRequest): Promise<RunPlace> {
    const place = await this.#makeRun(request, { ofSweep: true })
    await this.options.queue.startRun(place)
    return place
  }

  /** Goes on with a run at rest, before whatever waits. */
  async resumeRun(id: string): Promise<RunView> {
    const { store, queue } = this.options
    const place = await store.place(id)
    await this.readyRun(place)
    await queue.resumeRun(place)
    return store.view(place)
  }

  /** The run can go on: it is not finished, and its model is where its job says, as it was. */
  async readyRun(place: RunPlace): Promise<Job> {
    if ((await this.options.store.view(place)).state === 'finished')
      throw new NeiroError('RUN_FINISHED', { run: place.dir })
    const job = await jobOf(place.dir, this.options.shelf)
    const { modelDir } = job.open
    if (!existsSync(resolve(place.dir, modelDir)))
      throw new NeiroError('MODEL_MOVED', { modelDir, run: place.dir })
    await sameModel(job, resolve(place.dir, modelDir), this.options.modelTexts)
    return job
  }

  /** A run as the trainer would read it; nothing is written. Throws NOTHING_TO_LEARN. */
  encodeRun(wanted: WantedRun): Promise<EncodedRun> {
    return this.#encode(wanted, null)
  }

  /** Encodes a run and writes its folder. onEncoded is told what became of the examples before anything else is looked at,
   *  and may throw to leave it. Throws NOTHING_TO_LEARN, RUN_DOES_NOT_FIT where it can never fit, RUN_EXISTS where `dir` is
   *  in use. */
  async keepRun(
    wanted: WantedRun,
    { project = null, dir: into, preset = 'custom', part = 1, ofSweep, elsewhere }: Keeping,
    onEncoded: (encoded: EncodedRun) => void | Promise<void> = () => undefined
  ): Promise<Kept> {
    const { planner, store, storage } = this.options
    const target = { runsDir: runsDirOf(project?.dir ?? storage.dir), name: wanted.recipe.name, dir: into }
    const { dir, need } = await writeRun(target, async (staging) => {
      const run = await this.#encode(wanted, staging)
      await onEncoded(run)
      const { settings } = run.job
      const need = await (elsewhere
        ? planner.needOf(settings, run.input)
        : planner.check(settings, run.input))
      const { totalSteps } = stepsOf(settings, run.work)
      return { run, need, own: { preset, part, totalSteps, ...(ofSweep && { ofSweep }) } }
    })
    const place = store.placeOf(project?.file.id ?? null, dir)
    // a data folder that cannot be written keeps no list; the run itself is where it was wanted
    const listed = await store.remember(place).then(
      () => true,
      () => false
    )
    return { place, need, listed }
  }

  async #makeRun(
    request: StartRequest,
    more: Pick<Keeping, 'ofSweep' | 'elsewhere'> = {}
  ): Promise<RunPlace> {
    const { settings, part, questions, weights, rewardProgram } = request
    const rewardRun = await this.#dirOf(request.rewardRun)
    const opened = await this.options.projects.get(request.project)
    const modelId = chosenModel(opened)
    const { model, modelDir, counted, from } = await this.#task(opened, modelId, settings.heldOutRatio, {
      method: settings.method,
      synthetic: settings.synthetic,
      start: request.start,
      weights
    })
    const { train, heldOut } = partOfSet(counted, part, settings.seed)
    const said: Recipe = {
      name: request.name?.trim() || (await this.#freeName(opened, request)),
      model: modelId === starterId && from?.adapterDir !== null ? starterWord : modelDir,
      ...(from && { start: from.dir }),
      data: [],
      ...(opened.file.systemPrompt !== '' && { systemPrompt: opened.file.systemPrompt }),
      questions,
      ...(weights && { weights }),
      ...(rewardRun !== undefined && { rewardRun }),
      ...(rewardProgram !== undefined && { rewardProgram }),
      settings
    }
    // what cannot be learnt says nothing about what was
    const split = { train: counted.lotsOf(train), heldOut: counted.lotsOf(learnable(heldOut)) }
    const recipe = from ? goingOn(said, from) : said
    const startDir = from?.adapterDir ?? undefined
    const keeping = { project: opened, preset: request.preset, part, ...more }
    const { place } = await this.keepRun({ recipe, model, split, startDir }, keeping)
    return place
  }

  async #encode(wanted: WantedRun, into: string | null): Promise<EncodedRun> {
    const { modelTexts, shelf } = this.options
    const threads = this.options.threads()
    const modelText = await modelTexts.get(wanted.model)
    const judges = await judgesOf(wanted.recipe, wanted.model, shelf, { modelTexts, threads })
    return encodeRun({ ...wanted, modelText, threads, judges }, into)
  }

  async #task(
    opened: OpenedProject,
    modelId: string,
    heldOutRatio: number,
    way: Way = {}
  ): Promise<ProjectTask> {
    const { shelf, counts, provenSettings } = this.options
    const { goal } = opened.file
    const from = way.start === undefined ? null : await this.#start(way.start)
    // where all of a model learnt, that model is what it goes on with
    const modelDir = (from?.adapterDir === null ? from.modelDir : null) ?? (await shelf.dirOf(modelId))
    const model = await readModel(modelDir, this.options.modelTexts)
    checkHead(model, headOf(goal))
    if (from) await checkModel(model, from)
    const method = way.method ?? methodFor(goal, await counts.kindsOf(opened.dir))
    const all = await counts.of(
      opened.dir,
      wantedOf(opened.file, method, way.synthetic),
      modelDir,
      heldOutRatio
    )
    // what is held out is asked once, however often its like is learnt
    const counted = way.weights ? { ...all, train: weighedPart(all.train, all.files, way.weights) } : all
    const ofSample = opened.file.sample && modelId === starterId
    return {
      ...{ model, modelDir, counted, method, from, onLearnt: from?.adapterDir === null },
      labels: labelsOf(counted),
      maxPositionEmbeddings: model.maxPositionEmbeddings,
      proven: ofSample && goal === 'tone' && !from ? await provenSettings() : null,
      ...(await this.#judge(model, way.rewardRun)),
      ...(from?.adapterDir != null && { start: { dir: from.adapterDir, settings: from.settings } })
    }
  }

  /** Of a run, where one is named. */
  async #dirOf(run: string | undefined): Promise<string | undefined> {
    return run === undefined ? undefined : (await this.options.store.place(run)).dir
  }

  /** The model that gives answers points. */
  async #judge(model: Model, rewardRun: string | undefined): Promise<{ readonly judge?: OpenOptions }> {
    if (rewardRun === undefined) return {}
    const { shelf, modelTexts } = this.options
    return { judge: await judgeOf(rewardRun, model, shelf, { modelTexts, threads: this.options.threads() }) }
  }

  async #start(run: string): Promise<From> {
    const { dir } = await this.options.store.place(run)
    return { ...(await readStart(dir, this.options.shelf)), dir }
  }

  async #freeName(opened: OpenedProject, { preset }: StartRequest): Promise<string> {
    // a run that was begun in the other language is called the same in this one
    const runs = await this.options.store.listOf(opened)
    const names = new Set(runs.map(({ name }) => runNameIn(name, this.options.language())))
    for (let number = 1; ; number++) {
      const name = this.options.runName(preset, number)
      if (!names.has(name)) return name
    }
  }
}
