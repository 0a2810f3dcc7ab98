// The form of the settings' words: a name and a help for each row of contract/settings.ts, and a word for each choice.
import type { SettingKey, settingRows } from '../../contract/settings'

export interface SettingWords {
  readonly label: string
  readonly help: string
}
type Rows = typeof settingRows
export type SettingsWords = {
  readonly [K in SettingKey]: Rows[K] extends { readonly choices: readonly (infer T extends string)[] }
    ? SettingWords & { readonly choices: Readonly<Record<T, string>> }
    : SettingWords
}
