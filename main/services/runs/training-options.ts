// How the engine is asked to open a model for a training: what job.json says, and what a plan is made for. Pure.
import type { OpenOptions, SideHead, TrainMode } from '../../../addon/index'
import { hasValues, methodRows, type MethodRow } from '../../contract/methods'
import { NeiroError } from '../../contract/errors'
import { judgedBy } from '../../contract/judged-by'
import { sideHead, valuesHead } from '../../contract/scores'
import { saidBy } from '../../contract/setting-texts'
import { defaultSettings, isFor, type Settings } from '../../contract/settings'
import { adaptersOf, virtualTokensOf } from '../../contract/virtual-tokens'
import { atOnce } from './micro-batch'

export interface TrainingInput {
  readonly modelDir: string
  /** ids of its tokenizer lie below; absent: every row of the vocabulary is in use */
  readonly tokens?: number
  /** tokens of each example */
  readonly trainLengths: readonly number[]
  readonly heldOutLengths: readonly number[]
  /** longest question with its answer, asked while training; 0 = none */
  readonly maxContext: number
  /** most tokens that the model can read; absent: enough */
  readonly positions?: number
  /** 0 = one per processor */
  readonly threads: number
  /** of a run that sorts texts: the head that it needs */
  readonly score?: NonNullable<OpenOptions['score']>
  /** of a run that sorts texts beside what it says: labels of that head */
  readonly besideLabels?: number
  /** PEFT folder that it goes on from; absent: none */
  readonly startDir?: string
  /** of a run whose answers another model gives points: that one */
  readonly judge?: OpenOptions
}

export function trainingOptions(settings: Settings, input: TrainingInput): OpenOptions {
  checkTogether(settings)
  return {
    modelDir: input.modelDir,
    // what learns is held in F32
    baseQuantization: isFor('baseQuantization', settings) ? settings.baseQuantization : 'none',
    seed: settings.seed,
    threads: input.threads,
    compute: settings.compute,
    device: settings.device,
    ...atOnce(input.trainLengths, input.heldOutLengths, settings, input.maxContext, input.positions),
    ...(input.tokens !== undefined && { tokens: input.tokens }),
    ...(input.score && { score: input.score }),
    ...headsOf(settings, input),
    train: trainModeOf(settings),
    ...startOf(settings, input.startDir),
    ...(isFor('embeddingNoise', settings) && { embeddingNoise: settings.embeddingNoise }),
    optimizer: settings.optimizer,
    gradientCheckpointing: settings.gradientCheckpointing
  }
}

/** What cannot be together is known before anything is read. Throws SETTINGS_TOGETHER and its kin. */
export function checkTogether(settings: Settings): void {
  judgedBy(settings)
  refuseOrders(settings)
  if (methodRows[settings.method].trains === 'adapter') refuseTogether(settings)
}

/** Rows that are filled up have one length already. */
function refuseOrders(settings: Settings): void {
  if (isFor('packing', settings) && settings.packing && settings.groupByLength)
    throw new NeiroError('SETTINGS_TOGETHER', { name: 'group_by_length', other: 'packing' })
}

/** The model that gives answers points reads as many of them at once as are learnt from; null: there is none. */
export function judgeOptions(settings: Settings, input: TrainingInput): OpenOptions | null {
  if (!input.judge) return null
  const { maxTokensPerMicroBatch } = trainingOptions(settings, input)
  return { ...input.judge, maxTokensPerMicroBatch, device: settings.device, compute: settings.compute }
}

function headsOf(settings: Settings, { besideLabels }: TrainingInput): Pick<OpenOptions, 'heads'> {
  const heads = [
    ...(besideLabels ? [headOf(besideLabels)] : []),
    ...(hasValues(settings.method) ? [valuesHead] : [])
  ]
  return heads.length > 0 ? { heads } : {}
}

/** What says labels, of the last token of a text. */
export const headOf = (labels: number): SideHead => ({
  name: sideHead,
  outputs: labels,
  of: 'last',
  bias: false
})

/** The adapter goes on learning; what it was at first is the reference of a method that has one. */
function startOf(
  { method }: Settings,
  dir: string | undefined
): Pick<OpenOptions, 'adapterDir' | 'referenceDir'> {
  if (dir === undefined) return {}
  const row: MethodRow = methodRows[method]
  return { adapterDir: dir, ...(row.reference && { referenceDir: dir }) }
}

function trainModeOf(settings: Settings): TrainMode {
  switch (methodRows[settings.method].trains) {
    case 'model':
      return modelOf(settings)
    case 'adapter':
      return adapterOf(settings)
  }
}

/** SETTINGS_TOGETHER for a share of what is always half. */
function modelOf({ decayNorms, pruning, pruningAmount }: Settings): TrainMode {
  if (pruning === '2:4' && pruningAmount !== defaultSettings.pruningAmount)
    throw new NeiroError('SETTINGS_TOGETHER', { name: 'pruning: 2:4', other: 'pruning_amount' })
  return { kind: 'full', decayAll: decayNorms, ...(pruning !== 'none' && { keepZeros: true }) }
}

function adapterOf(settings: Settings): TrainMode {
  switch (settings.adapter) {
    case 'lora':
      return {
        kind: 'lora',
        rank: settings.loraRank,
        alpha: settings.loraAlpha,
        rsLora: settings.rsLora,
        dora: settings.dora,
        dropout: isFor('loraDropout', settings) ? settings.loraDropout : 0,
        start: settings.loraStart,
        bias: settings.loraBias,
        ...given('trainTokens', list(saidBy('tokens', settings.trainTokens))),
        ...given('targetParameters', list(saidBy('names', settings.targetParameters))),
        ...given('rankPattern', saidBy('ranks', settings.rankPattern)),
        ...given('alphaPattern', saidBy('alphas', settings.alphaPattern)),
        ...placesOf(settings)
      }
    case 'vera':
      return {
        kind: 'vera',
        rank: settings.loraRank,
        dropout: settings.loraDropout,
        ...placesOf(settings)
      }
    case 'ia3':
      return ia3Of(placesOf(settings))
    case 'prompt':
    case 'prefix':
      return { kind: settings.adapter, virtualTokens: settings.virtualTokens }
    case 'p-tuning':
      return {
        kind: 'p-tuning',
        virtualTokens: settings.virtualTokens,
        encoderWidth: settings.encoderWidth
      }
  }
}

/** By the paper, what the feed-forward block is given in its middle is scaled, and what the others give. */
function ia3Of(places: Places): TrainMode {
  const { targetModules, targetPattern } = places
  const stands =
    targetPattern !== undefined || targetModules.some((name) => ['all-linear', 'down_proj'].includes(name))
  return { kind: 'ia3', feedforwardModules: stands ? ['down_proj'] : [], ...places }
}

type Places = Pick<
  Extract<TrainMode, { kind: 'lora' }>,
  'targetModules' | 'targetPattern' | 'excludeModules' | 'layers' | 'wholeModules'
>

/** The linear layers that an adapter stands around, and what learns whole beside it. SETTINGS_TOGETHER where they are
 *  chosen by an expression and by words. */
function placesOf(settings: Settings): Places {
  const targetPattern = saidBy('expression', settings.targetPattern)
  const plain = String(settings.targetModules) === String(defaultSettings.targetModules)
  if (targetPattern !== undefined && !plain)
    throw new NeiroError('SETTINGS_TOGETHER', { name: 'target_pattern', other: 'target_modules' })
  return {
    targetModules: targetPattern === undefined ? [...settings.targetModules] : [],
    ...given('targetPattern', targetPattern),
    ...given('excludeModules', list(saidBy('names', settings.excludeModules))),
    ...given('layers', list(saidBy('layers', settings.layers))),
    ...given('wholeModules', list(saidBy('names', settings.wholeModules)))
  }
}

/** SETTINGS_TOGETHER for what is learnt in two ways at once, DROPOUT_OF_EXPERTS for experts that cannot be learnt so. */
function refuseTogether(settings: Settings): void {
  const { adapter, dora, loraStart, loraBias, loraDropout, targetParameters } = settings
  if (!adaptersOf(settings.method).includes(adapter))
    throw new NeiroError('SETTINGS_TOGETHER', {
      name: `adapter: ${adapter}`,
      other: `method: ${settings.method}`
    })
  // how wide the noise is goes by the tokens of the text, and the engine would count those before it, too
  if (virtualTokensOf(settings) > 0 && settings.embeddingNoise > 0)
    throw new NeiroError('SETTINGS_TOGETHER', { name: `adapter: ${adapter}`, other: 'embedding_noise' })
  // experts have no input of their own that could be hidden
  if (adapter === 'lora' && targetParameters !== '' && isFor('loraDropout', settings) && loraDropout > 0)
    throw new NeiroError('DROPOUT_OF_EXPERTS', { dropout: String(loraDropout) })
  if (adapter !== 'lora' || !dora) return
  const other = loraStart !== 'noise' ? 'lora_start' : loraBias !== 'none' ? 'lora_bias' : null
  if (other) throw new NeiroError('SETTINGS_TOGETHER', { name: 'dora', other })
}

const list = <T>(values: readonly T[] | undefined): T[] | undefined => values && [...values]

/** The option, where there is a value for it. */
const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
