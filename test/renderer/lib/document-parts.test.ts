// Documents and tables: what their parts are called.
import { expect, test } from 'vitest'
import { columnName, isByLayout, shapeName } from '../../../renderer/lib/document-parts'
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

test('a table keeps the names of its columns, in a document too', () => {
  for (const table of [file('csv', ['question', 'answer']), file('docx', ['お問い合わせ', 'answer'])]) {
    expect(isByLayout(table)).toBe(false)
    expect(columnName(table, 'answer', ja.data)).toBe('answer')
    expect(shapeName(table, ja.data)).toBe(ja.data.shapes['question-answer'])
  }
})
