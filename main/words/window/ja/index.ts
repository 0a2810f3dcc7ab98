// 日本語の辞書。部屋ごとに一つ。英語（en）は同じ形を型で求められます。
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

export const ja = {
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

/** The shape that the other languages fill. */
export type WindowWords = typeof ja
