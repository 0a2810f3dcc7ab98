// A run in the words of TRL, PEFT and Transformers (1.16, 0.21 and 5.23), for whoever trains it elsewhere: recipe.json of
// the generated folder, which resources/remote/train.py reads. Pure. What has no word there is refused by name.
import type { OpenOptions, TrainMode } from '../../../../addon/index'
import type { Spread } from '../../../contract/elsewhere'
import { NeiroError } from '../../../contract/errors'
import { judgedBy } from '../../../contract/judged-by'
import { answersItself, methodRows, type MethodKey } from '../../../contract/methods'
import type { ScoreJob } from '../../../contract/scores'
import { saidBy } from '../../../contract/setting-texts'
import { defaultSettings, isFor, type SettingKey, type Settings } from '../../../contract/settings'
import type { Job } from '../../../contract/trainer-protocol'
import { diskName } from '../../recipes/setting-values'
import type { waysOf } from './scale'

/** What the lessons are: which trainer of TRL learns from them. */
export type Learns = 'language' | 'preference' | 'rated' | 'labels' | 'points' | 'answers'

export interface LessonFile {
  readonly file: string
  readonly examples: number
  /** of single answers that are held out: how many are read together, each against the next one's answer */
  readonly groups?: readonly number[]
}

export interface BaseModel {
  readonly name: string
  /** by which the hub knows it; null: nobody knows */
  readonly hub: string | null
  /** of the files of its weights, by name */
  readonly sha256: Readonly<Record<string, string>>
}

type Arguments = Readonly<Record<string, unknown>>

/** recipe.json, in the words on disk. */
export interface TrlRecipe {
  readonly version: 1
  readonly name: string
  /** by which the result is known to be this run's */
  readonly run: string
  readonly method: MethodKey
  readonly learns: Learns
  readonly trains: 'adapter' | 'model'
  readonly model: BaseModel
  readonly adapter: { readonly kind: 'lora' | 'vera' | 'ia3'; readonly arguments: Arguments } | null
  readonly quantization: 'nf4' | null
  readonly precision: Settings['compute']
  readonly batch: { readonly examples: number; readonly accumulation: number }
  /** TrainingArguments of Transformers */
  readonly training: Arguments & {
    readonly max_steps: number
    readonly seed: number
    readonly gradient_checkpointing: boolean
  }
  /** of TRL's own arguments what the method's loss is */
  readonly loss: Arguments
  readonly best: {
    readonly figure: string
    readonly better: 'lower' | 'higher'
    /** evaluations without a gain before it stops; 0: never */
    readonly patience: number
    readonly threshold: number
  }
  readonly labels: {
    readonly problem: string
    readonly names: readonly string[]
    readonly weights: readonly number[] | null
  } | null
  /** where it learns from its own answers */
  readonly answers: {
    /** to each question */
    readonly each: number
    /** longest, tokens */
    readonly tokens: number
    /** tokens that end one */
    readonly stop: readonly number[]
    /** divergence from what it was that ends the training; 0: none does */
    readonly limit: number
    /** what thinks something of them; null or false: not asked */
    readonly rules: {
      readonly length: { readonly least: number; readonly most: number | null } | null
      readonly contains: readonly string[] | null
      readonly forbidden: readonly string[] | null
      readonly json: boolean
      readonly same: boolean
    }
  } | null
  readonly lessons: { readonly train: LessonFile; readonly held_out?: LessonFile }
  /** SHA-256 of every file that decides what is learnt, by its path in the folder; of the base's weights `model` has it */
  readonly files: Readonly<Record<string, string>>
  /** how it is shared among GPUs: as the user said (null: by itself), or the first of the ways that fits them */
  readonly spread: ReturnType<typeof waysOf> & { readonly said: Spread | null }
}

/** Where each setting is said to whoever trains elsewhere: in recipe.json, by the lessons themselves; there: by the machine that it is there; only: it must be as here, for it would be another training there. A new setting must be one of these. */
const saidIn: Readonly<Record<SettingKey, 'recipe' | 'lessons' | 'there' | { readonly only: unknown }>> = {
  ...{ method: 'recipe', problem: 'recipe', classWeights: 'recipe', adapter: 'recipe', loraRank: 'recipe' },
  // their kinds are refused: PEFT's begin otherwise
  ...{ virtualTokens: 'recipe', encoderWidth: 'recipe' },
  ...{ loraAlpha: 'recipe', rsLora: 'recipe', dora: 'recipe', loraStart: 'recipe', loraDropout: 'recipe' },
  ...{ targetModules: 'recipe', targetPattern: 'recipe', excludeModules: 'recipe', layers: 'recipe' },
  ...{ rankPattern: 'recipe', alphaPattern: 'recipe', wholeModules: 'recipe', loraBias: 'recipe' },
  ...{ trainTokens: 'recipe', embeddingNoise: 'recipe', preferenceLoss: 'recipe', preferenceBeta: 'recipe' },
  ...{
    labelSmoothing: 'recipe',
    likelihoodWeight: 'recipe',
    likedWeight: 'recipe',
    dislikedWeight: 'recipe'
  },
  ...{ baseQuantization: 'recipe', compute: 'recipe', learningRate: 'recipe', epochs: 'recipe' },
  ...{ maxSteps: 'recipe', batchSize: 'recipe', gradientAccumulationSteps: 'recipe' },
  ...{ gradientCheckpointing: 'recipe', weightDecay: 'recipe', maxGradNorm: 'recipe', schedule: 'recipe' },
  ...{ schedulePower: 'recipe', scheduleCycles: 'recipe', warmupRatio: 'recipe', evaluationSteps: 'recipe' },
  ...{ earlyStoppingPatience: 'recipe', earlyStoppingThreshold: 'recipe', checkpointSteps: 'recipe' },
  bestBy: 'recipe',
  // the order goes along, and is made without lengths
  groupByLength: { only: false },
  ...{ seed: 'recipe', maxSeqLength: 'lessons', lossOn: 'lessons', heldOutRatio: 'lessons' },
  synthetic: 'lessons',
  // rows that are packed stand apart from each other only by a kernel that not every machine has
  packing: { only: false },
  decayNorms: { only: false },
  pruning: { only: 'none' },
  pruningAmount: { only: defaultSettings.pruningAmount },
  optimizer: { only: defaultSettings.optimizer },
  loraPlusRatio: { only: defaultSettings.loraPlusRatio },
  // there it goes where that machine has a GPU
  device: 'there',
  targetParameters: { only: defaultSettings.targetParameters },
  // of methods that are refused as a whole
  ...{ cpoLoss: 'recipe', simpoGamma: 'recipe', labelWeight: 'recipe' },
  // of what learns from its own answers
  ...{ rewardLength: 'recipe', rewardContains: 'recipe', rewardForbidden: 'recipe', rewardJson: 'recipe' },
  rewardSeconds: 'recipe',
  ...{ policyPasses: 'recipe', clipRange: 'recipe', valueClipRange: 'recipe', valueCoefficient: 'recipe' },
  ...{ rewardDiscount: 'recipe', gaeLambda: 'recipe' },
  ...{ rewardSame: 'recipe', answersPerQuestion: 'recipe', answerTokens: 'recipe', policyLoss: 'recipe' },
  ...{ rewardScale: 'recipe', divergencePrice: 'recipe', divergenceLimit: 'recipe' }
}

function refuseOthers(settings: Settings): void {
  if (isFor('baseQuantization', settings) && settings.baseQuantization === 'int8')
    throw new NeiroError('SETTING_NOT_ELSEWHERE', { name: 'base_quantization: int8' })
  for (const key of Object.keys(saidIn) as SettingKey[]) {
    const said = saidIn[key]
    if (typeof said === 'object' && isFor(key, settings) && settings[key] !== said.only)
      throw new NeiroError('SETTING_NOT_ELSEWHERE', { name: diskName(key) })
  }
}

export interface RunToTranslate {
  readonly name: string
  readonly run: string
  readonly job: Job
  /** updates, as planned */
  readonly totalSteps: number
  readonly model: BaseModel
  readonly lessons: TrlRecipe['lessons']
  readonly files: TrlRecipe['files']
  readonly spread: TrlRecipe['spread']
}

/** Throws METHOD_NOT_ELSEWHERE or SETTING_NOT_ELSEWHERE. */
export function trlRecipe(asked: RunToTranslate): TrlRecipe {
  const { name, run, job, totalSteps, model, lessons, files, spread } = asked
  const { settings, open } = job
  const { trains } = methodRows[settings.method]
  const { figure, better } = judgedBy(settings)
  return {
    version: 1,
    name,
    run,
    method: settings.method,
    learns: learnsOf(settings.method),
    trains,
    model,
    adapter: trains === 'adapter' ? adapterOf(open.train) : null,
    quantization: open.baseQuantization === 'nf4' ? 'nf4' : null,
    precision: settings.compute,
    batch: { examples: settings.batchSize, accumulation: settings.gradientAccumulationSteps },
    training: trainingArguments(settings, totalSteps),
    loss: lossOf(settings),
    best: {
      figure,
      better,
      patience: settings.earlyStoppingPatience,
      threshold: settings.earlyStoppingThreshold
    },
    labels: labelsOf(job.score),
    answers: answersOf(job),
    lessons,
    files,
    spread
  }
}

/** How many processes can share an update evenly, so that it stays as large: as checks.py of the folder counts them. */
export function processesThatGo({ batch, learns }: Pick<TrlRecipe, 'batch' | 'learns'>): readonly number[] {
  const { examples, accumulation } = batch
  // TRL holds a single answer against its neighbour's question
  const least = learns === 'rated' ? 2 : 1
  const sizes = Array.from({ length: examples }, (_, at) => at + 1).filter((size) => size >= least)
  const total = examples * accumulation
  const goes = (count: number): boolean =>
    total % count === 0 && sizes.some((size) => (total / count) % size === 0)
  return Array.from({ length: total }, (_, at) => at + 1).filter(goes)
}

/** Throws METHOD_NOT_ELSEWHERE for those whose trainer prepares texts by itself and takes no tokens. */
export function learnsOf(method: MethodKey): Learns {
  switch (method) {
    case 'sft':
    case 'full':
    case 'continued':
    case 'continued-full':
      return 'language'
    case 'dpo':
      return 'preference'
    case 'kto':
      return 'rated'
    case 'classification':
    case 'classification-full':
      return 'labels'
    case 'reward':
      return 'points'
    case 'grpo':
    case 'rloo':
      return 'answers'
    case 'orpo':
    case 'cpo':
    case 'ppo':
    case 'multi-task':
      throw new NeiroError('METHOD_NOT_ELSEWHERE', { method })
  }
}

function trainingArguments(settings: Settings, totalSteps: number): TrlRecipe['training'] {
  refuseOthers(settings)
  // each answer is held against its neighbour's question
  if (settings.method === 'kto' && settings.batchSize < 2)
    throw new NeiroError('SETTING_NOT_ELSEWHERE', { name: 'batch_size' })
  const evaluateEvery = settings.evaluationSteps || Math.max(1, Math.ceil(totalSteps / 10))
  return {
    max_steps: totalSteps,
    learning_rate: settings.learningRate,
    lr_scheduler_type: settings.schedule,
    lr_scheduler_kwargs: bendsOf(settings),
    warmup_steps: settings.schedule === 'constant' ? 0 : Math.ceil(totalSteps * settings.warmupRatio),
    weight_decay: settings.weightDecay,
    // of Transformers, too, 0 is none
    max_grad_norm: settings.maxGradNorm,
    seed: settings.seed,
    gradient_checkpointing: settings.gradientCheckpointing,
    eval_steps: evaluateEvery,
    save_steps: settings.checkpointSteps || evaluateEvery,
    ...(isFor('embeddingNoise', settings) &&
      settings.embeddingNoise > 0 && { neftune_noise_alpha: settings.embeddingNoise })
  }
}

function bendsOf({ schedule, schedulePower, scheduleCycles }: Settings): Arguments {
  if (schedule === 'polynomial') return { power: schedulePower, lr_end: 1e-7 }
  if (schedule === 'cosine_with_restarts') return { num_cycles: scheduleCycles }
  return {}
}

function lossOf(settings: Settings): Arguments {
  const { preferenceBeta: beta } = settings
  switch (settings.method) {
    case 'dpo': {
      const { preferenceLoss, labelSmoothing: label_smoothing, likelihoodWeight } = settings
      const also = likelihoodWeight > 0
      return {
        beta,
        label_smoothing,
        loss_type: also ? [preferenceLoss, 'sft'] : [preferenceLoss],
        ...(also && { loss_weights: [1, likelihoodWeight] })
      }
    }
    case 'kto':
      return { beta, desirable_weight: settings.likedWeight, undesirable_weight: settings.dislikedWeight }
    case 'grpo':
      return {
        beta: priceOf(settings),
        loss_type: settings.policyLoss,
        scale_rewards: settings.rewardScale,
        epsilon: 0.2,
        // the divergence weighed by the ratio
        use_bias_correction_kl: true
      }
    case 'rloo':
      return { beta: priceOf(settings), epsilon: 0.2, normalize_advantages: false }
    default:
      return {}
  }
}

/** TRL asks the model as it was only where that costs something: at the smallest price it is known how far it went, and nothing is
 *  paid for it. */
const priceOf = ({ divergencePrice }: Settings): number => divergencePrice || 1e-12

/** Throws SETTING_NOT_ELSEWHERE where others than rules think something of its answers: they stay here. */
function answersOf({ settings, stopTokens, judges }: Job): TrlRecipe['answers'] {
  if (!answersItself(settings.method)) return null
  if (judges?.run) throw new NeiroError('SETTING_NOT_ELSEWHERE', { name: 'reward_run' })
  if (judges?.program) throw new NeiroError('SETTING_NOT_ELSEWHERE', { name: 'reward_program' })
  const length = saidBy('span', settings.rewardLength)
  return {
    each: settings.answersPerQuestion,
    tokens: settings.answerTokens,
    stop: stopTokens,
    limit: settings.divergenceLimit,
    rules: {
      length: length
        ? { least: length.least, most: Number.isFinite(length.most) ? length.most : null }
        : null,
      contains: saidBy('phrases', settings.rewardContains) ?? null,
      forbidden: saidBy('phrases', settings.rewardForbidden) ?? null,
      json: settings.rewardJson,
      same: settings.rewardSame
    }
  }
}

function labelsOf(score: ScoreJob | undefined): TrlRecipe['labels'] {
  if (!score) return null
  const { problem, labels, weights } = score
  return { problem, names: labels, weights: weights ?? null }
}

/** PEFT's own names. */
function adapterOf(train: OpenOptions['train']): TrlRecipe['adapter'] {
  switch (train?.kind) {
    case 'lora':
      return { kind: 'lora', arguments: { ...placesOf(train), ...loraOf(train) } }
    case 'vera':
      return {
        kind: 'vera',
        arguments: { ...placesOf(train), r: train.rank, vera_dropout: train.dropout, save_projection: true }
      }
    case 'ia3':
      return { kind: 'ia3', arguments: { ...placesOf(train), feedforward_modules: train.feedforwardModules } }
    // those whose vectors stand before the examples: PEFT's begin otherwise
    default:
      throw new NeiroError('SETTING_NOT_ELSEWHERE', { name: 'adapter' })
  }
}

type Of<K extends TrainMode['kind']> = Extract<TrainMode, { kind: K }>

const loraOf = (train: Of<'lora'>): Arguments => ({
  r: train.rank,
  lora_alpha: train.alpha,
  lora_dropout: train.dropout,
  use_rslora: train.rsLora,
  use_dora: train.dora ?? false,
  bias: train.bias ?? 'none',
  ...(train.start && train.start !== 'noise' && { init_lora_weights: train.start }),
  ...(train.rankPattern && { rank_pattern: train.rankPattern }),
  ...(train.alphaPattern && { alpha_pattern: train.alphaPattern }),
  ...(train.trainTokens && { trainable_token_indices: train.trainTokens })
})

function placesOf(train: Of<'lora' | 'vera' | 'ia3'>): Arguments {
  const { targetModules, targetPattern, excludeModules, layers, wholeModules } = train
  const all = targetModules.length === 1 && targetModules[0] === 'all-linear'
  return {
    // PEFT wants the word by itself, and takes a text for an expression
    target_modules: targetPattern ?? (all ? 'all-linear' : targetModules),
    ...(excludeModules && { exclude_modules: excludeModules }),
    ...(layers && { layers_to_transform: layers }),
    ...(wholeModules && { modules_to_save: wholeModules })
  }
}
