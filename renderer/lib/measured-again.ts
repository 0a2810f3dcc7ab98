// The loss of what was answered is measured once more, each answer by itself and in other numbers than the training calculates
// with: where a reader would see two figures for one loss, that is said. Pure.
import type { EvaluationResult } from '../../main/contract/evaluation'
import type { Language } from '../../main/contract/language'
import type { Evaluation } from '../../main/contract/window/results'
import { evaluationWords } from '../../main/words/evaluation'
import { windowWords } from '../../main/words/window'
import { lossText } from './figure-text'

/** '' where both say the same, or one of them says nothing. */
export function measuredAgain(
  trained: Pick<Evaluation, 'baseLoss' | 'tunedLoss'> | null,
  { candidates, unasked }: Pick<EvaluationResult, 'candidates' | 'unasked'>,
  language: Language
): string {
  const here = (id: string): number | undefined =>
    candidates.find(({ candidate }) => candidate.id === id)?.scores.loss?.value
  const [base, tuned] = [here('base'), here('tuned')]
  if (!trained || trained.baseLoss === null || trained.tunedLoss === null) return ''
  if (base === undefined || tuned === undefined) return ''
  const text = (value: number): string => lossText(value, language)
  const said = [text(trained.baseLoss), text(trained.tunedLoss)] as const
  if (said[0] === text(base) && said[1] === text(tuned)) return ''
  const measured = windowWords[language].compare.counted.measuredAgain(...said)
  // no rounding explains what others were measured by
  if (unasked.texts + unasked.again === 0) return measured
  return `${measured}${language === 'en' ? ' ' : ''}${evaluationWords[language].unasked(unasked)}`
}
