// What came of a run, in one sentence: the figure of its goal (else the one that decided) before and after, and which of its
// states is kept. Only what was measured is said. Pure.
import { figureRow } from '../../main/contract/figures'
import { figureOf } from '../../main/contract/goals'
import { toldBy } from '../../main/contract/methods'
import type { Language } from '../../main/contract/language'
import type { Curve, RunCurves, RunView } from '../../main/contract/window/training'
import { figureWords } from '../../main/words/figures'
import { windowWords } from '../../main/words/window'
import { courseOf, courseText } from './curve-course'
import { judgedFigure } from './curve-lines'
import { figureText } from './figure-text'
import { count } from './format'
import { hasResult } from './run-acts'

/** '' while there is nothing to say. */
export function runResult(
  run: Pick<RunView, 'state' | 'step' | 'settings' | 'heldOutExamples'>,
  curves: RunCurves,
  language: Language
): string {
  if (!hasResult(run)) return ''
  const { result, chart } = windowWords[language].train
  const heldOut = (name: string): Curve | undefined =>
    curves.curves.find((curve) => curve.part === 'heldOut' && curve.figure === name)
  const { best } = curves
  const atBest = (name: string): number | undefined =>
    name === best?.figure ? best.value : heldOut(name)?.points.find(({ step }) => step === best?.step)?.value
  const ofGoal = figureOf(run.settings.method)
  const figure = atBest(ofGoal) === undefined ? judgedFigure(curves) : ofGoal
  const words = figureWords(figure, language, run.settings.method)
  const held = heldOut(figure)
  const training = curves.curves.find((curve) => curve.part === 'training' && curve.figure === figure)
  const written = (value: number): string => figureText(figure, value, language)
  const said = (what: string, from: number, to: number): string => {
    const course = courseOf([from, to], written, figureRow(figure).better)
    return course ? courseText(what, course, chart.course) : ''
  }
  const before = held?.points[0]
  const after = atBest(figure)
  const step = count(run.step, language)
  // ended by the user before its next check: what is drawn of it is the beginning alone
  const unchecked = before
    ? result.uncheckedSince(written(before.value), count(before.step, language), step)
    : // a service need not say what it measured
      run.heldOutExamples > 0
      ? result.untold(step)
      : result.unchecked(step)
  const kept = best ? keptOf(best, run, figure, language) : unchecked
  // of what moved since before the training there is no before
  const { method } = run.settings
  if (best && after !== undefined && !(figure in toldBy(method, { [figure]: after }, 0)))
    return result.sentence(result.reached(words.heldOut ?? figure, written(after)), kept)
  if (before && best && after !== undefined && best.step > before.step)
    return result.sentence(said(words.heldOut ?? figure, before.value, after), kept)
  const [first, last] = [training?.course?.[0], training?.course?.at(-1)]
  if (!first || !last) return ''
  return result.sentence(said(words.training, first.value, last.value), kept)
}

/** Which state, and by what it is the best where that is not the figure that is said: a reader may see a later one that
 *  is better by it. */
function keptOf(
  best: NonNullable<RunCurves['best']>,
  { step, settings }: Pick<RunView, 'step' | 'settings'>,
  said: string,
  language: Language
): string {
  const { result } = windowWords[language].train
  const at = count(best.step, language)
  const isLast = best.step >= step
  if (best.figure === said) return isLast ? result.keptLast(at) : result.keptBest(at)
  const name = figureWords(best.figure, language, settings.method).heldOut ?? best.figure
  const by = language === 'en' ? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : name
  const keptBy = isLast ? result.keptLastBy : result.keptBestBy
  return keptBy(at, by, figureText(best.figure, best.value, language))
}
