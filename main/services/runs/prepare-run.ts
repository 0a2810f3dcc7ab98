// Makes a run folder from a recipe: data read, split and tokenised, and everything the trainer needs written
// down. The folder appears whole or not at all. It starts nothing.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { remove, renameInto } from '../../files/moving'
import { NeiroError } from '../../contract/errors'
import { asFileError } from '../../files/file-errors'
import type { DataReport, Example, RefusedRow } from '../../contract/records'
import { runFiles, type RunStateFile } from '../../contract/run-files'
import type { Recipe } from '../../contract/settings'
import type { Job } from '../../contract/trainer-protocol'
import { readData } from '../dataset/read/read-paths'
import { splitExamples, type Split } from '../dataset/set/split'
import { withSystem } from '../tokens/with-system'
import type { Model } from '../models/read-model'
import { stopTokensOf } from '../models/stop-tokens'
import { recipeToYaml } from '../recipes/recipe'
import { encodeInTurns, encodePrompt, type EncodedSet, type EncodeOptions } from '../tokens/encode'
import { Tokenizer } from '../tokens/tokenizer'
import { encodingOf } from '../tokens/model-encoding'
import { folderName } from './folder-name'
import { writePrepared } from '../../files/prepared-file'
import { runData } from './run-data'
import { trainingOptions } from './training-options'

export interface PrepareOptions {
  readonly recipe: Recipe
  readonly model: Model
  readonly modelDir: string
  readonly dataPaths: readonly string[]
  readonly heldOutPaths?: readonly string[]
  /** examples read and split already: no file is read then */
  readonly examples?: Split
  /** further text files of the folder, by their path in it */
  readonly files?: Readonly<Record<string, string>>
  /** where runs live; the folder is named by day and recipe */
  readonly runsDir: string
  /** exactly this folder instead */
  readonly dir?: string
  /** 0 or absent = one per processor */
  readonly threads?: number
}

export interface PreparedReport {
  readonly data: DataReport
  /** examples as tokenised: a long text counts as several */
  readonly train: number
  readonly heldOut: number
  readonly trainTokens: number
  readonly learntTokens: number
  /** tokens cut off at the length limit */
  readonly cut: number
  /** rows that were read but cannot be learnt; rows that could not be read are in data.refused */
  readonly refused: readonly RefusedRow[]
}

/** longest answer to a recipe's question while training, tokens */
export const maxAnswerTokens = 128

export async function prepareRun(options: PrepareOptions): Promise<{ dir: string; report: PreparedReport }> {
  const { recipe, model } = options
  const { settings } = recipe
  const tokenizer = await Tokenizer.load(options.modelDir)
  const encoding: EncodeOptions = {
    ...encodingOf(model, tokenizer),
    maxSeqLength: Math.min(settings.maxSeqLength, model.maxPositionEmbeddings),
    lossOn: settings.lossOn,
    systemPrompt: recipe.systemPrompt
  }
  const { data, train, heldOut, learnt } = await readParts(options, encoding)
  const trainLengths = train.examples.map(({ tokens }) => tokens.length)
  const heldOutLengths = heldOut?.examples.map(({ tokens }) => tokens.length) ?? []
  const questions = recipe.questions.map((question) => {
    const asked = withSystem([{ role: 'user', content: question }], recipe.systemPrompt)
    return [...encodePrompt(asked, encoding)]
  })
  const job: Job = {
    version: 1,
    open: trainingOptions(settings, {
      modelDir: resolve(options.modelDir),
      trainLengths,
      heldOutLengths,
      maxContext: longestContext(questions, model),
      threads: options.threads ?? 0
    }),
    settings: { ...settings, maxSeqLength: encoding.maxSeqLength },
    baseModelName: model.name,
    train: runFiles.train,
    heldOut: heldOut ? runFiles.heldOut : null,
    stopTokens: stopTokensOf(model, (token) => tokenizer.idOf(token)),
    questions,
    maxAnswerTokens
  }
  const files = { ...runData(learnt).files, ...options.files }
  const dir = await writeRun({ ...options, files }, job, train, heldOut)
  const report: PreparedReport = {
    data,
    train: train.examples.length,
    heldOut: heldOut?.examples.length ?? 0,
    trainTokens: trainLengths.reduce((sum, length) => sum + length, 0),
    learntTokens: train.examples.reduce((sum, { labels }) => sum + learntIn(labels), 0),
    cut: train.cut + (heldOut?.cut ?? 0),
    refused: [...train.refused, ...(heldOut?.refused ?? [])]
  }
  return { dir, report }
}

function learntIn(labels: Int32Array): number {
  let learnt = 0
  for (const label of labels) if (label >= 0) learnt++
  return learnt
}

async function readParts(
  { recipe, dataPaths, heldOutPaths, examples }: PrepareOptions,
  encoding: EncodeOptions
): Promise<{ data: DataReport } & EncodedSplit> {
  const { settings } = recipe
  if (examples) {
    const data = { files: [], examples: examples.train.length + examples.heldOut.length, refused: [] }
    return { data, ...(await encodeSplit(examples, encoding)) }
  }
  const read = await readData(dataPaths)
  if (heldOutPaths?.length) {
    const apart = await readData(heldOutPaths)
    const data: DataReport = {
      files: [...read.report.files, ...apart.report.files],
      examples: read.report.examples + apart.report.examples,
      refused: [...read.report.refused, ...apart.report.refused]
    }
    return { data, ...(await encodeSplit({ train: read.examples, heldOut: apart.examples }, encoding)) }
  }
  const split = splitExamples(read.examples, settings.heldOutRatio, settings.seed)
  return { data: read.report, ...(await encodeSplit(split, encoding)) }
}

interface EncodedSplit {
  readonly train: EncodedSet
  readonly heldOut: EncodedSet | null
  /** the examples of both, without those that were refused: the run keeps them, whatever becomes of the files */
  readonly learnt: Split
}

async function encodeSplit({ train, heldOut }: Split, encoding: EncodeOptions): Promise<EncodedSplit> {
  const encoded = {
    train: await encodeInTurns(train, encoding),
    heldOut: heldOut.length > 0 ? await encodeInTurns(heldOut, encoding) : null
  }
  const refused = new Set(
    [encoded.train, encoded.heldOut].flatMap((set) => set?.refused ?? []).map(({ source }) => source)
  )
  const learnt = (part: readonly Example[]): readonly Example[] =>
    part.filter(({ source }) => !refused.has(source))
  return { ...encoded, learnt: { train: learnt(train), heldOut: learnt(heldOut) } }
}

async function writeRun(
  { recipe, runsDir, dir: wanted, files = {} }: PrepareOptions,
  job: Job,
  train: EncodedSet,
  heldOut: EncodedSet | null
): Promise<string> {
  const now = new Date()
  const first = resolve(wanted ?? join(runsDir, folderName(recipe.name, now)))
  const beside = join(dirname(first), `.${basename(first)}.tmp-${process.pid}`)
  const state: RunStateFile = {
    version: 1,
    name: recipe.name,
    createdAt: now.toISOString(),
    state: 'waiting',
    step: 0,
    totalSteps: 0,
    pid: null,
    updatedAt: now.toISOString()
  }
  const text = async (name: string, content: string): Promise<void> => {
    await mkdir(dirname(join(beside, name)), { recursive: true })
    await writeFile(join(beside, name), content, { flush: true })
  }
  try {
    await mkdir(join(beside, runFiles.prepared), { recursive: true })
    await writePrepared(join(beside, runFiles.train), train.examples)
    if (heldOut) await writePrepared(join(beside, runFiles.heldOut), heldOut.examples)
    await text(runFiles.recipe, recipeToYaml(recipe))
    await text(runFiles.job, `${JSON.stringify(job, null, 2)}\n`)
    await text(runFiles.state, `${JSON.stringify(state, null, 2)}\n`)
    for (const [name, content] of Object.entries(files)) await text(name, content)
    return await moveIntoPlace(beside, first, wanted === undefined)
  } catch (error) {
    await remove(beside)
    throw asFileError(error, dirname(first))
  }
}

/** A name in use gets a number, unless the user asked for exactly this one. */
async function moveIntoPlace(beside: string, first: string, mayNumber: boolean): Promise<string> {
  for (let number = 1; ; number++) {
    const dir = number === 1 ? first : `${first}-${number}`
    const content = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      return ['something that is no folder']
    })
    if (content === null || content.length === 0) {
      if (content) await remove(dir)
      await renameInto(beside, dir)
      return dir
    }
    if (!mayNumber) {
      throw new NeiroError('RUN_EXISTS', { run: dir })
    }
  }
}

function longestContext(questions: readonly (readonly number[])[], model: Model): number {
  if (questions.length === 0) return 0
  const prompt = Math.max(...questions.map((question) => question.length))
  return Math.min(prompt + maxAnswerTokens, model.maxPositionEmbeddings)
}
