// A run as the trainer will read it, before anything is written: the examples tokenised, and the job. Plans are made
// for exactly this.
import { resolve } from 'node:path'
import { methodRows } from '../../contract/methods'
import type { Example, RefusedRow } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import type { Recipe } from '../../contract/settings'
import type { Job } from '../../contract/trainer-protocol'
import type { Split } from '../dataset/set/split'
import { modelMark } from '../models/model-mark'
import type { Model } from '../models/read-model'
import { stopTokensOf } from '../models/stop-tokens'
import type { EncodedSet, EncodeOptions } from '../tokens/cut'
import type { Encodings } from '../tokens/encodings'
import type { ModelText } from '../tokens/model-text'
import { withSystem } from '../tokens/with-system'
import type { TrainingWork } from './estimate-time'
import { trainingOptions, type TrainingInput } from './training-options'

export interface RunSource {
  readonly recipe: Recipe
  readonly model: Model
  readonly modelText: ModelText
  readonly split: Split
  /** 0 = one per processor */
  readonly threads: number
}

export interface EncodedRun {
  readonly recipe: Recipe
  readonly job: Job
  /** the examples that can be learnt */
  readonly split: Split
  readonly train: EncodedSet
  readonly heldOut: EncodedSet | null
  /** what memory is planned by, also for other settings */
  readonly input: TrainingInput
  readonly work: TrainingWork
  readonly learntTokens: number
  /** tokens cut off at the length limit */
  readonly cut: number
  /** examples that cannot be learnt */
  readonly refused: readonly RefusedRow[]
}

/** longest answer to a recipe's question while training, tokens */
export const maxAnswerTokens = 128

/** Throws NOTHING_TO_LEARN. */
export async function encodeRun(
  { recipe, model, modelText, split, threads }: RunSource,
  encodings: Encodings
): Promise<EncodedRun> {
  const { settings } = recipe
  const encoding: EncodeOptions = {
    modelText,
    maxSeqLength: Math.min(settings.maxSeqLength, model.maxPositionEmbeddings),
    lossOn: settings.lossOn,
    kinds: methodRows[settings.method].examples,
    systemPrompt: recipe.systemPrompt
  }
  const train = await encodings.encode(split.train, encoding)
  const heldOut = split.heldOut.length > 0 ? await encodings.encode(split.heldOut, encoding) : null
  const [trainLengths, heldOutLengths] = [lengthsOf(train), lengthsOf(heldOut)]
  const questions: number[][] = []
  for (const question of recipe.questions) {
    const asked = withSystem([{ role: 'user', content: question }], recipe.systemPrompt)
    questions.push([...(await modelText.prompt(asked))])
  }
  const input: TrainingInput = {
    modelDir: resolve(model.dir),
    tokens: modelText.marks.idLimit,
    trainLengths,
    heldOutLengths,
    maxContext: longestContext(questions, model),
    threads
  }
  const job: Job = {
    version: 1,
    open: trainingOptions(settings, input),
    settings: { ...settings, maxSeqLength: encoding.maxSeqLength },
    filesDir: resolve(model.filesDir),
    baseModelName: model.name,
    baseModelMark: await modelMark(model.dir),
    train: runFiles.train,
    heldOut: heldOut ? runFiles.heldOut : null,
    stopTokens: stopTokensOf(model, modelText),
    questions,
    maxAnswerTokens
  }
  return {
    recipe,
    job,
    split: { train: learnable(split.train, train), heldOut: learnable(split.heldOut, heldOut) },
    train,
    heldOut,
    input,
    work: {
      examples: trainLengths.length,
      trainTokens: sum(trainLengths),
      heldOutTokens: sum(heldOutLengths)
    },
    learntTokens: train.examples.reduce((learnt, { labels }) => learnt + learntIn(labels), 0),
    cut: train.cut + (heldOut?.cut ?? 0),
    refused: [...train.refused, ...(heldOut?.refused ?? [])]
  }
}

const lengthsOf = (set: EncodedSet | null): readonly number[] =>
  set?.examples.map(({ tokens }) => tokens.length) ?? []

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function learntIn(labels: Int32Array): number {
  let learnt = 0
  for (const label of labels) if (label >= 0) learnt++
  return learnt
}

function learnable(examples: readonly Example[], encoded: EncodedSet | null): readonly Example[] {
  const sources = new Set(encoded?.examples.map(({ source }) => source))
  return examples.filter(({ source }) => sources.has(source))
}

function longestContext(questions: readonly (readonly number[])[], model: Model): number {
  if (questions.length === 0) return 0
  const prompt = Math.max(...questions.map((question) => question.length))
  return Math.min(prompt + maxAnswerTokens, model.maxPositionEmbeddings)
}
