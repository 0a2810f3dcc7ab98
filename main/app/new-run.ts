// What a page asks of a new run, with the file behind its id: a program runs only where the user has agreed to it.
import type { Calls } from '../contract/channels'
import { NeiroError } from '../contract/errors'
import type { StartRequest } from '../services/runs/training'
import type { Parts } from '../parts'

/** Throws PROGRAM_NOT_AGREED. */
export async function newRunOf(
  { rewardProgram, ...request }: Calls['runs.startRun']['args'],
  { files, agreedPrograms }: Pick<Parts, 'files' | 'agreedPrograms'>
): Promise<StartRequest> {
  if (rewardProgram === undefined) return request
  const file = files.pathOf(rewardProgram)
  if (!(await agreedPrograms.look(file)).agreed) throw new NeiroError('PROGRAM_NOT_AGREED', { file })
  return { ...request, rewardProgram: file }
}
