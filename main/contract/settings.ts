// One row per training setting: key, default, range; its words stand in main/words/settings. The form, the check
// of a recipe, the flags of the command line and the type below are all derived from this table. Imports nothing but its neighbours.
import { adapterMethods, adapterRows } from './adapter-settings'
import { methodKeys, methodRows, type MethodKey } from './methods'
import { policyRows } from './policy-settings'
import { preferenceRows } from './preference-settings'
import type { DataOverrides } from './records'
import { scoreRows } from './score-settings'
import { adapterKinds, choice, integer, number, scheduleKinds, toggle, type Row } from './setting-rows'

const modelMethods = methodKeys.filter((key) => methodRows[key].trains === 'model')

/** Those that learn token by token what is written. */
const plainMethods = ['sft', 'full', 'continued', 'continued-full'] as const satisfies readonly MethodKey[]

/** Of them those that tell an answer from what it is to. */
const answerMethods = ['sft', 'full', 'multi-task'] as const satisfies readonly MethodKey[]

export const settingRows = {
  method: choice({
    default: 'sft',
    choices: methodKeys,
    term: 'method',
    group: 'training'
  }),
  ...scoreRows,
  ...adapterRows,
  embeddingNoise: number({
    default: 0,
    min: 0,
    zero: 'none',
    max: 100,
    methods: plainMethods,
    term: 'NEFTune noise alpha',
    group: 'training'
  }),
  decayNorms: toggle({
    default: false,
    methods: modelMethods,
    term: 'weight decay of norms and biases',
    group: 'training'
  }),
  pruning: choice({
    default: 'none',
    choices: ['none', 'layer', 'global', '2:4'],
    methods: modelMethods,
    term: 'pruning by magnitude',
    group: 'training'
  }),
  pruningAmount: number({
    default: 0.5,
    min: 0.01,
    max: 0.99,
    methods: modelMethods,
    term: 'pruning amount',
    group: 'training'
  }),
  ...preferenceRows,
  ...policyRows,
  baseQuantization: choice({
    default: 'none',
    choices: ['none', 'f32', 'bf16', 'int8', 'nf4'],
    methods: adapterMethods,
    term: 'base quantisation',
    group: 'memory'
  }),
  compute: choice({
    default: 'auto',
    choices: ['auto', 'f32', 'bf16', 'int8'],
    term: 'compute type',
    group: 'memory'
  }),
  device: choice({
    default: 'auto',
    choices: ['auto', 'cpu', 'cuda'],
    term: 'device',
    group: 'memory'
  }),
  learningRate: number({
    default: 2e-4,
    min: 1e-7,
    max: 1,
    term: 'learning rate',
    group: 'training'
  }),
  epochs: number({
    default: 3,
    min: 0.01,
    max: 1000,
    unit: 'epochs',
    term: 'epochs',
    group: 'training'
  }),
  maxSteps: integer({
    default: 0,
    min: 0,
    zero: 'none',
    max: 10_000_000,
    unit: 'steps',
    term: 'max steps',
    group: 'training'
  }),
  batchSize: integer({
    default: 4,
    min: 1,
    max: 4096,
    unit: 'examples',
    term: 'batch size',
    group: 'memory'
  }),
  gradientAccumulationSteps: integer({
    default: 1,
    min: 1,
    max: 4096,
    term: 'gradient accumulation steps',
    group: 'training'
  }),
  maxSeqLength: integer({
    default: 1024,
    min: 8,
    max: 131_072,
    unit: 'tokens',
    term: 'max sequence length',
    group: 'memory'
  }),
  groupByLength: toggle({
    default: false,
    term: 'group_by_length',
    group: 'memory'
  }),
  packing: toggle({
    default: false,
    methods: plainMethods,
    term: 'packing',
    group: 'memory'
  }),
  lossOn: choice({
    default: 'responses',
    choices: ['responses', 'all'],
    methods: answerMethods,
    term: 'loss on',
    group: 'training'
  }),
  synthetic: choice({
    default: 'learn',
    choices: ['learn', 'leave-out'],
    term: 'synthetic examples',
    group: 'training'
  }),
  gradientCheckpointing: toggle({
    default: false,
    term: 'gradient checkpointing',
    group: 'memory'
  }),
  optimizer: choice({
    default: 'adamw',
    choices: ['adamw', 'adamw8bit'],
    term: 'optimizer',
    group: 'memory'
  }),
  weightDecay: number({
    default: 0.01,
    min: 0,
    max: 1,
    term: 'weight decay',
    group: 'training'
  }),
  maxGradNorm: number({
    default: 1,
    min: 0,
    zero: 'none',
    max: 1000,
    term: 'max gradient norm',
    group: 'training'
  }),
  schedule: choice({
    default: 'cosine',
    choices: scheduleKinds,
    term: 'learning-rate schedule',
    group: 'schedule'
  }),
  schedulePower: number({
    default: 1,
    min: 0.1,
    max: 10,
    schedules: ['polynomial'],
    term: 'power',
    group: 'schedule'
  }),
  scheduleCycles: integer({
    default: 2,
    min: 1,
    max: 1000,
    schedules: ['cosine_with_restarts'],
    term: 'num_cycles',
    group: 'schedule'
  }),
  warmupRatio: number({
    default: 0.05,
    min: 0,
    max: 1,
    term: 'warm-up ratio',
    group: 'schedule'
  }),
  heldOutRatio: number({
    default: 0.1,
    min: 0,
    max: 0.9,
    term: 'held-out ratio',
    group: 'evaluation'
  }),
  evaluationSteps: integer({
    default: 0,
    min: 0,
    zero: 'automatic',
    max: 1_000_000,
    unit: 'steps',
    term: 'evaluation steps',
    group: 'evaluation'
  }),
  bestBy: choice({
    default: 'automatic',
    choices: [
      'automatic',
      'loss',
      'rewardMargin',
      'rewardAccuracy',
      'pointAccuracy',
      'pointMargin',
      'reward',
      'accuracy',
      'macroF1',
      'microF1',
      'weightedF1',
      'meanError'
    ],
    term: 'metric_for_best_model',
    group: 'evaluation'
  }),
  earlyStoppingPatience: integer({
    default: 3,
    min: 0,
    zero: 'none',
    max: 1000,
    term: 'early-stopping patience',
    group: 'evaluation'
  }),
  earlyStoppingThreshold: number({
    default: 0,
    min: 0,
    max: 10,
    term: 'early-stopping threshold',
    group: 'evaluation'
  }),
  checkpointSteps: integer({
    default: 0,
    min: 0,
    zero: 'automatic',
    max: 1_000_000,
    unit: 'steps',
    term: 'checkpoint steps',
    group: 'evaluation'
  }),
  seed: integer({
    default: 42,
    min: 0,
    max: 4_294_967_295,
    term: 'seed',
    group: 'training'
  })
} as const

export { adapterKinds, scheduleKinds }
export type SettingKey = keyof typeof settingRows
type ValueOf<R> = R extends { kind: 'choice'; choices: readonly (infer T)[] }
  ? T
  : R extends { kind: 'list'; choices: readonly (infer T)[] }
    ? readonly T[]
    : R extends { kind: 'switch' }
      ? boolean
      : R extends { kind: 'text' }
        ? string
        : number
export type Settings = { readonly [K in SettingKey]: ValueOf<(typeof settingRows)[K]> }

/** The choices that decide which other settings say anything. */
export type Deciding = Pick<Settings, 'method'> & Partial<Pick<Settings, 'adapter' | 'schedule'>>

/** Whether a setting says anything to this method, with these other choices. */
export const isFor = (key: SettingKey, { method, adapter, schedule }: Deciding): boolean => {
  const row: Pick<Row<unknown>, 'methods' | 'adapters' | 'schedules'> = settingRows[key]
  return (
    (row.methods?.includes(method) ?? true) &&
    (row.adapters?.includes(adapter ?? 'lora') ?? true) &&
    (row.schedules?.includes(schedule ?? 'cosine') ?? true)
  )
}

export const defaultSettings: Settings = Object.fromEntries(
  Object.entries(settingRows).map(([key, row]) => [key, row.default])
) as unknown as Settings

/** Settings as a file has them: one from before a setting there is now was meant as that setting's default. */
export const wholeSettings = (written: Partial<Settings>): Settings => ({ ...defaultSettings, ...written })

/** Of data sets, by the names of their files. */
export type Weights = Readonly<Record<string, number>>
export const mostWeight = 100

/** A training as a file: what `neiro tune` reads and a window run writes. */
export interface Recipe {
  readonly name: string
  /** Hugging Face folder, or 'starter' for the built-in model */
  readonly model: string
  /** folder of a run whose result this one goes on from, or of an adapter in PEFT's form; absent: from the model as it is */
  readonly start?: string
  /** files or folders, or 'sample' for the built-in data */
  readonly data: readonly string[]
  /** held-out files; absent: split from data by heldOutRatio */
  readonly heldOut?: readonly string[]
  /** how often what is learnt of a file comes in an epoch, by the file's name; absent: once */
  readonly weights?: Weights
  /** folder of a run whose model gives answers points, and a program of one's own that does; absent: rules alone */
  readonly rewardRun?: string
  readonly rewardProgram?: string
  /** how the files are read, where what would be recognised is not meant; absent: as recognised */
  readonly reading?: DataOverrides
  readonly systemPrompt?: string
  /** questions answered during training at each evaluation */
  readonly questions: readonly string[]
  readonly settings: Settings
}
