// The language of a file by its scripts: Japanese, English, both, or something else.
import { expect, test } from 'vitest'
import type { Example } from '../../../../main/contract/records'
import {
  languageOf,
  languageOfText,
  recogniseLanguage,
  textsOf
} from '../../../../main/services/dataset/read/script-language'

test.each([
  ['送料はいくらですか。', 'ja'],
  ['返品', 'ja'],
  ['ｱﾝｹｰﾄ', 'ja'],
  ['Amazon Web Services と Google Cloud の違いを教えてください。', 'ja'],
  ['How long does shipping take?', 'en'],
  ['The word 音色 means tone.', 'mixed'],
  ['Wie lange dauert die Lieferung für größere Mengen? Schöne Grüße', 'other'],
  ['Сколько стоит доставка?', 'other'],
  ['배송비는 얼마입니까?', 'other'],
  ['请问运费是多少钱我想买两本书', 'other'],
  ['12345 !?', 'other'],
  ['', 'other'],
  ['Wie spät ist es in Köln?', 'other']
])('%s is %s', (text, language) => {
  expect(languageOfText(text)).toBe(language)
})

test('a file is what nine of ten examples are', () => {
  const ja = '回答です。'
  const en = 'This is an answer.'
  const file = (...texts: string[]): Example[] =>
    texts.map((text, i) => ({ kind: 'text', text, source: { file: 'a', row: i } }))
  expect(languageOf(file(...Array<string>(19).fill(ja), en))).toBe('ja')
  expect(languageOf(file(ja, ja, en, en))).toBe('mixed')
  expect(languageOf(file(en))).toBe('en')
  expect(recogniseLanguage(textsOf(file(en))).certainty).toEqual({ sure: 'high', doubt: null })
  const nearly = recogniseLanguage(textsOf(file(...Array<string>(19).fill(ja), en))).certainty
  expect(nearly).toEqual({ sure: 'fair', doubt: 'mixed-languages' })
  expect(recogniseLanguage([]).certainty).toEqual({ sure: 'low', doubt: 'little-text' })
  expect(languageOf([])).toBe('other')
  expect(languageOf(file(...Array<string>(50_000).fill(ja)))).toBe('ja')
})
