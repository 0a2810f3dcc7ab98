// 日本語の辞書。部屋ごとに一つ。英語（en.ts）は同じ形を型で求められます。
import { common } from './common.ja'
import { data, model } from './data.ja'
import { goal, home } from './home.ja'
import { compare, exporting } from './results.ja'
import { runs, settings } from './runs.ja'
import { train } from './train.ja'

export const ja = { common, home, goal, data, model, train, compare, exporting, runs, settings }
export type Words = typeof ja
