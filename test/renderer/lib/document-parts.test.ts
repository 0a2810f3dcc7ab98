// Documents and tables: what their parts are called.
import { expect, test } from 'vitest'
import { columnName, isByLayout, readFrom, shapeName } from '../../../renderer/lib/document-parts'
import { ja } from '../../../main/words/window/ja'

const file = (format: 'docx' | 'csv', names: readonly string[]) =>
  ({ format, shape: 'question-answer', columns: names.map((name) => ({ name, sample: '' })) }) as const

test('a document that was read by its layout names its parts in the words of the room', () => {
  const word = file('docx', ['question', 'answer'])
  expect(isByLayout(word)).toBe(true)
  expect(columnName(word, 'question', ja.data)).toBe('質問')
  expect(columnName(word, 'answer', ja.data)).toBe('回答')
  expect(shapeName(word, ja.data)).toBe(ja.data.pairsByLayout)
})

test('of a document that stays a text nobody is told that questions and answers were read from it', () => {
  const pairs = { ...file('docx', ['question', 'answer']), file: 'faq.docx' }
  expect(readFrom(pairs, ja.data)).toBe(ja.data.noColumns)
  const text = { ...file('docx', ['text']), shape: 'text', file: 'rules.docx' } as const
  expect(isByLayout(text)).toBe(true)
  expect(readFrom(text, ja.data)).toBe(ja.data.mapFrom('rules.docx'))
})

test('a table keeps the names of its columns, in a document too', () => {
  for (const table of [file('csv', ['question', 'answer']), file('docx', ['お問い合わせ', 'answer'])]) {
    expect(isByLayout(table)).toBe(false)
    expect(columnName(table, 'answer', ja.data)).toBe('answer')
    expect(shapeName(table, ja.data)).toBe(ja.data.shapes['question-answer'])
  }
})
