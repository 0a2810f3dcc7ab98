// Numbers of a report as its reader writes them. Pure.
import { scoreRows, type ScoreName } from '../../../contract/evaluation'
import type { Language } from '../../../contract/language'

export const number = (value: number, digits: number, language: Language): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value
  )

/** of a score, in its unit */
export function shown(name: ScoreName, value: number, language: Language): string {
  const { unit } = scoreRows[name]
  if (unit === 'share') return `${number(100 * value, 0, language)} %`
  return number(value, unit === 'points' ? 1 : 2, language)
}

/** the ends of an interval of a score */
export const ends = (
  name: ScoreName,
  { low, high }: { readonly low: number; readonly high: number },
  language: Language
): readonly [low: string, high: string] => [shown(name, low, language), shown(name, high, language)]
