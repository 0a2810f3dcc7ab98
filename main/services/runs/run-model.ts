// The model folder of a run. A project may have come from another machine, or the app been installed anew: then
// the built-in model, or one of the same name on the list, takes the place of the folder that is gone; so does the run of the
// same project that it was begun on, where the project was moved as a whole.
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { runFiles } from '../../contract/run-files'
import type { Job } from '../../contract/trainer-protocol'
import { starterId } from '../../contract/window/projects'
import { readRecipe, starterWord } from '../recipes/recipe'
import { hasMark } from '../models/model-mark'
import type { ModelShelf } from '../models/model-shelf'
import { readModel, type Model } from '../models/read-model'
import type { SmallFilesOf } from '../models/small-files'
import { readJob, writeJob } from './run-folder'

/** job.json with a model folder that exists, where there is one; else as it is. */
export async function jobOf(dir: string, shelf: ModelShelf): Promise<Job> {
  const job = await readJob(dir)
  if (existsSync(resolve(dir, job.open.modelDir))) return job
  const modelDir = (await movedAlong(dir, job)) ?? (await elsewhere(dir, job, shelf))
  if (modelDir === null) return job
  const filesDir = job.filesDir === job.open.modelDir ? modelDir : job.filesDir
  const mended: Job = { ...job, filesDir, open: { ...job.open, modelDir } }
  await writeJob(dir, mended)
  return mended
}

/** The user says where the model lies now. Throws OTHER_MODEL where it is not the one that the run began with, and what
 *  a folder that is no model is refused with. */
export async function moveModel(dir: string, to: string, files: SmallFilesOf): Promise<void> {
  const job = await readJob(dir)
  const model = await sameModel(job, to, files)
  await writeJob(dir, { ...job, open: { ...job.open, modelDir: model.dir }, filesDir: model.filesDir })
}

/** The model at a place. Throws OTHER_MODEL where it is not, or is no longer, the one that the run began with. */
export async function sameModel(job: Job, place: string, files: SmallFilesOf): Promise<Model> {
  const model = await readModel(resolve(place), files)
  const { baseModelMark: mark } = job
  if (mark !== undefined && !(await hasMark(model, mark)))
    throw new NeiroError('OTHER_MODEL', { dir: model.dir, model: job.baseModelName })
  return model
}

/** What a run of this project has learnt whole, beside this run as it was in the old place: PROJECT/runs/RUN/model. */
async function movedAlong(dir: string, job: Job): Promise<string | null> {
  const old = resolve(dir, job.open.modelDir)
  const [run, runs] = [dirname(old), dirname(dir)]
  if (basename(dirname(run)) !== basename(runs)) return null
  const beside = join(runs, basename(run), basename(old))
  if (!existsSync(beside)) return null
  const { baseModelMark: mark } = job
  return mark === undefined || (await hasMark(await readModel(beside), mark)) ? beside : null
}

/** Where the run's model is besides; one of the same name that is another model is no place to go on with. */
async function elsewhere(dir: string, job: Job, shelf: ModelShelf): Promise<string | null> {
  const recipe = await readRecipe(join(dir, runFiles.recipe)).catch(() => null)
  const sameName = async (): Promise<readonly string[]> =>
    (await shelf.list()).flatMap(({ id, name, error }) =>
      error === null && name === job.baseModelName ? [id] : []
    )
  for (const id of recipe?.model === starterWord ? [starterId] : await sameName()) {
    const model = await shelf.modelOf(id)
    const { baseModelMark: mark } = job
    if (mark === undefined || (await hasMark(model, mark))) return model.dir
  }
  return null
}
