// 日本語の辞書。部屋ごとに一つ。英語（en.ts）は同じ形を型で求められます。
import { common } from './common.ja'

export const ja = { common }
export type Words = typeof ja
