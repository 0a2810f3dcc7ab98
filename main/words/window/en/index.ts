// The English dictionary: a table for each room, in the shape of ja's.
import type { WindowWords } from '../ja'
import { api } from './api'
import { catalogue } from './catalogue'
import { common } from './common'
import { data, model } from './data'
import { documents } from './documents'
import { goal, home } from './home'
import { preferring } from './preferring'
import { compare, exporting } from './results'
import { runs, settings } from './runs'
import { sorting } from './sorting'
import { train } from './train'
import { updates } from './updates'

export const en: WindowWords = {
  common,
  home,
  goal,
  data,
  catalogue,
  model,
  train,
  compare,
  exporting,
  sorting,
  preferring,
  documents,
  api,
  runs,
  settings,
  updates
}
