// A run as the trainer will read it: its examples tokenised lot by lot, into the folder of the run where there is to be one,
// and the job. Plans are made for exactly this. In memory stay numbers alone, however many examples there are.
import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { OpenOptions, ScoreProblem } from '../../../addon/index'
import { answersItself, continues, methodRows, rates, type MethodRow } from '../../contract/methods'
import type { Example, RefusedRow } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import { NeiroError } from '../../contract/errors'
import { points, scoreHead, type ScoreJob } from '../../contract/scores'
import { isFor, type Recipe, type Settings } from '../../contract/settings'
import { virtualTokensOf } from '../../contract/virtual-tokens'
import type { Job, JudgesOfJob } from '../../contract/trainer-protocol'
import { rulesOf } from '../../metrics/answer-rules'
import { PreparedWriter } from '../../files/prepared-file'
import { labelCounts, type LabelCount } from '../tokens/labels/balance'
import { balancedWeights, LabelCounts, type LabelScheme } from '../tokens/labels/scheme'
import { writes } from '../models/families'
import { modelMark } from '../models/model-mark'
import type { Model } from '../models/read-model'
import { stopTokensOf } from '../models/stop-tokens'
import { cutEach, type EncodeOptions } from '../tokens/cut'
import type { ExampleLots, Lot, SplitLots } from '../tokens/example-lots'
import type { EncodedExample, Outcome } from '../tokens/kinds/kind'
import type { ModelText } from '../tokens/model-text'
import { RefusedTally } from '../tokens/refused-tally'
import { SharedSystem } from '../tokens/shared-system'
import { textPrompt } from '../tokens/text-prompt'
import { nothingToLearn } from '../tokens/unlearnable'
import { withSystem } from '../tokens/with-system'
import type { TrainingWork } from './estimate-time'
import type { Judges } from './judges'
import { RunDataWriter } from './run-data'
import { readTokens, textRoom } from './text-room'
import { checkTogether, judgeOptions, trainingOptions, type TrainingInput } from './training-options'

export interface RunSource {
  readonly recipe: Recipe
  readonly model: Model
  readonly modelText: ModelText
  readonly split: SplitLots
  /** PEFT folder that it goes on from */
  readonly startDir?: string | undefined
  /** 0 = one per processor */
  readonly threads: number
  /** who gives marks beside the rules */
  readonly judges?: Judges
}

/** One side of the split, encoded. */
export interface EncodedPart {
  /** examples that can be learnt */
  readonly examples: number
  /** tokens of every row that they became */
  readonly lengths: readonly number[]
  readonly learntTokens: number
  /** tokens cut off at the length limit, and the examples that lose their end with them */
  readonly cut: number
  readonly cutExamples: number
  /** tokens of the longest text before it is cut */
  readonly longest: number
  /** rows in which something stands that the model has no token for */
  readonly unknown: number
  /** of the examples, those that were made from others */
  readonly synthetic: number
  /** of the run's folder, where the examples stand; none where nothing is written */
  readonly files: readonly string[]
}

export interface EncodedRun {
  readonly recipe: Recipe
  readonly job: Job
  /** PEFT folder of the model that gives its answers points, where it lies now */
  readonly judgeDir?: string
  readonly train: EncodedPart
  readonly heldOut: EncodedPart | null
  /** what memory is planned by, also for other settings */
  readonly input: TrainingInput
  readonly work: TrainingWork
  /** tokens cut off at the length limit */
  readonly cut: number
  /** rows in which something stands that the model has no token for */
  readonly unknown: number
  /** of texts that are sorted: what is learnt of them; absent: words */
  readonly labels?: LabelsOfRun
  /** examples that cannot be learnt, the first of them */
  readonly refused: readonly RefusedRow[]
  readonly refusedCount: number
}

/** What is learnt of texts that are sorted. */
export interface LabelsOfRun {
  readonly problem: ScoreProblem
  /** the most frequent first; of numbers none */
  readonly counts: readonly LabelCount[]
}

/** longest answer to a recipe's question while training, tokens */
export const maxAnswerTokens = 128

/** into: the folder of the run, into which its examples are written; null: only their numbers are wanted. Throws
 *  NOTHING_TO_LEARN. */
export async function encodeRun(
  { recipe, model, modelText, split, startDir, threads, judges = {} }: RunSource,
  into: string | null
): Promise<EncodedRun> {
  const { settings } = recipe
  const { head, sorts, examples: kinds }: MethodRow = methodRows[settings.method]
  checkTogether(settings)
  const isJudged = judges.run !== undefined || judges.program !== undefined
  if (answersItself(settings.method) && !isJudged && rulesOf(settings).length === 0)
    throw new NeiroError('NO_REWARD_RULE')
  const rated = rates(settings.method)
  // replies are read as the model itself would say them
  checkHead(model, rated ? 'language' : head)
  const labels = (head === 'score' && !rated) || sorts ? await countLabels(split.train) : null
  // beside words one label of several is learnt, whatever they look like
  const scheme = labels?.scheme(sorts ? 'single' : settings.problem)
  if (sorts && labels?.examples === split.train.count) throw new NeiroError('NO_ANSWERS_BESIDE')
  const before = virtualTokensOf(settings)
  const room = textRoom(model.maxPositionEmbeddings, before)
  const encoding: EncodeOptions = {
    modelText,
    maxSeqLength: Math.min(settings.maxSeqLength, room),
    lossOn: isFor('lossOn', settings) ? settings.lossOn : 'responses',
    kinds,
    scheme,
    ...(sorts && { beside: true }),
    systemPrompt: recipe.systemPrompt
  }
  const refused = new RefusedTally()
  const encodePart = async (lots: ExampleLots, part: 'train' | 'heldOut'): Promise<EncodedPart> => {
    const writer = into === null ? null : await PartWriter.open(into, part)
    return encodeLots(lots, encoding, refused, writer)
  }
  const shared = new SharedSystem()
  const train = await encodePart(shared.of(split.train), 'train')
  const heldOut = split.heldOut.count > 0 ? await encodePart(split.heldOut, 'heldOut') : null
  // what each example opens with, a question is asked with: here, and wherever the run is asked later
  const systemPrompt = recipe.systemPrompt || shared.text
  const [trainLengths, heldOutLengths] = [train.lengths, heldOut?.lengths ?? []]
  const questions: number[][] = []
  // who only sorts has no answers to watch
  for (const question of head === 'score' ? [] : recipe.questions) {
    if (continues(settings.method)) {
      questions.push([...(await textPrompt(modelText, question, room - 1))])
      continue
    }
    const asked = withSystem([{ role: 'user', content: question }], systemPrompt)
    questions.push([...(await modelText.prompt(asked))])
  }
  const input: TrainingInput = {
    modelDir: resolve(model.dir),
    tokens: modelText.marks.idLimit,
    trainLengths,
    heldOutLengths,
    maxContext: longestContext(questions, model, before),
    positions: model.maxPositionEmbeddings,
    threads,
    ...(scheme && sorts && { besideLabels: scheme.labels.length }),
    ...(scheme && !sorts && { score: scoreHead(scheme) }),
    ...(rated && { score: scoreHead(points) }),
    ...(startDir !== undefined && { startDir }),
    ...(judges.run && { judge: judges.run })
  }
  const job: Job = {
    version: 1,
    // a copy lies in the run's own folder
    open: trainingOptions(settings, {
      ...input,
      ...(startDir !== undefined && { startDir: runFiles.start })
    }),
    settings: { ...settings, maxSeqLength: encoding.maxSeqLength },
    filesDir: resolve(model.filesDir),
    baseModelName: model.name,
    baseModelMark: await modelMark(model),
    train: runFiles.train,
    heldOut: heldOut ? runFiles.heldOut : null,
    stopTokens: stopTokensOf(model, modelText),
    questions,
    maxAnswerTokens,
    ...(scheme && sorts && { beside: scheme }),
    ...(isJudged && { judges: judgesOfJob(judges, input, settings) }),
    ...(rated && { score: points }),
    ...(scheme && !sorts && { score: scoreJob(scheme, settings, labels?.counts ?? new Map()) })
  }
  return {
    recipe: { ...recipe, ...(systemPrompt !== undefined && { systemPrompt }) },
    job,
    ...(judges.run && { judgeDir: judges.run.adapterDir }),
    train,
    heldOut,
    input,
    work: {
      ...(judges.run && { judged: true }),
      examples: trainLengths.length,
      trainTokens: readTokens(trainLengths, before),
      heldOutTokens: readTokens(heldOutLengths, before)
    },
    cut: train.cut + (heldOut?.cut ?? 0),
    unknown: train.unknown + (heldOut?.unknown ?? 0),
    ...(scheme && labels && { labels: await labelsOfRun(scheme, labels, split.heldOut) }),
    refused: refused.first,
    refusedCount: refused.count
  }
}

/** As the trainer opens them: a copy of what gives points lies in the run's own folder. */
function judgesOfJob({ run, program }: Judges, input: TrainingInput, settings: Settings): JudgesOfJob {
  if (!run) return program ? { program } : {}
  const { modelDir, ...open } = judgeOptions(settings, { ...input, judge: run }) as OpenOptions
  return {
    run: { ...open, adapterDir: runFiles.judge, ...(modelDir !== input.modelDir && { modelDir }) },
    ...(program && { program })
  }
}

/** An encoder has no words to give, and a model that was made to score gives none. */
export function checkHead({ modelType, config }: Model, head: 'language' | 'score'): void {
  if (head === 'language' && !writes(modelType, config)) throw new NeiroError('NO_LANGUAGE_HEAD')
}

async function countLabels(lots: ExampleLots): Promise<LabelCounts> {
  const counts = new LabelCounts()
  for await (const { examples } of lots.lots()) counts.add(examples)
  return counts
}

async function labelsOfRun(
  { problem }: LabelScheme,
  learnt: LabelCounts,
  heldOut: ExampleLots
): Promise<LabelsOfRun> {
  if (problem === 'regression') return { problem, counts: [] }
  const kept = heldOut.count > 0 ? await countLabels(heldOut) : new LabelCounts()
  return { problem, counts: labelCounts(learnt.counts, kept.counts) }
}

function scoreJob(
  scheme: LabelScheme,
  { classWeights }: Settings,
  counts: ReadonlyMap<string, number>
): ScoreJob {
  if (classWeights === 'none') return scheme
  const weights = balancedWeights(counts, scheme)
  if (weights === null) throw new NeiroError('NO_CLASS_WEIGHTS')
  return { ...scheme, weights }
}

/** Where one side of the split is written: as tokens for the trainer, as words for whoever reads the run. */
class PartWriter {
  private constructor(
    readonly prepared: PreparedWriter,
    readonly data: RunDataWriter
  ) {}

  static async open(dir: string, part: 'train' | 'heldOut'): Promise<PartWriter> {
    const file = join(dir, runFiles[part])
    await mkdir(dirname(file), { recursive: true })
    const data = new RunDataWriter(dir, part === 'train' ? 'train' : 'held-out')
    return new PartWriter(await PreparedWriter.open(file), data)
  }

  async add(examples: readonly Example[], rows: readonly EncodedExample[]): Promise<void> {
    await this.data.add(examples)
    await this.prepared.add(rows)
  }

  async end(): Promise<void> {
    await this.data.close()
    await this.prepared.end()
  }

  async leave(): Promise<void> {
    await this.data.close().catch(() => undefined)
    await this.prepared.close().catch(() => undefined)
  }
}

async function encodeLots(
  lots: ExampleLots,
  encoding: EncodeOptions,
  refused: RefusedTally,
  writer: PartWriter | null
): Promise<EncodedPart> {
  const own = new RefusedTally()
  const lengths: number[] = []
  let [examples, synthetic, learntTokens, cut, cutExamples, longest, unknown] = [0, 0, 0, 0, 0, 0, 0]
  try {
    for await (const lot of lots.lots()) {
      const set = cutEach(lot.examples, await outcomesOf(lot, encoding), encoding)
      own.add(set.refused)
      refused.add(set.refused)
      const sources = new Set(set.examples.map(({ source }) => source))
      const learnt = lot.examples.filter(({ source }) => sources.has(source))
      examples += learnt.length
      synthetic += learnt.filter((example) => example.synthetic).length
      cut += set.cut
      cutExamples += new Set(set.examples.filter((one) => one.cut > 0).map(({ source }) => source)).size
      unknown += set.unknown
      for (const { tokens, labels, cut: gone } of set.examples) {
        lengths.push(tokens.length)
        longest = Math.max(longest, tokens.length + gone)
        learntTokens += learntIn(labels)
      }
      await writer?.add(learnt, set.examples)
      // what is known already comes at once: everybody else has a turn all the same
      await new Promise((resume) => setImmediate(resume))
    }
    if (lengths.length === 0) throw nothingToLearn(own)
    await writer?.end()
  } catch (error) {
    await writer?.leave()
    throw error
  }
  const files = writer?.data.files ?? []
  return { examples, synthetic, lengths, learntTokens, cut, cutExamples, longest, unknown, files }
}

/** Only what is not known yet is asked. */
async function outcomesOf(
  { examples, outcomes = [] }: Lot,
  { modelText, systemPrompt = '' }: EncodeOptions
): Promise<readonly Outcome[]> {
  const missing = examples.filter((_, i) => !outcomes[i])
  const fresh = missing.length > 0 ? await modelText.outcomes(missing, systemPrompt) : []
  let next = 0
  return examples.map((_, i) => outcomes[i] ?? (fresh[next++] as Outcome))
}

function learntIn(labels: Int32Array): number {
  let learnt = 0
  for (const label of labels) if (label >= 0) learnt++
  return learnt
}

function longestContext(questions: readonly (readonly number[])[], model: Model, before: number): number {
  if (questions.length === 0) return 0
  const prompt = before + Math.max(...questions.map((question) => question.length))
  return Math.min(prompt + maxAnswerTokens, model.maxPositionEmbeddings)
}
