// Words that a house never uses, for what its runs say: the check-up of a project's data keeps the only list of them.
import type { CheckUps } from '../doctor/check-ups'
import type { RunPlace } from '../runs/run-view'

interface Kept {
  readonly checkUps: Pick<CheckUps, 'forbidden'>
  readonly dirOf: (project: string) => Promise<string>
}

/** Of a run without a project nobody has said any. */
export const forbiddenOf = async (
  { checkUps, dirOf }: Kept,
  { project }: Pick<RunPlace, 'project'>
): Promise<readonly string[]> => (project === null ? [] : checkUps.forbidden(await dirOf(project)))
