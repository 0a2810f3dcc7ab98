// The model folder of a run. A project may have come from another machine, or the app been installed anew: then
// the built-in model, or one of the same name on the list, takes the place of the folder that is gone.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runFiles } from '../../contract/run-files'
import type { Job } from '../../contract/trainer-protocol'
import { starterId } from '../../contract/window/projects'
import { readRecipe, starterWord } from '../recipes/recipe'
import type { ModelShelf } from '../models/model-shelf'
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

async function elsewhere(dir: string, job: Job, shelf: ModelShelf): Promise<string | null> {
  const recipe = await readRecipe(join(dir, runFiles.recipe)).catch(() => null)
  if (recipe?.model === starterWord) return shelf.dirOf(starterId)
  const same = (await shelf.list()).find((card) => card.error === null && card.name === job.baseModelName)
  return same ? shelf.dirOf(same.id) : null
}
