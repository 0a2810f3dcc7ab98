// A long name keeps its beginning and its kind, and takes no more room than there is, in whatever script.
import { expect, test } from 'vitest'
import { shortenedName } from '../../../renderer/lib/shortened-name'

test('what fits stays', () => {
  expect(shortenedName('faq-2026.csv')).toBe('faq-2026.csv')
  expect(shortenedName('人事よくある質問.docx')).toBe('人事よくある質問.docx')
})

test('the room is counted by the width of the letters', () => {
  expect(
    shortenedName('お問い合わせ回答集_2026年度上期_サポート部控え（最終版・部長確認済み）_コピー2.xlsx')
  ).toBe('お問い合わせ回…ー2.xlsx')
  expect(shortenedName('support-answers-2026-first-half-final.xlsx')).toBe('support-answers…nal.xlsx')
  expect([...shortenedName('😀'.repeat(40))].length).toBeLessThan(14)
})
