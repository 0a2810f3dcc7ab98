// The settings in which runs differ, as they are written in a recipe. Pure.
import { isFor, settingRows, type SettingKey } from '../../contract/settings'
import type { RunView } from '../../contract/window/training'

export interface Difference {
  readonly key: SettingKey
  /** one for each run, in their order */
  readonly values: readonly string[]
}

export function differencesOf(runs: readonly Pick<RunView, 'settings'>[]): readonly Difference[] {
  return (Object.keys(settingRows) as SettingKey[])
    .filter((key) => runs.some(({ settings }) => isFor(key, settings)))
    .map((key) => ({ key, values: runs.map(({ settings }) => [settings[key]].flat().join(', ')) }))
    .filter(({ values }) => new Set(values).size > 1)
}
