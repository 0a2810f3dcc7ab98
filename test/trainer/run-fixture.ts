// Run folders for tests, as the runs service would write them, but of random tokens: no tokenizer, no data
// files, no starter model needed.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runFiles, type RunStateFile } from '../../main/contract/run-files'
import type { MetricLine } from '../../main/contract/records'
import { defaultSettings, type Settings } from '../../main/contract/settings'
import { points, type ScoredLabels, type ScoreJob } from '../../main/contract/scores'
import type { Job } from '../../main/contract/trainer-protocol'
import { trainingOptions } from '../../main/services/runs/training-options'
import { writePrepared } from '../../main/files/prepared-file'
import { disliked, liked, otherAnswer, type TokenExample } from '../../main/batches/example-set'
import { methodRows, rates, type MethodKey, type MethodRow } from '../../main/contract/methods'
import { randomFrom } from '../../main/batches/shuffle'

export const goldenLlama = resolve(import.meta.dirname, '../golden/models/llama')
/** of the golden models */
const vocabSize = 320

export const smallSettings: Settings = {
  ...defaultSettings,
  loraRank: 4,
  loraAlpha: 8,
  loraDropout: 0.1,
  learningRate: 1e-3,
  batchSize: 2,
  gradientAccumulationSteps: 2,
  epochs: 2,
  evaluationSteps: 5,
  checkpointSteps: 3,
  earlyStoppingPatience: 0,
  seed: 7
}

export function randomExamples(count: number, seed: number, longest = 24): TokenExample[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => {
    const length = 4 + (random() % (longest - 4))
    // half of the vocabulary only, so that there is something to learn
    const tokens = Int32Array.from({ length }, () => 3 + (random() % (vocabSize / 2)))
    return { tokens, labels: tokens.map((id, i) => (i < 2 ? -100 : id)) }
  })
}

/** of a method that sorts beside what it says */
const beside: ScoredLabels = { problem: 'single_label_classification', labels: ['a', 'b', 'c'] }

/** The same as the method's batches want them: two answers in one, or a verdict at the beginning. */
function asFor(
  method: MethodKey,
  examples: readonly TokenExample[],
  score?: ScoreJob
): readonly TokenExample[] {
  const { examples: kinds, sorts }: MethodRow = methodRows[method]
  // every other one says its label, the others words
  if (sorts)
    return examples.map((example, i) => ({
      ...example,
      targets: Float32Array.of(i % 2 ? -1 : (i / 2) % beside.labels.length)
    }))
  if (score) return examples.map((example, i) => ({ ...example, targets: targetsOf(score, i) }))
  if (kinds.includes('rated'))
    return examples.map(({ tokens, labels }, i) => ({
      tokens,
      labels: marked(labels, 0, i % 3 ? liked : disliked)
    }))
  if (!kinds.includes('preference')) return examples
  return examples.map(({ tokens, labels }, i) => {
    const other = examples[(i + 1) % examples.length] as TokenExample
    return {
      tokens: Int32Array.from([...tokens, ...other.tokens]),
      labels: marked(Int32Array.from([...labels, ...other.labels]), labels.length, otherAnswer)
    }
  })
}

/** What is right of the example of this number. */
function targetsOf({ problem, labels }: ScoreJob, i: number): Float32Array {
  if (problem === 'regression') return Float32Array.of(i / 4)
  if (problem === 'single_label_classification') return Float32Array.of(i % labels.length)
  return Float32Array.from(labels, (_, label) => Number((i >> label) % 2 === 1))
}

const marked = (labels: Int32Array, at: number, mark: number): Int32Array =>
  labels.map((label, i) => (i === at ? mark : label))

export interface FixtureOptions {
  readonly settings?: Partial<Settings>
  readonly train?: number
  readonly heldOut?: number
  readonly questions?: number
  readonly modelDir?: string
  readonly threads?: number
  /** tokens of the longest example */
  readonly longest?: number
  readonly dir?: string
  /** of a method that sorts */
  readonly score?: ScoreJob
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'neiro-run-'))

export async function runFixture(options: FixtureOptions = {}): Promise<string> {
  const dir = options.dir ?? join(temporaryFolder(), 'run')
  const settings = { ...smallSettings, ...options.settings }
  const train = asFor(settings.method, randomExamples(options.train ?? 37, 1, options.longest), options.score)
  const heldOut = asFor(
    settings.method,
    randomExamples(options.heldOut ?? 6, 2, options.longest),
    options.score
  )
  const score = options.score ?? (rates(settings.method) ? points : undefined)
  const { sorts }: MethodRow = methodRows[settings.method]
  const scores = methodRows[settings.method].head === 'score'
  const lengths = (examples: readonly TokenExample[]): number[] => examples.map(({ tokens }) => tokens.length)
  const job: Job = {
    version: 1,
    open: trainingOptions(settings, {
      modelDir: options.modelDir ?? goldenLlama,
      trainLengths: lengths(train),
      heldOutLengths: lengths(heldOut),
      maxContext: scores ? 0 : 32,
      threads: options.threads ?? 1,
      ...(sorts && { besideLabels: beside.labels.length }),
      ...(score && { score: { labels: score.labels.length, problem: score.problem } })
    }),
    settings,
    baseModelName: 'golden/llama',
    train: runFiles.train,
    heldOut: heldOut.length > 0 ? runFiles.heldOut : null,
    stopTokens: [2],
    questions: Array.from({ length: options.questions ?? (scores ? 0 : 1) }, (_, i) => [5 + i, 6, 7]),
    maxAnswerTokens: 8,
    ...(sorts && { beside }),
    ...(score && { score })
  }
  const state: RunStateFile = {
    version: 1,
    name: 'テスト',
    createdAt: '2026-04-01T00:00:00.000Z',
    state: 'waiting',
    step: 0,
    totalSteps: 0,
    pid: null,
    updatedAt: '2026-04-01T00:00:00.000Z'
  }
  mkdirSync(join(dir, runFiles.prepared), { recursive: true })
  await writePrepared(join(dir, runFiles.train), train)
  if (heldOut.length > 0) await writePrepared(join(dir, runFiles.heldOut), heldOut)
  writeFileSync(join(dir, runFiles.job), JSON.stringify(job))
  writeFileSync(join(dir, runFiles.state), JSON.stringify(state))
  return dir
}

export function metricLines(dir: string): MetricLine[] {
  const text = readFileSync(join(dir, runFiles.metrics), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as MetricLine)
}

/** What a disturbed run must share with an undisturbed one: all but times, memory and what tells of breaks. */
export function comparableLines(dir: string): string[] {
  const breaks = ['RESUMED', 'PAUSED', 'STOPPED', 'INTERRUPTED', 'CHECKPOINT_TORN']
  return metricLines(dir)
    .filter((line) => !(line.kind === 'notice' && breaks.includes(line.code)))
    .map((line) => JSON.stringify(line.kind === 'step' ? untimed(line) : { ...line, time: '' }))
}

const untimed = (line: Extract<MetricLine, { kind: 'step' }>): MetricLine => ({
  ...line,
  time: '',
  seconds: 0,
  figures: { ...line.figures, tokensPerSecond: 0, memory: 0 }
})

/** Names and bytes of the files of a folder inside the run. */
export async function folderBytes(
  dir: string,
  folder: string = runFiles.adapter
): Promise<Record<string, string>> {
  const names = (await readdir(join(dir, folder))).sort()
  const entries = await Promise.all(
    names.map(async (name) => [name, (await readFile(join(dir, folder, name))).toString('base64')] as const)
  )
  return Object.fromEntries(entries)
}
