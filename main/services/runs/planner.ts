// What a training will take on this machine before it starts: memory, time, and what would make it fit. Asks
// the engine for memory and the calibration for speed; chooses nothing but what memory forces.
import type { Gpu, MemoryPlan, ModelInfo, OpenOptions } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import { answersItself, methodRows, rates, type MethodKey, type MethodRow } from '../../contract/methods'
import { points, scoreHead } from '../../contract/scores'
import type { Settings } from '../../contract/settings'
import { virtualTokensOf } from '../../contract/virtual-tokens'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { Fit, Preset, PresetReason, TrainingPlan } from '../../contract/window/training'
import { estimateTime, type TimeEstimate, type TrainingWork } from './estimate-time'
import { memoryShares, onPc } from '../../contract/memory-shares'
import { fitOf, fitOnGpu, worstFit } from './fit'
import { besideEachOther } from './plans-together'
import { judgeOptions, trainingOptions, type TrainingInput } from './training-options'
import { loadOf } from '../runners/folder/scale'
import { timeOnGpus, type GpuTime } from '../runners/gpu-time'
import { LabelCounts } from '../tokens/labels/scheme'
import type { Calibration } from '../engine/calibration'
import { choosePresets, reasonsOf, type PresetChoice, type PresetFacts } from './presets'
import { shortened } from './quick-try'
import { changed, inSmallerBites, shorter, smallest, withLess } from './smaller-bites'
import { partOfSet } from './part-of'
import { readTokens, textRoom } from './text-room'
import { cutAt, rowLengths, wholeLengths, type CountedSet } from './token-counts'

export interface PlannerOptions {
  readonly engine: TrainerCaller
  readonly calibration: Calibration
  /** as the user set it; 0 = one per processor */
  readonly threads: () => number
  /** memory that a training of now will have given back, bytes */
  readonly soonFree: () => Promise<number>
}

export interface MemoryNeed {
  readonly memory: MemoryPlan
  /** available: free now, and what a training of now will have given back */
  readonly machine: { readonly memoryBytes: number; readonly availableBytes: number }
  readonly fit: Fit
}

export interface RunPlan extends MemoryNeed {
  readonly model: ModelInfo
  readonly time: TimeEstimate
  readonly onGpus: GpuTime | null
}

/** What is to be learnt, by what. */
export interface TrainingTask {
  readonly modelDir: string
  readonly counted: CountedSet
  readonly maxPositionEmbeddings: number
  readonly proven: Settings | null
  /** of the presets */
  readonly method: MethodKey
  /** of what is learnt from; null: nothing is sorted */
  readonly labels: LabelCounts | null
  /** PEFT folder that it goes on from, and what that decides; absent: it begins with the model as it is */
  readonly start?: { readonly dir: string; readonly settings: Partial<Settings> } | undefined
  /** the model that gives its answers points; absent: none */
  readonly judge?: OpenOptions
  /** the model is what another run has learnt whole */
  readonly onLearnt?: boolean
}

/** a question with its answer while training, tokens */
const askedContext = 256
/** longer than this, and a try on a part comes first */
const longTraining = 30 * 60

export class Planner {
  readonly #memory = new Map<string, Promise<MemoryPlan>>()
  /** bytes that a process of the engine has taken before any model, at the least that was seen */
  #ownBytes = Infinity

  constructor(private readonly options: PlannerOptions) {}

  /** The same for a project's examples, by their lengths alone; with a remedy where it does not fit. */
  async planTask(task: TrainingTask, settings: Settings, part: number): Promise<TrainingPlan> {
    const plan = await this.#planTask(task, settings, part)
    return plan.fit === 'fits'
      ? plan
      : { ...plan, remedy: await this.#remedy(task, settings, part, plan.fit) }
  }

  async presets(task: TrainingTask): Promise<readonly Preset[]> {
    const info = await this.#inspect(task)
    const facts: PresetFacts = {
      train: task.counted.train.positions.length,
      heldOut: task.counted.heldOut.positions.length,
      lengths: wholeLengths(task.counted.train),
      parameters: info.parameters,
      maxPositionEmbeddings: task.maxPositionEmbeddings,
      proven: task.proven,
      method: task.method,
      start: task.start?.settings ?? null,
      onLearnt: task.onLearnt === true,
      labels: task.labels?.counts.size ?? 0
    }
    const presets: Omit<Preset, 'recommended'>[] = []
    for (const choice of choosePresets(facts)) {
      const fitted = await this.#fitted(task, choice.settings, choice.part)
      const { settings, part } = await this.#inTime(task, { ...choice, settings: fitted })
      const plan = await this.planTask(task, settings, part)
      const reasons = [
        ...reasonsOf(choice.key, settings, part, facts),
        ...(settings === fitted ? [] : [inMinutes]),
        ...memoryReasons(choice.settings, fitted)
      ]
      presets.push({ key: choice.key, part, settings, plan, reasons })
    }
    const balanced = presets.find(({ key }) => key === 'balanced')
    const recommended = (balanced?.plan.seconds ?? 0) > longTraining ? 'quick' : 'balanced'
    return presets.map((preset) => ({ ...preset, recommended: preset.key === recommended }))
  }

  /** What a training will take, before it starts. */
  async plan(settings: Settings, input: TrainingInput, work: TrainingWork): Promise<RunPlan> {
    const { engine, calibration, threads } = this.options
    // measured first: what it takes for a moment must not count as the process's own memory
    const ofProcessor = await calibration.speed(threads())
    const need = await this.needOf(settings, input)
    const model = await engine.call('inspectModel', { modelDir: input.modelDir })
    const { onGpu, gpuName } = need.memory
    const speed = onGpu ? await calibration.speedOfGpu(gpuName) : ofProcessor
    const probe = await engine.call('probe', undefined)
    const bf16 = onGpu ? probe.gpu?.bf16 === true : probe.bf16
    const open = trainingOptions(settings, input)
    const time = estimateTime(
      model,
      need.memory,
      {
        quantization: open.baseQuantization,
        bf16: settings.compute === 'auto' ? bf16 : settings.compute !== 'f32',
        int8: settings.compute === 'int8'
      },
      settings,
      work,
      speed
    )
    const load = loadOf({ open, settings }, model, need.memory)
    return { ...need, model, time, onGpus: timeOnGpus(load, time.operations) }
  }

  /** The same without its time. Throws RUN_DOES_NOT_FIT where not even the smallest bites can ever fit. */
  async check(settings: Settings, input: TrainingInput): Promise<MemoryNeed> {
    const need = await this.needOf(settings, input)
    if (need.fit !== 'too-large') return need
    const least = await this.needOf(smallest(settings), input)
    if (least.fit !== 'too-large') return need
    const { onGpu, gpuTotal } = least.memory
    const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)
    throw onGpu && fitOnGpu({ needed: onGpu.total, free: gpuTotal, machine: gpuTotal }) === 'too-large'
      ? new NeiroError('RUN_DOES_NOT_FIT_GPU', {
          needed: gigabytes(onGpu.total),
          memory: gigabytes(gpuTotal)
        })
      : new NeiroError('RUN_DOES_NOT_FIT', {
          needed: gigabytes(onPc(least.memory)),
          memory: gigabytes(least.machine.memoryBytes)
        })
  }

  /** What it takes, and what of that is there. */
  async needOf(settings: Settings, input: TrainingInput): Promise<MemoryNeed> {
    const { engine, soonFree } = this.options
    // the probe of the start is old: what is free now is asked
    const { memoryBytes, memoryAvailableBytes, gpu } = await engine.call('probe', undefined)
    const learning = this.#withOwnBytes(await this.#memoryOf(trainingOptions(settings, input), gpu))
    const judge = judgeOptions(settings, input)
    const memory = judge ? besideEachOther(learning, await this.#memoryOf(judge, gpu)) : learning
    const availableBytes = Math.min(memoryBytes, memoryAvailableBytes + (await soonFree()))
    const shares = memoryShares(memory, { memory: memoryBytes, free: availableBytes })
    const fit = worstFit(
      shares.map(({ where, parts: { total: needed }, free, memory: machine }) =>
        (where === 'gpu' ? fitOnGpu : fitOf)({ needed, free, machine })
      )
    )
    return { memory, machine: { memoryBytes, availableBytes }, fit }
  }

  async #planTask(task: TrainingTask, wanted: Settings, part: number): Promise<TrainingPlan> {
    const settings = { ...wanted, ...task.start?.settings }
    const { train, heldOut } = partOfSet(task.counted, part, settings.seed)
    const before = virtualTokensOf(settings)
    const room = textRoom(task.maxPositionEmbeddings, before)
    const limit = Math.min(settings.maxSeqLength, room)
    const trainLengths = rowLengths(train, limit)
    const heldOutLengths = rowLengths(heldOut, limit)
    if (trainLengths.length === 0) throw new NeiroError('NO_EXAMPLES_YET')
    const score = scoreOf(settings, task.labels)
    // other ways have no answers to be judged
    const judge = answersItself(settings.method) ? task.judge : undefined
    const { sorts }: MethodRow = methodRows[settings.method]
    const maxContext = score ? 0 : Math.min(askedContext + before, task.maxPositionEmbeddings)
    const input = {
      modelDir: task.modelDir,
      trainLengths,
      heldOutLengths,
      maxContext,
      positions: task.maxPositionEmbeddings,
      threads: this.options.threads(),
      ...(score && { score }),
      ...(sorts && { besideLabels: task.labels?.counts.size ?? 0 }),
      ...(task.start && { startDir: task.start.dir }),
      ...(judge && { judge })
    }
    const trainTokens = readTokens(trainLengths, 0)
    const cut = cutAt(train, limit)
    const { memory, machine, fit, time, onGpus } = await this.plan(settings, input, {
      examples: trainLengths.length,
      trainTokens: readTokens(trainLengths, before),
      heldOutTokens: readTokens(heldOutLengths, before),
      ...(judge && { judged: true })
    })
    return {
      memory,
      memoryAvailable: machine.availableBytes,
      memoryTotal: machine.memoryBytes,
      fit,
      seconds: time.seconds,
      onGpus,
      steps: time.totalSteps,
      trainExamples: train.positions.length,
      heldOutExamples: heldOut.positions.length,
      trainTokens,
      cutExamples: cut.examples,
      longestExample: Math.min(cut.longest, room),
      remedy: null
    }
  }

  /** A quick try is one of minutes, whatever the model. */
  #inTime(task: TrainingTask, choice: PresetChoice): Promise<Pick<PresetChoice, 'settings' | 'part'>> {
    if (choice.key !== 'quick') return Promise.resolve(choice)
    return shortened(choice, task.counted.train.positions.length, (settings, part) =>
      this.#planTask(task, settings, part)
    )
  }

  /** The settings themselves where they fit; else in smaller bites, then with less; else what may fit when other
   *  programs give memory back. */
  async #fitted(task: TrainingTask, settings: Settings, part: number): Promise<Settings> {
    const bites = [settings, ...inSmallerBites(settings)]
    const candidates = [...bites, ...withLess(bites.at(-1) as Settings)]
    const fits: Fit[] = []
    for (const candidate of candidates) {
      const { fit } = await this.#planTask(task, candidate, part)
      if (fit === 'fits') return candidate
      fits.push(fit)
    }
    return candidates[fits.indexOf('tight')] ?? settings
  }

  /** What to change so that it fits, or at least can; shorter examples last, and only because the user is asked. */
  async #remedy(
    task: TrainingTask,
    settings: Settings,
    part: number,
    now: Fit
  ): Promise<Partial<Settings> | null> {
    const bites = inSmallerBites(settings)
    const less = withLess(bites.at(-1) ?? settings)
    let can: Settings | null = null
    const cuts = shorter(less.at(-1) ?? bites.at(-1) ?? settings)
    const elsewhere: readonly Settings[] = settings.device === 'cuda' ? [{ ...settings, device: 'cpu' }] : []
    for (const candidate of [...bites, ...less, ...elsewhere, ...cuts]) {
      const { fit } = await this.#planTask(task, candidate, part)
      if (fit === 'fits') return changed(settings, candidate)
      if (fit !== now) can ??= candidate
    }
    return can && changed(settings, can)
  }

  #inspect({ modelDir }: TrainingTask): Promise<ModelInfo> {
    return this.options.engine.call('inspectModel', { modelDir })
  }

  /** What the process that is asked has kept of work before is not the training's, and is in what is not free already: the same
   *  model takes the same, whenever it is asked. */
  #withOwnBytes(plan: MemoryPlan): MemoryPlan {
    const own = plan.runtime - (plan.onGpu?.runtime ?? 0)
    this.#ownBytes = Math.min(this.#ownBytes, own)
    const kept = own - this.#ownBytes
    return { ...plan, runtime: plan.runtime - kept, total: plan.total - kept }
  }

  #memoryOf(open: OpenOptions, gpu: Gpu | null): Promise<MemoryPlan> {
    // where it goes hangs on what is free of the GPU, which changes a little all the time
    const free = gpu && open.device !== 'cpu' ? Math.floor(gpu.memoryFreeBytes / 2 ** 26) : null
    const key = JSON.stringify([open, free])
    let plan = this.#memory.get(key)
    if (!plan) {
      // the ladders of a few presets; a model that changes on disk changes its plan hardly ever
      if (this.#memory.size > 200) this.#memory.clear()
      plan = this.options.engine.call('planMemory', open)
      this.#memory.set(key, plan)
      plan.catch(() => this.#memory.delete(key))
    }
    return plan
  }
}

/** The head that a method needs; null: it has its own. Throws what LabelCounts.scheme does. */
function scoreOf({ method, problem }: Settings, labels: LabelCounts | null): TrainingInput['score'] | null {
  if (methodRows[method].head === 'language') return null
  return scoreHead(rates(method) ? points : (labels ?? new LabelCounts()).scheme(problem))
}

const inMinutes: PresetReason = { code: 'MINUTES', details: {} }

function memoryReasons(wanted: Settings, taken: Settings): readonly PresetReason[] {
  const reasons: PresetReason[] = []
  if (taken.batchSize !== wanted.batchSize)
    reasons.push({
      code: 'MICRO_BATCH',
      details: { batch: String(taken.batchSize), steps: String(taken.gradientAccumulationSteps) }
    })
  if (taken.gradientCheckpointing && !wanted.gradientCheckpointing)
    reasons.push({ code: 'CHECKPOINTING', details: {} })
  if (taken.baseQuantization === 'nf4' && wanted.baseQuantization !== 'nf4')
    reasons.push({ code: 'NF4', details: {} })
  return reasons
}
