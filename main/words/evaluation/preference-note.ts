// What is said beside "it moved towards what is preferred" where another measure says otherwise. Pure.
import type { PreferenceResult } from '../../contract/evaluation'
import type { Language } from '../../contract/language'
import { evaluationWords } from '.'

/** The preferred answer is the likelier one less often than before. */
export const isLessOftenLikelier = ({ likelier }: Pick<PreferenceResult, 'likelier'>): boolean =>
  likelier !== null && likelier.after < likelier.before

/** '': the measures agree. */
export function preferenceNote(
  result: Pick<PreferenceResult, 'accuracy' | 'margin' | 'likelier'>,
  language: Language
): string {
  const { preference } = evaluationWords[language]
  const share = (value: number): string =>
    `${(100 * value).toLocaleString(language === 'ja' ? 'ja-JP' : 'en-US', { maximumFractionDigits: 0 })} %`
  const { likelier, accuracy, margin } = result
  return [
    likelier && isLessOftenLikelier(result)
      ? preference.fewer(share(likelier.before), share(likelier.after))
      : '',
    // more went the right way than the wrong one, and yet more was lost than won
    accuracy.value > 0.5 && margin.value < 0 ? preference.lost : ''
  ]
    .filter(Boolean)
    .join(language === 'en' ? ' ' : '')
}
