// The model folder of a run. A project may have come from another machine, or the app been installed anew: then
// the built-in model, or one of the same name on the list, takes the place of the folder that is gone.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
  const modelDir = await elsewhere(dir, job, shelf)
  if (modelDir === null) return job
  const mended: Job = { ...job, open: { ...job.open, modelDir } }
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
