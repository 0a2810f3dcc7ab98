// One row per training setting: key, default, range; its words stand in main/words/settings. The form, the check
// of a recipe, the flags of the command line and the type below are all derived from this table. Imports nothing but its neighbours.
import { methodKeys, methodRows, type MethodKey } from './methods'
import { preferenceRows } from './preference-settings'
import type { DataOverrides } from './records'
import { scoreRows } from './score-settings'
import {
  adapterKinds,
  choice,
  integer,
  list,
  number,
  scheduleKinds,
  text,
  toggle,
  type Row
} from './setting-rows'

const adapterMethods = methodKeys.filter((key) => methodRows[key].trains === 'adapter')
const modelMethods = methodKeys.filter((key) => methodRows[key].trains === 'model')

/** Those that learn token by token what is written. */
const plainMethods = ['sft', 'full'] as const satisfies readonly MethodKey[]

export const settingRows = {
  method: choice({
    default: 'sft',
    choices: methodKeys,
    term: 'method',
    group: 'training'
  }),
  ...scoreRows,
  adapter: choice({
    default: 'lora',
    choices: adapterKinds,
    methods: adapterMethods,
    term: 'adapter type',
    group: 'adapter'
  }),
  loraRank: integer({
    default: 16,
    min: 1,
    max: 256,
    methods: adapterMethods,
    adapters: ['lora', 'vera'],
    term: 'LoRA rank (r)',
    group: 'adapter'
  }),
  loraAlpha: number({
    default: 32,
    min: 0.01,
    max: 1024,
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'LoRA alpha',
    group: 'adapter'
  }),
  rsLora: toggle({
    default: false,
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'rsLoRA',
    group: 'adapter'
  }),
  dora: toggle({
    default: false,
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'DoRA',
    group: 'adapter'
  }),
  loraStart: choice({
    default: 'noise',
    choices: ['noise', 'pissa', 'olora'],
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'init_lora_weights',
    group: 'adapter'
  }),
  // what is compared with itself must not differ by chance: none for preferences, as TRL
  loraDropout: number({
    default: 0.05,
    min: 0,
    max: 0.9,
    methods: ['sft'],
    adapters: ['lora', 'vera'],
    term: 'LoRA dropout',
    group: 'adapter'
  }),
  targetModules: list({
    // PEFT's word; which linear layers there are is the model's to say, and a name that it lacks is refused
    default: ['all-linear'],
    whole: 'all-linear',
    choices: [
      'all-linear',
      'q_proj',
      'k_proj',
      'v_proj',
      'qkv_proj',
      'o_proj',
      'gate_proj',
      'up_proj',
      'gate_up_proj',
      'down_proj'
    ],
    methods: adapterMethods,
    term: 'target modules',
    group: 'adapter'
  }),
  targetPattern: text({
    form: 'expression',
    methods: adapterMethods,
    term: 'target_modules (regular expression)',
    group: 'places'
  }),
  excludeModules: text({
    form: 'names',
    methods: adapterMethods,
    term: 'exclude_modules',
    group: 'places'
  }),
  layers: text({
    form: 'layers',
    methods: adapterMethods,
    term: 'layers_to_transform',
    group: 'places'
  }),
  rankPattern: text({
    form: 'ranks',
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'rank_pattern',
    group: 'places'
  }),
  alphaPattern: text({
    form: 'alphas',
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'alpha_pattern',
    group: 'places'
  }),
  wholeModules: text({
    form: 'names',
    methods: adapterMethods,
    term: 'modules_to_save',
    group: 'places'
  }),
  loraBias: choice({
    default: 'none',
    choices: ['none', 'lora_only', 'all'],
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'bias',
    group: 'places'
  }),
  trainTokens: text({
    form: 'tokens',
    methods: adapterMethods,
    adapters: ['lora'],
    term: 'trainable_token_indices',
    group: 'places'
  }),
  decayNorms: toggle({
    default: false,
    methods: modelMethods,
    term: 'weight decay of norms and biases',
    group: 'training'
  }),
  ...preferenceRows,
  baseQuantization: choice({
    default: 'none',
    choices: ['none', 'f32', 'bf16', 'nf4'],
    methods: adapterMethods,
    term: 'base quantisation',
    group: 'memory'
  }),
  compute: choice({
    default: 'auto',
    choices: ['auto', 'f32', 'bf16'],
    term: 'compute type',
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
  packing: toggle({
    default: false,
    methods: plainMethods,
    term: 'packing',
    group: 'memory'
  }),
  lossOn: choice({
    default: 'responses',
    choices: ['responses', 'all'],
    methods: plainMethods,
    term: 'loss on',
    group: 'training'
  }),
  gradientCheckpointing: toggle({
    default: false,
    term: 'gradient checkpointing',
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
  /** how the files are read, where what would be recognised is not meant; absent: as recognised */
  readonly reading?: DataOverrides
  readonly systemPrompt?: string
  /** questions answered during training at each evaluation */
  readonly questions: readonly string[]
  readonly settings: Settings
}
