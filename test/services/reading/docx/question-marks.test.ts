// What counts as a mark of a question or an answer, and what only begins with the same letters.
import { expect, test } from 'vitest'
import { markOf } from '../../../../main/services/reading/docx/question-marks'

test.each([
  ['Q. 返品できますか', 'question', '', '返品できますか'],
  ['Q: 返品', 'question', '', '返品'],
  ['Q：返品', 'question', '', '返品'],
  ['Ｑ．返品（※１）', 'question', '', '返品（※１）'],
  ['Q1. 返品', 'question', '1', '返品'],
  ['Ｑ１２：返品', 'question', '12', '返品'],
  ['Q1 返品', 'question', '1', '返品'],
  ['Q.1 返品', 'question', '1', '返品'],
  ['Q1-2. 返品', 'question', '1-2', '返品'],
  ['Q　返品', 'question', '', '返品'],
  ['Q\t返品', 'question', '', '返品'],
  ['【Q】返品', 'question', '', '返品'],
  ['【質問】返品', 'question', '', '返品'],
  ['■質問：返品', 'question', '', '返品'],
  ['質問1　返品', 'question', '1', '返品'],
  ['ご質問：返品', 'question', '', '返品'],
  ['問１　返品', 'question', '1', '返品'],
  ['問：返品', 'question', '', '返品'],
  ['（問）返品', 'question', '', '返品'],
  ['問い 1. 返品', 'question', '1', '返品'],
  ['Question 3: Returns', 'question', '3', 'Returns'],
  ['Q', 'question', '', ''],
  ['Q1', 'question', '1', ''],
  ['A. はい', 'answer', '', 'はい'],
  ['Ａ１．はい', 'answer', '1', 'はい'],
  ['答）はい', 'answer', '', 'はい'],
  ['答え：はい', 'answer', '', 'はい'],
  ['回答　はい', 'answer', '', 'はい'],
  ['答 はい', 'answer', '', 'はい'],
  ['問 返品は？', 'question', '', '返品は？'],
  ['〔ご回答〕はい', 'answer', '', 'はい'],
  ['Answer: Yes', 'answer', '', 'Yes'],
  ['a) yes', 'answer', '', 'yes'],
  ['A. 3日です', 'answer', '', '3日です'],
  ['A. 3,000円です', 'answer', '', '3,000円です'],
  ['A. 10:00からです', 'answer', '', '10:00からです'],
  ['A. 5.5 cm', 'answer', '', '5.5 cm'],
  ['A. 5 euro', 'answer', '', '5 euro'],
  ['A. 2026', 'answer', '', '2026'],
  ['A.1 五百円です', 'answer', '1', '五百円です'],
  ['Ａ．５０００円', 'answer', '', '５０００円'],
  ['Q. 24時間ですか', 'question', '', '24時間ですか'],
  ['回答：3日', 'answer', '', '3日'],
  ['A1. 3日です', 'answer', '1', '3日です']
])('%j is a mark', (line, kind, number, rest) => {
  expect(markOf(line)).toEqual({ kind, number, rest })
})

test.each([
  '問題があります',
  '質問がある方は窓口へ',
  '質問箱：入口にあります',
  '答えは一つです',
  '問 A',
  '回答者の名前',
  'A company that ships',
  'A4用紙を使います',
  'Answering machines',
  'Questions are welcome',
  'Quality: high',
  'Aさん：こんにちは',
  'お問い合わせ先：03-0000-0000',
  'ご案内',
  ''
])('%j is none', (line) => {
  expect(markOf(line)).toBeNull()
})
