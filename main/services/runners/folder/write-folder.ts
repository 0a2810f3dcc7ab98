// The folder by which a run is trained elsewhere: the programs of resources/remote as they are, recipe.json, the lessons,
// the base where it goes along, requirements, README. Whole or not there. Whoever opens it can read all of it.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, copyFile, cp, mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { packRows } from '../../../batches/pack-rows'
import { randomFrom, shuffled } from '../../../batches/shuffle'
import type { Spread } from '../../../contract/elsewhere'
import type { Language } from '../../../contract/language'
import { runFiles } from '../../../contract/run-files'
import { NeiroError } from '../../../contract/errors'
import type { Job } from '../../../contract/trainer-protocol'
import { bytesOfTree } from '../../../files/copy-tree'
import { filesIn } from '../../../files/files-in'
import { carryFiles } from '../../../files/model-folder'
import { readPrepared } from '../../../files/prepared-file'
import { writeFolderWhole } from '../../../files/whole-folder'
import { remoteWords } from '../../../words/remote'
import { findWeights } from '../../models/model-files'
import type { Model } from '../../models/read-model'
import { isGguf } from '../../models/small-files'
import { jsonText } from '../../runs/run-folder'
import { lessonsOf } from './lesson-lines'
import { readmeRows } from './readme-rows'
import { waysOf, type Load } from './scale'
import { learnsOf, processesThatGo, trlRecipe, type LessonFile, type TrlRecipe } from './trl-recipe'

export interface FolderRequest {
  readonly target: string
  /** resources/remote */
  readonly programsDir: string
  readonly runDir: string
  readonly name: string
  readonly run: string
  readonly job: Job
  readonly totalSteps: number
  readonly model: Model
  readonly hub: string | null
  /** the weights go along */
  readonly along: boolean
  readonly load: Load
  /** null: what fits there is taken */
  readonly spread: Spread | null
  /** Writes what the adapter is before it has learnt anything, where this machine can: then it begins alike there. */
  readonly writeStart: (dir: string) => Promise<void>
  readonly language: Language
}

export interface WrittenFolder {
  readonly dir: string
  readonly recipe: TrlRecipe
  readonly bytes: number
}

/** Throws METHOD_NOT_ELSEWHERE, SETTING_NOT_ELSEWHERE, PAIR_NOT_ELSEWHERE, GGUF_NOT_ELSEWHERE, TARGET_EXISTS. */
export async function writeTrainingFolder(request: FolderRequest): Promise<WrittenFolder> {
  const { target, programsDir, runDir, name, run, job, totalSteps, model, hub, along } = request
  // Transformers opens a GGUF only unpacked: another base than the one that is learnt on here
  if (isGguf(model.dir)) throw new NeiroError('GGUF_NOT_ELSEWHERE', { model: model.name })
  const learns = learnsOf(job.settings.method)
  const recipe = await writeFolderWhole(target, { replace: false }, async (staging) => {
    await copyPrograms(programsDir, staging)
    await mkdir(join(staging, 'data'))
    const lessons = async (file: string, to: string): Promise<LessonFile> => {
      const examples = await writeLessons(join(runDir, file), join(staging, to), learns, job.score?.problem)
      return { file: to, examples }
    }
    const train = await lessons(job.train, 'data/train.jsonl')
    const heldOut = job.heldOut && {
      ...(await lessons(job.heldOut, 'data/held-out.jsonl')),
      ...(learns === 'rated' && { groups: await groupsOf(join(runDir, job.heldOut), job.open) })
    }
    await writeOrder(join(staging, 'data/order.jsonl'), train.examples, request)
    const weights = await findWeights(model.dir)
    if (along) await copyModel(model, weights, join(staging, 'model'))
    else {
      // what cuts text into tokens is small, and asked for padding alone
      await mkdir(join(staging, 'tokenizer'))
      await carryFiles(model.filesDir, join(staging, 'tokenizer'))
    }
    const start = join(runDir, runFiles.start)
    if (existsSync(start)) await cp(start, join(staging, 'start'), { recursive: true })
    else await request.writeStart(join(staging, 'start'))
    const decides = (await filesIn(staging)).filter(
      (file) => !isForThere(file) && !weights.some((name) => file === `model/${name}`)
    )
    const made = trlRecipe({
      ...{ name, run, job, totalSteps },
      model: { name: model.name, hub, sha256: await sumsOf(model.dir, weights) },
      lessons: { train, ...(heldOut && { held_out: heldOut }) },
      files: await sumsOf(staging, decides),
      spread: { said: request.spread, ...waysOf(request.load) }
    })
    await writeFile(join(staging, 'recipe.json'), jsonText(made), { flush: true })
    await writeFile(join(staging, 'README.md'), readme(request, made), { flush: true })
    return made
  })
  const dir = resolve(target)
  return { dir, recipe, bytes: await bytesOfTree(dir) }
}

async function copyPrograms(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    // what Python and its tools leave beside programs is none of them
    if (entry.name.startsWith('.') || entry.name === '__pycache__') continue
    await cp(join(from, entry.name), join(to, entry.name), { recursive: true })
  }
  await chmod(join(to, 'start.sh'), 0o755)
}

/** What is fitted to the machine that it is there: it may be changed. */
const isForThere = (file: string): boolean =>
  ['job.slurm', 'start.sh', 'requirements.txt', 'ruff.toml'].includes(file) || file.startsWith('accelerate/')

/** Line by line: a run may have a million examples. Answers how many there were. */
async function writeLessons(
  prepared: string,
  to: string,
  learns: TrlRecipe['learns'],
  problem: NonNullable<Job['score']>['problem'] | undefined
): Promise<number> {
  const set = await readPrepared(prepared)
  const file = await open(to, 'wx')
  try {
    let lines: string[] = []
    let count = 0
    const flush = async (): Promise<void> => {
      await file.writeFile(lines.join(''))
      lines = []
    }
    for (const lesson of lessonsOf(set, learns, problem)) {
      count++
      if (lines.push(`${JSON.stringify(lesson)}\n`) >= 500) await flush()
    }
    await flush()
    await file.sync()
    return count
  } finally {
    await file.close()
    set.close()
  }
}

/** As they are read together here (trainer/methods/kto). */
async function groupsOf(
  prepared: string,
  { maxTokensPerMicroBatch: most }: Pick<Job['open'], 'maxTokensPerMicroBatch'>
): Promise<readonly number[]> {
  const set = await readPrepared(prepared)
  try {
    return packRows(set.lengths.keys(), set.lengths, most).map((some) => some.length)
  } finally {
    set.close()
  }
}

/** A line for each time that all examples are read: their numbers, in the order in which they would be read here. */
async function writeOrder(
  file: string,
  examples: number,
  { job: { settings }, totalSteps }: FolderRequest
): Promise<void> {
  const perEpoch = Math.ceil(examples / settings.batchSize / settings.gradientAccumulationSteps)
  const epochs = Math.max(1, Math.ceil(totalSteps / perEpoch))
  const lines = function* (): Generator<string> {
    for (let epoch = 0; epoch < epochs; epoch++)
      yield `${JSON.stringify([...shuffled(examples, randomFrom(settings.seed, epoch))])}\n`
  }
  await writeFile(file, lines(), { flush: true })
}

async function copyModel(model: Model, weights: readonly string[], to: string): Promise<void> {
  await mkdir(to)
  await copyFile(join(model.dir, 'config.json'), join(to, 'config.json'))
  await carryFiles(model.filesDir, to)
  const index = 'model.safetensors.index.json'
  const names = weights.length > 1 && existsSync(join(model.dir, index)) ? [...weights, index] : weights
  for (const name of names) await copyFile(join(model.dir, name), join(to, name))
}

async function sumsOf(dir: string, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const sums: Record<string, string> = {}
  for (const name of names) sums[name] = await sha256(join(dir, name))
  return sums
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file) as AsyncIterable<Buffer>) hash.update(part)
  return hash.digest('hex')
}

/** recipe.json of a folder that was written by Neiro; null: it is none. */
export async function readTrlRecipe(dir: string): Promise<TrlRecipe | null> {
  try {
    const recipe = JSON.parse(await readFile(join(dir, 'recipe.json'), 'utf8')) as Partial<TrlRecipe> | null
    return recipe?.version === 1 && typeof recipe.run === 'string' ? (recipe as TrlRecipe) : null
  } catch {
    return null
  }
}

function readme(request: FolderRequest, recipe: TrlRecipe): string {
  const { name, model, along, hub, load, language, job } = request
  const { method, lessons, training, batch, adapter, precision, quantization, best, trains } = recipe
  const counts = processesThatGo(recipe)
  const { r, lora_alpha } = adapter?.arguments ?? {}
  return remoteWords(language).readme({
    ...{ name, method, along, hub, trains, precision, counts },
    ...readmeRows(load, counts),
    model: model.name,
    train: String(lessons.train.examples),
    heldOut: lessons.held_out?.examples ?? 0,
    steps: String(training.max_steps),
    quantized: quantization !== null,
    adapter: adapter && {
      kind: adapter.kind === 'lora' ? 'LoRA' : adapter.kind === 'vera' ? 'VeRA' : 'IA3',
      ...(typeof r === 'number' && { rank: String(r) }),
      ...(typeof lora_alpha === 'number' && { alpha: String(lora_alpha) })
    },
    batch: `${batch.examples} x ${batch.accumulation}`,
    mostRepeated: batch.examples * batch.accumulation - 1,
    learningRate: String(job.settings.learningRate),
    epochs: job.settings.maxSteps > 0 ? null : String(job.settings.epochs),
    seed: String(training.seed),
    patience: best.patience
  })
}
