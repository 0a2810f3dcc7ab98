// When memory does not suffice after all: the same training in smaller bites. First fewer examples at once
// with more of them gathered into one update (the result stays the same), then computing again instead of
// keeping. Examples are never cut shorter here: that is the user's decision.
import { join } from 'node:path'
import { runFiles } from '../../contract/run-files'
import type { Settings } from '../../contract/settings'
import type { Job } from '../../contract/trainer-protocol'
import { writeFileWhole } from '../../files/whole-file'
import { preparedLengths } from '../../files/prepared-file'
import { trainingOptions } from './training-options'
import { readJson } from './run-view'

type Bites = Pick<Settings, 'batchSize' | 'gradientAccumulationSteps' | 'gradientCheckpointing'>

/** The next smaller way to train the same; null when there is none. Pure. */
export function smallerBites(settings: Bites): Bites | null {
  const { batchSize, gradientAccumulationSteps, gradientCheckpointing } = settings
  if (batchSize > 1) {
    const smaller = largestDivisor(batchSize)
    const times = batchSize / smaller
    return {
      batchSize: smaller,
      gradientAccumulationSteps: gradientAccumulationSteps * times,
      gradientCheckpointing
    }
  }
  return gradientCheckpointing ? null : { batchSize, gradientAccumulationSteps, gradientCheckpointing: true }
}

/** of a half at most: an update then still holds exactly as many examples */
function largestDivisor(of: number): number {
  let divisor = Math.floor(of / 2)
  while (of % divisor !== 0) divisor--
  return divisor
}

export interface SavedMemory extends Bites {
  /** the number of examples at once stays; what was kept is computed again */
  readonly recomputes: boolean
}

/** Rewrites job.json of a run that is not training; null when nothing is left to save. */
export async function saveMemory(dir: string): Promise<SavedMemory | null> {
  const job = await readJson<Job>(dir, runFiles.job)
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
  await writeFileWhole(join(dir, runFiles.job), `${JSON.stringify({ ...job, settings, open }, null, 2)}\n`)
  return { ...smaller, recomputes: smaller.batchSize === job.settings.batchSize }
}
