// What rules think of an answer: each from 0 to 1, and their mean. Rules are those of the settings; an answer is a text. Pure.
import { saidBy } from '../contract/setting-texts'
import type { Settings } from '../contract/settings'

export type RuleSettings = Pick<
  Settings,
  'rewardLength' | 'rewardContains' | 'rewardForbidden' | 'rewardJson' | 'rewardSame'
>

/** reference: the answer of the data */
type Rule = (answer: string, reference: string) => number

/** Those that are set. */
export function rulesOf(settings: RuleSettings): readonly Rule[] {
  const length = saidBy('span', settings.rewardLength)
  const wanted = saidBy('phrases', settings.rewardContains)
  const forbidden = saidBy('phrases', settings.rewardForbidden)
  return [
    ...(length ? [lengthRule(length)] : []),
    ...(wanted ? [(answer: string) => share(wanted, (phrase) => has(answer, phrase))] : []),
    ...(forbidden ? [(answer: string) => share(forbidden, (phrase) => !has(answer, phrase))] : []),
    ...(settings.rewardJson ? [jsonRule] : []),
    ...(settings.rewardSame
      ? [(answer: string, reference: string) => (plain(answer) === plain(reference) ? 1 : 0)]
      : [])
  ]
}

/** The mean of all rules. */
export const rewardOf = (rules: readonly Rule[], answer: string, reference: string): number =>
  rules.reduce((sum, rule) => sum + rule(answer, reference), 0) / rules.length

/** Outside of the span it is less the farther it is: where nothing is right yet, there still is a way to what is. */
const lengthRule =
  ({ least, most }: { readonly least: number; readonly most: number }): Rule =>
  (answer) => {
    const length = [...answer.trim()].length
    if (length < least) return length / least
    return length > most ? most / length : 1
  }

/** An object or a list, and nothing around it: a lone number or word is a sentence as well. */
function jsonRule(answer: string): number {
  try {
    const value: unknown = JSON.parse(answer)
    return typeof value === 'object' && value !== null ? 1 : 0
  } catch {
    return 0
  }
}

const share = (phrases: readonly string[], holds: (phrase: string) => boolean): number =>
  phrases.filter(holds).length / phrases.length

/** Full and half width, capital and small letters are one. */
const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
const has = (answer: string, phrase: string): boolean => plain(answer).includes(plain(phrase))
