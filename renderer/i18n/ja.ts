// 日本語の辞書。部屋ごとに一つ。英語（en.ts）は同じ形を型で求められます。
import { common } from './common.ja'
import { data, model } from './data.ja'
import { goal, home } from './home.ja'
import { runs, settings } from './runs.ja'

export const ja = { common, home, goal, data, model, runs, settings }
export type Words = typeof ja
