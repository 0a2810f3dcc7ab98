// What can be done with a run as it stands, in the train room and after it. Pure.
import { isCloud } from '../../main/contract/elsewhere'
import { goalOf, type GoalKey } from '../../main/contract/goals'
import type { Project } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'

/** stands for a run in the address while a new one is prepared */
export const newRun = 'new'

/** It goes on from its last checkpoint. What failed can be tried again (a full disk, too little memory), but a
 *  loss that is no number comes again. */
export function canResume(run: Pick<RunView, 'state' | 'error' | 'elsewhere'>): boolean {
  const { state, error } = run
  if (isByHand(run)) return false
  if (state === 'failed') return error?.code !== 'NOT_FINITE'
  return state === 'paused' || state === 'interrupted' || state === 'stopped'
}

/** The goal that it was trained for, where its project is for another one by now. */
export function earlierGoal(
  { settings, project }: Pick<RunView, 'settings' | 'project'>,
  current: Pick<Project, 'id' | 'goal'> | null
): GoalKey | null {
  if (current === null || current.id !== project) return null
  const goal = goalOf(settings.method)
  return goal === current.goal ? null : goal
}

/** The newest of a project that was trained for a goal; what only tries settings is none. */
export const newestFor = (goal: GoalKey, runs: readonly RunView[]): RunView | null =>
  runs
    .filter(({ ofSweep, settings }) => !ofSweep && goalOf(settings.method) === goal)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0] ?? null

/** Written into a folder that somebody runs: nothing can be begun or ended here. */
export const isByHand = ({ elsewhere }: Pick<RunView, 'elsewhere'>): boolean => elsewhere?.kind === 'folder'

/** The same, as long as its result has not been taken back. */
export const isAwaited = (run: Pick<RunView, 'elsewhere' | 'state'>): boolean =>
  isByHand(run) && !hasResult(run)

/** At rest, with something saved that a result can be made of. */
export function canEndHere({
  state,
  savedStep,
  elsewhere
}: Pick<RunView, 'state' | 'savedStep' | 'elsewhere'>): boolean {
  // what a service has saved on the way is known there
  if (elsewhere && isCloud(elsewhere.kind)) return state === 'paused' || state === 'interrupted'
  // elsewhere the best so far is only known at its end
  return elsewhere === null && ['paused', 'interrupted', 'failed'].includes(state) && savedStep > 0
}

/** A service trains it: what comes of it stays there. */
export const isAtService = ({ elsewhere }: Pick<RunView, 'elsewhere'>): boolean =>
  elsewhere !== null && isCloud(elsewhere.kind)

/** What it learnt came home, or was learnt here; else a service keeps it. */
export const isHere = ({ remoteModel }: Pick<RunView, 'remoteModel'>): boolean => remoteModel === undefined

export const hasResult = ({ state }: Pick<RunView, 'state'>): boolean =>
  state === 'finished' || state === 'stopped'
