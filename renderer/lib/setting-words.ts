// A setting's value in words: the plain word first, the field's term beside it, as in the drawer. Pure.
import { settingRows, type SettingKey, type Settings } from '../../main/contract/settings'
import type { Language } from '../../main/contract/language'
import { choiceWord } from '../../main/words/settings'
import { windowWords } from '../../main/words/window'
import { decimal } from './format'

/** "なめらかに下げる（cosine）", "falls smoothly (cosine)"; a word that has it already is not told it twice (DPO) */
export function choiceText(key: SettingKey, choice: string, language: Language): string {
  const word = choiceWord(key, choice, language)
  const has = word.toLowerCase().includes(choice.toLowerCase())
  return has ? word : windowWords[language].train.wordAndTerm(word, choice)
}

/** The value of any setting as a table shows it. */
export function settingText<K extends SettingKey>(key: K, value: Settings[K], language: Language): string {
  const row = settingRows[key]
  const words = windowWords[language].train
  if (typeof value === 'boolean') return value ? words.on : words.off
  if (typeof value === 'number') return zeroText(key, value, language) ?? numberText(value, language)
  if (row.kind === 'text') return String(value) || words.zero.none
  if (typeof value === 'string') return choiceText(key, value, language)
  const names: readonly string[] = value
  return row.kind === 'list' && names.includes(row.whole) ? words.everywhere : names.join(', ')
}

/** "自動", "なし": what 0 stands for in some settings; null: the number means itself */
export function zeroText(key: SettingKey, value: unknown, language: Language): string | null {
  const row = settingRows[key]
  if (value !== 0 || !('zero' in row) || row.zero === undefined) return null
  return windowWords[language].train.zero[row.zero]
}

/** Whether a field of which 0 says this was given that word. */
export function isZeroWord(key: SettingKey, typed: string): boolean {
  const row = settingRows[key]
  if (!('zero' in row) || row.zero === undefined) return false
  const { zero } = row
  const word = typed.normalize('NFKC').trim().toLowerCase()
  return Object.values(windowWords).some(({ train }) => train.zero[zero].toLowerCase() === word)
}

/** Small numbers as the field writes them (2e-4), the others with their thousands: 0.05, 1,024 */
const numberText = (value: number, language: Language): string =>
  value !== 0 && Math.abs(value) < 1e-2
    ? value.toExponential()
    : decimal(value, Number.isInteger(value) ? 0 : decimals(value), language)

const decimals = (value: number): number => Math.min(6, String(value).split('.')[1]?.length ?? 0)
