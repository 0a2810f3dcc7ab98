// What is not known of a run whose model is taken out or looked at from afar: that it was ended early, not compared to the end,
// or compared by so few questions that nobody can say whether it is better. Pure.
import { fewestItems } from '../../main/contract/evaluation'
import { shownBy } from '../../main/contract/goals'
import type { Language } from '../../main/contract/language'
import type { RunView } from '../../main/contract/window/training'
import { windowWords } from '../../main/words/window'
import { count, percent } from './format'
import { fewPages } from './documents-result'
import { learntShare } from './run-in-view'

type Told = Pick<
  RunView,
  'state' | 'step' | 'totalSteps' | 'settings' | 'compared' | 'answered' | 'heldOutExamples' | 'notices'
>

/** Each a sentence; none where there is nothing to say. */
export function runDoubts(
  run: Told,
  language: Language,
  /** what it is held against; null: the model that somebody chose */
  base: string | null = null
): readonly string[] {
  const words = windowWords[language].exporting.doubts
  const early = run.state === 'stopped' ? [words.early(percent(learntShare(run)))] : []
  const nothing = learntNothing(run) ? [windowWords[language].train.past.NOTHING_LEARNT.message] : []
  return [...early, ...nothing, ...comparedDoubt(run, language, base)]
}

/** Its losses have hardly moved: the train room warns of it, and who takes the model out must know. */
export const learntNothing = ({ notices }: Pick<RunView, 'notices'>): boolean =>
  notices.some(({ code }) => code === 'NOTHING_LEARNT')

/** What its answers leave open. */
export function comparedDoubt(
  {
    settings,
    compared,
    answered,
    heldOutExamples
  }: Pick<Told, 'settings' | 'compared' | 'answered' | 'heldOutExamples'>,
  language: Language,
  base: string | null = null
): readonly string[] {
  const words = windowWords[language].exporting.doubts
  const shows = shownBy(settings.method)
  const heldOut = count(heldOutExamples, language)
  if (shows === 'labels')
    return heldOutExamples < fewestItems ? [windowWords[language].sorting.fewRows(heldOut)] : []
  if (shows === 'continuations')
    return heldOutExamples < fewPages ? [windowWords[language].documents.result.few(heldOut)] : []
  if (shows === 'points') return []
  if (!compared)
    return [answered === 0 ? words.notCompared(base) : words.notToTheEnd(count(answered, language))]
  return answered < fewestItems
    ? [words.few(count(answered, language), count(fewestItems, language), base)]
    : []
}
