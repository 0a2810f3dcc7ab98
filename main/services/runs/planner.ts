// What a training will take on this machine before it starts: memory, time, and what would make it fit. Asks
// the engine for memory and the calibration for speed; chooses nothing but what memory forces.
import type { MemoryPlan, ModelInfo, OpenOptions } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import { isFor, type Settings } from '../../contract/settings'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { Fit, Preset, PresetReason, TrainingPlan } from '../../contract/window/training'
import { estimateTime } from './estimate-time'
import { trainingOptions } from './training-options'
import type { Calibration } from '../engine/calibration'
import { choosePresets } from './presets'
import { smallerBites } from './save-memory'
import { partOf } from './part-of'
import { rowLengths, type CountedSet } from './token-counts'

export interface PlannerOptions {
  readonly engine: TrainerCaller
  readonly calibration: Calibration
  /** as the user set it; 0 = one per processor */
  readonly threads: () => number
  /** memory that a training of now will have given back, bytes */
  readonly soonFree: () => Promise<number>
}

/** What is to be learnt, by what. */
export interface TrainingTask {
  readonly modelDir: string
  readonly counted: CountedSet
  readonly maxPositionEmbeddings: number
  readonly proven: Settings | null
}

/** a question with its answer while training, tokens */
const askedContext = 256
/** longer than this, and a try on a part comes first */
const longTraining = 30 * 60
const shortest = 64

export class Planner {
  readonly #memory = new Map<string, Promise<MemoryPlan>>()

  constructor(private readonly options: PlannerOptions) {}

  async plan(task: TrainingTask, settings: Settings, part: number): Promise<TrainingPlan> {
    const plan = await this.#plan(task, settings, part)
    return plan.fit === 'too-large' ? { ...plan, remedy: await this.#remedy(task, settings, part) } : plan
  }

  async presets(task: TrainingTask): Promise<readonly Preset[]> {
    const info = await this.#inspect(task)
    const choices = choosePresets({
      train: task.counted.train.length,
      heldOut: task.counted.heldOut.length,
      lengths: task.counted.train.flatMap(({ rows }) => rows),
      parameters: info.parameters,
      maxPositionEmbeddings: task.maxPositionEmbeddings,
      proven: task.proven
    })
    const presets: Omit<Preset, 'recommended'>[] = []
    for (const choice of choices) {
      const settings = await this.#fitted(task, choice.settings, choice.part)
      const plan = await this.plan(task, settings, choice.part)
      const reasons = [...choice.reasons, ...memoryReasons(choice.settings, settings)]
      presets.push({ ...choice, settings, plan, reasons })
    }
    const balanced = presets.find(({ key }) => key === 'balanced')
    const recommended = (balanced?.plan.seconds ?? 0) > longTraining ? 'quick' : 'balanced'
    return presets.map((preset) => ({ ...preset, recommended: preset.key === recommended }))
  }

  /** Updates of the run. One that cannot fit even in the smallest bites is refused before it is made. */
  async stepsIfItCanFit(task: TrainingTask, settings: Settings, part: number): Promise<number> {
    const plan = await this.#plan(task, settings, part)
    if (plan.fit !== 'too-large') return plan.steps
    const bites = inSmallerBites(settings)
    const smallest = { ...(bites.at(-1) ?? settings), gradientCheckpointing: true }
    const { fit, memory, memoryAvailable } = await this.#plan(task, smallest, part)
    if (fit !== 'too-large') return plan.steps
    const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)
    throw new NeiroError('TRAINING_TOO_LARGE', {
      needed: gigabytes(memory.total),
      memory: gigabytes(memoryAvailable)
    })
  }

  async #plan(task: TrainingTask, settings: Settings, part: number): Promise<TrainingPlan> {
    const { engine, calibration, threads, soonFree } = this.options
    const train = await partOf(task.counted.train, part, settings.seed)
    const lengths = rowLengths(train, settings.maxSeqLength)
    const heldOutLengths = rowLengths(task.counted.heldOut, settings.maxSeqLength)
    if (lengths.length === 0) throw nothingYet()
    // measured first: what it takes for a moment must not count as the process's own memory
    const speed = await calibration.speed(threads())
    const open = trainingOptions(settings, {
      modelDir: task.modelDir,
      trainLengths: lengths,
      heldOutLengths,
      maxContext: Math.min(askedContext, task.maxPositionEmbeddings),
      threads: threads()
    })
    const memory = await this.#memoryOf(open)
    const { memoryBytes, memoryAvailableBytes } = await engine.call('probe', undefined)
    const available = Math.min(memoryBytes, memoryAvailableBytes + (await soonFree()))
    const trainTokens = sum(lengths)
    const time = estimateTime(
      await this.#inspect(task),
      memory,
      open.baseQuantization,
      settings,
      { examples: lengths.length, trainTokens, heldOutTokens: sum(heldOutLengths) },
      speed
    )
    return {
      memory,
      memoryAvailable: available,
      memoryTotal: memoryBytes,
      fit: fitOf(memory.total, available),
      seconds: time.seconds,
      steps: time.totalSteps,
      trainExamples: train.length,
      heldOutExamples: task.counted.heldOut.length,
      trainTokens,
      remedy: null
    }
  }

  /** The settings themselves where they fit; else in smaller bites; the rest only when nothing else helps. */
  async #fitted(task: TrainingTask, settings: Settings, part: number): Promise<Settings> {
    const bites = [settings, ...inSmallerBites(settings)]
    const fits: Fit[] = []
    for (const candidate of bites) {
      const { fit } = await this.#plan(task, candidate, part)
      if (fit === 'fits') return candidate
      fits.push(fit)
    }
    const tight = bites[fits.indexOf('tight')]
    if (tight) return tight
    const smallest = bites.at(-1) as Settings
    for (const candidate of withLess(smallest))
      if ((await this.#plan(task, candidate, part)).fit !== 'too-large') return candidate
    return settings
  }

  /** What to change so that it fits; shorter examples last, and only because the user is asked. */
  async #remedy(task: TrainingTask, settings: Settings, part: number): Promise<Partial<Settings> | null> {
    const bites = inSmallerBites(settings)
    const less = withLess(bites.at(-1) ?? settings)
    for (const candidate of [...bites, ...less, ...shorter(less.at(-1) ?? bites.at(-1) ?? settings)])
      if ((await this.#plan(task, candidate, part)).fit !== 'too-large') return changed(settings, candidate)
    return null
  }

  #inspect({ modelDir }: TrainingTask): Promise<ModelInfo> {
    return this.options.engine.call('inspectModel', { modelDir })
  }

  #memoryOf(open: OpenOptions): Promise<MemoryPlan> {
    const key = JSON.stringify(open)
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

export function fitOf(needed: number, available: number): Fit {
  if (needed <= available * 0.8) return 'fits'
  return needed <= available ? 'tight' : 'too-large'
}

/** Fewer examples at once, step by step; the training stays the same. */
function inSmallerBites(settings: Settings): readonly Settings[] {
  const all: Settings[] = []
  for (let last = settings; last.batchSize > 1;) all.push((last = { ...last, ...smallerBites(last) }))
  return all
}

/** What costs time, then what costs a little quality. */
function withLess(settings: Settings): readonly Settings[] {
  const again = { ...settings, gradientCheckpointing: true }
  const all = settings.gradientCheckpointing ? [] : [again]
  const packed = isFor('baseQuantization', settings.method) && settings.baseQuantization !== 'nf4'
  return packed ? [...all, { ...again, baseQuantization: 'nf4' as const }] : all
}

function shorter(settings: Settings): readonly Settings[] {
  const all: Settings[] = []
  for (let tokens = settings.maxSeqLength / 2; tokens >= shortest; tokens /= 2)
    all.push({ ...settings, maxSeqLength: Math.ceil(tokens / 64) * 64 })
  return all
}

function changed(from: Settings, to: Settings): Partial<Settings> {
  const keys = Object.keys(to) as (keyof Settings)[]
  return Object.fromEntries(keys.filter((key) => from[key] !== to[key]).map((key) => [key, to[key]]))
}

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

function nothingYet(): NeiroError {
  return new NeiroError('NO_EXAMPLES_YET')
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
