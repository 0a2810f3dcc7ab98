// What home says of a project as it stands: its state, its headline, and which run it goes on with where that is another
// than the one that is spoken of. Pure.
import { goalOf } from '../../main/contract/goals'
import { rates } from '../../main/contract/methods'
import type { Language } from '../../main/contract/language'
import type { Project } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { windowWords } from '../../main/words/window'
import { percent } from './format'
import type { ProjectStatus } from './project-status'
import { railChoice, type RunInView } from './rail-choice'
import { learntShare } from './run-in-view'

export function projectHeadline(
  { goal, examples }: Pick<Project, 'goal' | 'examples'>,
  { status, about }: Pick<ProjectStatus, 'status' | 'about'>,
  language: Language
): string {
  const { home, sorting } = windowWords[language]
  if (status === 'data' && examples) return home.headlineRead
  if (status === 'compare' && goal === 'sort') return sorting.home.headline
  if (status !== 'training' && status !== 'exported') return home.headline[status]
  if (status === 'exported' && about?.state === 'stopped')
    return home.headlineExportedEarly(percent(learntShare(about)))
  if (status === 'exported' && about && rates(about.settings.method)) return home.headlineExportedPoints
  // the project may have another goal by now
  const learnt = about ? goalOf(about.settings.method) : goal
  return status === 'training' ? home.headlineTraining[learnt] : home.headlineExported[learnt]
}

/** where texts are sorted no answers are read side by side */
export const projectState = (
  { goal }: Pick<Project, 'goal'>,
  { status }: Pick<ProjectStatus, 'status'>,
  language: Language
): string =>
  status === 'export' && goal === 'sort'
    ? windowWords[language].sorting.home.seen
    : windowWords[language].home.state[status]

/** null: it is the one that is spoken of, or the user went back to prepare another. */
export function nextRun(
  { run, about, page }: Pick<ProjectStatus, 'run' | 'about' | 'page'>,
  runs: readonly RunView[]
): RunView | null {
  const next = page === 'compare' || page === 'export' ? runs.find(({ id }) => id === run) : undefined
  return next && about && next.id !== about.id ? next : null
}

/** How well the run went that home speaks of; of several runs, which one that is. */
export function projectResult(
  project: Project,
  about: RunInView | null,
  runs: readonly RunView[],
  language: Language
): string {
  const said = railChoice('compare', project, about, language)
  const isOneOfMany = runs.filter((run) => run.project === project.id && !run.ofSweep).length > 1
  if (about === null || !isOneOfMany) return said
  return said === '' ? about.name : windowWords[language].home.ofRun(about.name, said)
}
