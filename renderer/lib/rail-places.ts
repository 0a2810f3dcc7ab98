// The rooms at the foot of the rail that are of no project: from within one, those that are needed there too. Pure.
import type { Common } from '../../main/words/window/ja/common'

const all = [
  { key: 'home', icon: 'home', inProject: true },
  { key: 'runs', icon: 'runs', inProject: false },
  { key: 'models', icon: 'cube', inProject: false },
  { key: 'settings', icon: 'sliders', inProject: true }
] as const

export const railPlaces = (
  inProject: boolean,
  words: Pick<Common, (typeof all)[number]['key']>
): readonly { key: (typeof all)[number]['key']; name: string; icon: (typeof all)[number]['icon'] }[] =>
  all
    .filter((place) => !inProject || place.inProject)
    .map(({ key, icon }) => ({ key, icon, name: words[key] }))
