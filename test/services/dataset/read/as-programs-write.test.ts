// What stands in texts as programs write it, and what of a table is not learnt: named, whatever it is for.
import { describe, expect, test } from 'vitest'
import { jsonl, read } from '../../reading/reading'

const notesOf = async (name: string, content: string | Uint8Array) =>
  (await read(name, content)).report.files.flatMap(({ fields = [] }) => fields)

test.each([
  ['["はい", "明日です"]', '["はい'],
  ["['yes', 'no']", "['yes"],
  ['{"answer": "yes"}', '{"answer":']
])('an answer in the notation of a program (%s) is named', async (answer, field) => {
  expect(await notesOf('a.csv', `question,answer\n1?,"${answer.replaceAll('"', '""')}"\n`)).toEqual([
    { kind: 'encoded', field, count: 1 }
  ])
})
test.each(['[社外秘] です', '{name} 様', '["quoted"] and more', '[1]'])('%s is none', async (answer) => {
  const notes = await notesOf('a.csv', `question,answer\n1?,"${answer.replaceAll('"', '""')}"\n`)
  expect(notes.filter((note) => note.kind === 'encoded')).toEqual([])
})

test.each([
  ['{customer_name}様、承りました', '{customer_name}'],
  ['承りました。%s 担当', '%s'],
  ['＜＜お客様名＞＞ 様', '＜＜お客様名＞＞'],
  ['[[name]], hello', '[[name]]']
])('a place that a program fills in (%s) is named', async (answer, field) => {
  expect(await notesOf('a.jsonl', jsonl({ question: 'q', answer }))).toEqual([
    { kind: 'template', field, count: 1 }
  ])
})
test.each(['100%save', '$\\text{abc}$ です', 'function() { return 1 }', '50% s', 'a << b'])(
  '%s is none',
  async (answer) => {
    expect(await notesOf('a.jsonl', jsonl({ question: 'q', answer }))).toEqual([])
  }
)

test.each([
  ['集計', '8'],
  ['平均', '12.5'],
  ['Average', '3']
])('%s, %s is the last line of a table', async (question, answer) => {
  const { report } = await read('a.jsonl', jsonl({ question: 'q', answer: 'a' }, { question, answer }))
  expect(report.refused.map(({ reason }) => reason)).toEqual(['TOTAL_ROW'])
})

test('a rank among replies is named', async () => {
  const turns = (rank: number) => [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a', rank }
  ]
  expect(await notesOf('a.jsonl', jsonl({ messages: turns(0) }, { messages: turns(1) }))).toEqual([
    { kind: 'not-read', field: 'rank', count: 1 }
  ])
})

test.each([
  ['<tool_call>\n{"name": "x"}\n</tool_call>', 'template', '</tool_call>'],
  ['[TOOL_CALLS] x', 'template', '[TOOL_CALLS]'],
  ['[To:12345]様、はい', 'template', '[To:1'],
  ['[info]はい[/info]', 'template', '[/info]'],
  ['yes ![](data:image/png;base64,iVBORw0KGgo)', 'encoded', 'data:image/png;base6'],
  ['w(cid:72) ship', 'encoded', '(cid:72)'],
  ['We\u00a0ship', 'invisible', 'U+00A0'],
  ['One.\u2028Two', 'invisible', 'U+2028'],
  ['\uf0b7 One', 'invisible', 'U+F0B7']
])('%j is learnt as written, and named', async (answer, kind, field) => {
  expect(await notesOf('a.jsonl', jsonl({ question: 'q', answer }))).toEqual([{ kind, field, count: 1 }])
})

describe('columns that are not learnt', () => {
  test('are listed, but for numbers of rows', async () => {
    const row = { id: 3, question: 'q', answer: 'a', category: 'x', helpfulness: 4, metadata: { ok: true } }
    expect(await notesOf('a.jsonl', jsonl(row, { ...row, helpfulness: 1, metadata: { ok: false } }))).toEqual(
      [
        { kind: 'not-read', field: 'helpfulness', count: 2 },
        { kind: 'not-read', field: 'metadata', count: 2 },
        { kind: 'aside', field: 'category', count: 1 }
      ]
    )
  })
})
