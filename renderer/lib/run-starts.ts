// Runs that another training can go on from: those of the project with a result on the model that is chosen, that answer in
// words. Those that learnt a tone come first, the one that was chosen before the others. Pure.
import { goalOf } from '../../main/contract/goals'
import { methodRows } from '../../main/contract/methods'
import type { Project } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { hasResult } from './run-acts'

/** What is said of where a training begins. */
export function startSaid(
  starts: readonly RunView[],
  /** null: the model as it is */
  start: string | null
): 'none' | 'baseText' | 'wholeText' | 'runText' {
  if (starts.length === 0) return 'none'
  if (start === null) return 'baseText'
  const run = starts.find(({ id }) => id === start)
  // what learnt its model whole has no part whose size could be gone on with
  return run && methodRows[run.settings.method].trains === 'model' ? 'wholeText' : 'runText'
}

/** The model that somebody chose for a run, or for the first of those that it is built on. */
function chosenFor(run: RunView, runs: readonly RunView[], seen: readonly string[] = []): string {
  const base = run.baseRun && runs.find(({ dir }) => dir === run.baseRun?.dir)
  return base && !seen.includes(base.dir) ? chosenFor(base, runs, [...seen, base.dir]) : run.modelName
}

export function startsOf(
  { id, chosenRun, modelName }: Pick<Project, 'id' | 'chosenRun' | 'modelName'>,
  runs: readonly RunView[]
): readonly RunView[] {
  const own = runs.filter(
    (run) =>
      run.project === id &&
      hasResult(run) &&
      methodRows[run.settings.method].head === 'language' &&
      (modelName === null || chosenFor(run, runs) === modelName)
  )
  const order = (run: RunView): number =>
    (goalOf(run.settings.method) === 'tone' ? 2 : 0) + (run.id === chosenRun ? 1 : 0)
  return own.toSorted((a, b) => order(b) - order(a) || b.createdAt.localeCompare(a.createdAt))
}
