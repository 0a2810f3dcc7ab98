// Who gives the answers of a training marks, beside its rules: what a recipe names, looked at before anything begins.
import { join } from 'node:path'
import type { OpenOptions } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import { answersItself } from '../../contract/methods'
import type { Recipe } from '../../contract/settings'
import type { ProgramOfJob } from '../../contract/trainer-protocol'
import { fileHash } from '../../files/file-hash'
import { engineOptions } from '../models/open-model'
import type { ModelShelf } from '../models/model-shelf'
import type { Model } from '../models/read-model'
import { isRunFolder } from './run-folder'
import { readTunedModel, resultOf, type OpenedHow } from './tuned-model'

export interface Judges {
  /** the model that gives points, and its adapter where that lies now */
  readonly run?: OpenOptions & { readonly adapterDir: string }
  readonly program?: ProgramOfJob
}

/** Throws NO_REWARD_RUN for what gives no points, REWARD_OTHER_TOKENS for one that reads texts otherwise, PROGRAM_NOT_READ. */
export async function judgesOf(
  { rewardRun, rewardProgram, settings }: Recipe,
  model: Model,
  shelf: ModelShelf,
  how: OpenedHow
): Promise<Judges> {
  if (!answersItself(settings.method)) return {}
  return {
    ...(rewardRun !== undefined && { run: await judgeOf(rewardRun, model, shelf, how) }),
    ...(rewardProgram !== undefined && { program: await programOf(rewardProgram, settings.rewardSeconds) })
  }
}

/** The model of a run, to give points. */
export async function judgeOf(
  dir: string,
  model: Model,
  shelf: ModelShelf,
  how: OpenedHow
): Promise<NonNullable<Judges['run']>> {
  if (!isRunFolder(dir)) throw new NeiroError('RUN_NOT_FOUND', { run: dir })
  const tuned = await readTunedModel(await resultOf(dir, shelf), how)
  const { adapterDir, score } = tuned
  if (score?.rates !== true || adapterDir === null) throw new NeiroError('NO_REWARD_RUN', { run: dir })
  // what was said is read by its tokens
  if (!(await readAlike(model, tuned.model))) throw new NeiroError('REWARD_OTHER_TOKENS', { run: dir })
  return { ...engineOptions(tuned.open), adapterDir, maxContext: 0 }
}

async function readAlike(one: Model, other: Model): Promise<boolean> {
  if (one.dir === other.dir) return true
  const prints = [one, other].map(({ filesDir }) =>
    fileHash(join(filesDir, 'tokenizer.json')).catch(() => null)
  )
  const [first, second] = await Promise.all(prints)
  return first != null && first === second
}

async function programOf(file: string, seconds: number): Promise<ProgramOfJob> {
  return { file, sha256: await programHash(file), seconds }
}

/** Throws PROGRAM_NOT_READ. */
export async function programHash(file: string): Promise<string> {
  const sha256 = await fileHash(file).catch(() => null)
  if (sha256 === null) throw new NeiroError('PROGRAM_NOT_READ', { file })
  return sha256
}
