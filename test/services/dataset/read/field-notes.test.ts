// What stands in rows and is not meant, or is not read, is counted and named once; what is meant is not.
import { expect, test } from 'vitest'
import type { FieldNote } from '../../../../main/contract/records'
import { jsonl, read } from '../../reading/reading'

const notesOf = async (name: string, content: string): Promise<readonly FieldNote[]> =>
  (await read(name, content)).report.files[0]?.fields ?? []

test.each<[string, string, string | null]>([
  ['escapes', 'Line one\\nLine two', '\\n'],
  ['escapes', 'in C:\\new and \\neq of TeX', null],
  ['invisible', 'a won\u00adder\u200b', 'U+00AD'],
  ['invisible', 'a\u000bb', 'U+000B'],
  ['invisible', '👨‍👩‍👧 می‌خواهم', null],
  ['formula', '=HYPERLINK("http://x.example","form")', '=HYPERLINK('],
  ['formula', '=$A1+2', '=$A1'],
  ['formula', '= that is all =', null],
  ['markup', 'a &amp; b', '&amp;']
])('%s in %j: %s', async (kind, answer, shown) => {
  const notes = await notesOf('a.jsonl', jsonl({ question: 'q', answer }, { question: 'r', answer: 'b' }))
  expect(notes).toEqual(shown === null ? [] : [{ kind, field: shown, count: 1 }])
})

test('a column of answers that is there twice, and one that says which rows count', async () => {
  const twice = await notesOf('a.csv', 'question,answer,answer,price\nq1,a1,b1,3\nq2,a2,b2,4\n')
  expect(twice).toEqual([
    { kind: 'not-read', field: 'answer (2)', count: 2 },
    { kind: 'aside', field: 'price', count: 1 }
  ])
  const status = await notesOf('a.csv', '質問,回答,状態\nq1,a1,承認\nq2,a2,却下\n')
  expect(status).toEqual([{ kind: 'not-read', field: '状態', count: 2 }])
  expect(await notesOf('a.csv', '質問,回答,状態\nq1,a1,承認\nq2,a2,承認\n')).toEqual([
    { kind: 'aside', field: '状態', count: 1 }
  ])
})
