// Settings that are not said anew where a training goes on from another one. Imports nothing but its neighbours.
import { settingRows, type SettingKey } from './settings'

/** What makes the adapter what it is; and the base that it was learnt on. */
export const startKeys: readonly SettingKey[] = [
  ...(Object.keys(settingRows) as SettingKey[]).filter(
    (key) => ['adapter', 'places'].includes(settingRows[key].group) && key !== 'loraDropout'
  ),
  'baseQuantization'
]
