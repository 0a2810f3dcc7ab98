// The choice that was made at a step, in words for the rail: the rail is the recipe, and speaks of the run that the
// page speaks of. Pure.
import type { Language } from '../../main/contract/language'
import type { RemotePlace } from '../../main/contract/elsewhere'
import type { FetchView } from '../../main/contract/window/models'
import { starterId, steps, type Project, type Step } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { methodRows } from '../../main/contract/methods'
import { figureWords } from '../../main/words/figures'
import { remoteWords } from '../../main/words/remote'
import { windowWords, type WindowWords } from '../../main/words/window'
import { countedFor } from './counted-as'
import { figureText, saidOf } from './figure-text'
import { count, percent } from './format'
import { earlierGoal, hasResult, isAwaited } from './run-acts'
import { runStateText } from './run-state'
import { learntShare, resultInView, runToTrain } from './run-in-view'

/** A run, and what it is called among those of its project. */
export interface RunInView {
  readonly run: RunView
  readonly name: string
}

export function railChoice(
  step: Step,
  project: Project,
  about: RunInView | null,
  language: Language
): string {
  const words = windowWords[language].common
  const run = about?.run
  switch (step) {
    case 'goal':
      return windowWords[language].goal.kinds[project.goal].title
    case 'data':
      return project.examples === null
        ? ''
        : countedFor(project.goal, language)(count(project.examples, language))
    case 'model':
      return project.modelId === starterId ? words.practiceModel : (project.modelName ?? '')
    case 'train':
      if (run?.state === 'running') return words.training(percent(learntShare(run)))
      if (run && isAwaited(run)) return runStateText(run, language)
      if (run?.state === 'paused') return words.paused
      return about?.name ?? ''
    case 'compare':
      return run ? reachedFor(run, project, language) : ''
    case 'export':
      return run && run.exported > 0 ? words.exported(count(run.exported, language)) : ''
  }
}

const isEarlier = (step: Step, than: Step): boolean => steps.indexOf(step) < steps.indexOf(than)

/** fewer of them cannot be both learnt and held out */
const fewestExamples = 2

/** A goal that was changed leaves data behind that it cannot learn from, and runs that learnt something else: those steps are to do again. */
export function isStepDone(
  step: Step,
  project: Pick<Project, 'reached' | 'examples' | 'id' | 'goal'>,
  run: Pick<RunView, 'exported' | 'compared' | 'settings' | 'state' | 'project'> | null
): boolean {
  const { reached, examples } = project
  // nothing was trained yet for the goal of today
  if (run && !isEarlier(step, 'train') && earlierGoal(run, project)) return false
  // it may have come to its end while somebody was in another room
  if (step === 'train' && run && hasResult(run)) return true
  if (step === 'export' && run && run.exported > 0) return true
  // who went on before the end has not compared; how well texts are sorted is known at once
  if (step === 'compare' && run && methodRows[run.settings.method].head === 'language') return run.compared
  if (step === 'data' && (examples ?? 0) < fewestExamples) return false
  return isEarlier(step, reached)
}

/** The run that a step of the rail speaks of: where the newest has come to nothing yet, what was compared and exported before
 *  stays done. */
export function runOfStep(
  step: Step,
  project: Project,
  runs: readonly RunView[],
  address: string | null,
  about: RunView | null
): RunView | null {
  if (step === 'train') return runToTrain(project, runs, address)
  const isLater = step === 'compare' || step === 'export'
  return isLater && about && !hasResult(about) ? (resultInView(project, runs, null, step) ?? about) : about
}

/** What a run came to can be compared, whatever room was looked at. */
export const reachedStep = (
  { reached }: Pick<Project, 'reached'>,
  run: Pick<RunView, 'state'> | null
): number => Math.max(steps.indexOf(reached), run && hasResult(run) ? steps.indexOf('compare') : 0)

/** Of a run that was trained for another goal than its project has now, with what it learnt. */
function reachedFor(run: RunView, project: Project, language: Language): string {
  const { common, runs } = windowWords[language]
  const [said, earlier] = [reached(run, language), earlierGoal(run, project)]
  return earlier && said !== '' ? `${runs.learnt[earlier]}${common.between}${said}` : said
}

export function reached(run: RunView, language: Language): string {
  const said = saidOf(run)
  if (said === null) return ''
  const { figure, value } = said
  const { method } = run.settings
  const { short: name, heldOut } = figureWords(figure, language, method)
  const shown = figureText(figure, value, language)
  if (figure === 'loss') return `${heldOut} ${shown}`
  // where a long name is cut, the figure is not
  return language === 'en' ? `${shown} ${name}` : `${name} ${shown}`
}

/** What is being fetched, and from where: said instead of that nothing is sent. */
export function railFetch(view: FetchView, words: WindowWords['catalogue']): string {
  const share = view.totalBytes > 0 ? percent(view.doneBytes / view.totalBytes) : ''
  return words.railFetching(view.id.split('/')[1] ?? view.id, view.from, share)
}

/** Whom the run that trains now speaks with: said instead of that nothing is sent. */
export function railElsewhere({ kind, where }: RemotePlace, language: Language): string {
  const { room, places } = remoteWords(language)
  return room.rail(places[kind](where))
}
