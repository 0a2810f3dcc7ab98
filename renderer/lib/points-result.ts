// What came of a model that gives replies points, in a sentence: how often the preferred one of a held-out pair has more. Pure.
import type { Language } from '../../main/contract/language'
import type { RunView } from '../../main/contract/window/training'
import { windowWords } from '../../main/words/window'
import { count, percent } from './format'

/** pairs below which a share says little */
const few = 20

export function pointsResult(
  { best, heldOutExamples }: Pick<RunView, 'best' | 'heldOutExamples'>,
  language: Language
): { readonly title: string; readonly lead: string } {
  const words = windowWords[language].preferring.points
  const accuracy = best?.figures?.['pointAccuracy']
  if (accuracy === undefined) return { title: words.unknown, lead: words.lead }
  const pairs = count(heldOutExamples, language)
  return {
    title: words.title(percent(accuracy), pairs),
    lead: heldOutExamples < few ? [words.few, words.lead].join(language === 'en' ? ' ' : '') : words.lead
  }
}
