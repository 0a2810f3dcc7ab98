// What home says of a project as it stands: its state, its headline, and which run its button opens where that is another
// than the one that is spoken of. Pure.
import { goalOf } from '../../main/contract/goals'
import { rates } from '../../main/contract/methods'
import type { Language } from '../../main/contract/language'
import type { Project } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { windowWords } from '../../main/words/window'
import { percent } from './format'
import type { ProjectStatus } from './project-status'
import { railChoice, reached, type RunInView } from './rail-choice'
import { isAwaited } from './run-acts'
import { learntNothing } from './run-doubt'
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
  if (status === 'exported' && about && learntNothing(about)) return home.headlineExportedNothing
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

/** What is still to do with the run that the button opens; '': it is the one that is spoken of, or the user went back to prepare another. */
export function nextRunSaid(
  { run, about, page }: Pick<ProjectStatus, 'run' | 'about' | 'page'>,
  nameOf: (run: string) => string,
  language: Language
): string {
  if (run === null || about === null || run === about.id) return ''
  return page === 'compare' || page === 'export' ? windowWords[language].home.nextRun[page](nameOf(run)) : ''
}

/** Runs whose results are awaited from elsewhere, where home speaks of another one; '': none. */
export function awaitedSaid(
  { status }: Pick<ProjectStatus, 'status'>,
  own: readonly RunView[],
  nameOf: (run: string) => string,
  language: Language
): string {
  const names = status === 'awaited' ? [] : own.filter(isAwaited).map(({ id }) => nameOf(id))
  const { home, common } = windowWords[language]
  return names.length === 0 ? '' : home.awaits(names.join(common.between))
}

/** How well the run went that home speaks of; of several runs, which one that is. */
export function projectResult(
  project: Project,
  about: RunInView | null,
  runs: readonly RunView[],
  language: Language
): string {
  const isOneOfMany = runs.filter((run) => run.project === project.id && !run.ofSweep).length > 1
  if (about === null || !isOneOfMany) return railChoice('compare', project, about, language)
  // its name says what it learnt
  const said = reached(about.run, language)
  return said === '' ? about.name : windowWords[language].home.ofRun(about.name, said)
}
