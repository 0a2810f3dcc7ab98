// The language of a run of text by its script, and nothing where the script says nothing.
import { expect, test } from 'vitest'
import { languageOf } from '../../../renderer/lib/text-language'

test.each([
  ['送料はいくらですか', 'ja'],
  ['ｱﾘｶﾞﾄｳ', 'ja'],
  ['Please use お問い合わせ as it is written on the page.', 'ja'],
  ['Do you wrap gifts?', 'en'],
  ['Café, 2 cups: 980円', 'en'],
  ['在庫確認', undefined],
  ['Привет', undefined],
  ['2026-11-21', undefined],
  ['', undefined]
] as const)('%s: %s', (text, language) => {
  expect(languageOf(text)).toBe(language)
})
