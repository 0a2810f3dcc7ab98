// What each setting is called and what it does. The rows in contract/settings.ts say which settings and choices
// there are, and the type asks for the words of each.
import type { Language } from '../../contract/language'
import type { SettingKey } from '../../contract/settings'
import { en } from './en'
import type { SettingsWords, SettingWords } from './form'
import { ja } from './ja'

export const settingsWords: Readonly<Record<Language, SettingsWords>> = { ja, en }

/** A choice in a plain word; '' where the setting has no such choice. */
export function choiceWord(key: SettingKey, choice: string, language: Language): string {
  const words: SettingWords & { readonly choices?: Readonly<Record<string, string>> } =
    settingsWords[language][key]
  return words.choices?.[choice] ?? ''
}
