// When memory does not suffice after all: the same training in smaller bites, written into the run's job. Examples are
// never cut shorter here: that is the user's decision.
import { join } from 'node:path'
import { preparedLengths } from '../../files/prepared-file'
import { atOnce } from './micro-batch'
import { readJob, writeJob } from './run-folder'
import { smallerBites, type Bites } from './smaller-bites'

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
  const lengths = await preparedLengths(join(dir, job.train))
  const heldOut = job.heldOut ? await preparedLengths(join(dir, job.heldOut)) : []
  // everything else stays as it was told: the head, what it goes on from, where it is calculated
  const open = {
    ...job.open,
    // the longest conversation stays as it was planned
    ...atOnce(lengths, heldOut, settings, job.open.maxContext, job.open.maxContext),
    gradientCheckpointing: settings.gradientCheckpointing
  }
  await writeJob(dir, { ...job, settings, open })
  return { ...smaller, recomputes: smaller.batchSize === job.settings.batchSize }
}
