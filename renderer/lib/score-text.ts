// A score, a share and an interval as they are read. Pure.
import { scoreRows, type ScoreName, type Share } from '../../main/contract/evaluation'
import type { Language } from '../../main/contract/language'
import { evaluationWords } from '../../main/words/evaluation'
import { decimal, percent } from './format'

export function scoreText(name: ScoreName, value: number, language: Language): string {
  const { unit } = scoreRows[name]
  if (unit === 'share') return percent(value)
  return decimal(value, unit === 'points' ? 1 : 2, language)
}

export const intervalText = (
  name: ScoreName,
  { low, high }: { readonly low: number; readonly high: number },
  language: Language
): string =>
  evaluationWords[language].interval(scoreText(name, low, language), scoreText(name, high, language))

export const shareText = ({ hits, total }: Share, language: Language): string =>
  total === 0 ? evaluationWords[language].notApplicable : percent(hits / total)
