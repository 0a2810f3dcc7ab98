// When memory does not suffice after all: the same training in smaller bites, written into the run's job. Examples are
// never cut shorter here: that is the user's decision.
import { join } from 'node:path'
import { preparedLengths } from '../../files/prepared-file'
import { readJob, writeJob } from './run-folder'
import { smallerBites, type Bites } from './smaller-bites'
import { trainingOptions } from './training-options'

export interface SavedMemory extends Bites {
  /** the number of examples at once stays; what was kept is computed again */
  readonly recomputes: boolean
}

/** Rewrites job.json of a run that is not training; null when nothing is left to save. */
export async function saveMemory(dir: string): Promise<SavedMemory | null> {
  const job = await readJob(dir)
  const smaller = smallerBites(job.settings)
  if (!smaller) return null
  const settings = { ...job.settings, ...smaller }
  const open = trainingOptions(settings, {
    modelDir: job.open.modelDir,
    trainLengths: await preparedLengths(join(dir, job.train)),
    heldOutLengths: job.heldOut ? await preparedLengths(join(dir, job.heldOut)) : [],
    maxContext: job.open.maxContext,
    threads: job.open.threads
  })
  await writeJob(dir, { ...job, settings, open })
  return { ...smaller, recomputes: smaller.batchSize === job.settings.batchSize }
}
