// What stands in texts as programs write it, and what of a table is not learnt: named, whatever it is for.
import { describe, expect, test } from 'vitest'
import { docx, p } from '../../../fixtures/write-docx'
import { xlsx } from '../../../fixtures/write-xlsx'
import { jsonl, read, refusal } from '../../reading/reading'

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
  ['会員番号は1.23457E+12です', 'encoded', '1.23457E+12'],
  ['__label__returns Yes', 'template', '__label__returns'],
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

test('the names of another table further below are no question and answer', async () => {
  const { report } = await read('a.csv', '質問,回答\nq1,a1です\n用語,説明\n返品,お返しいただくこと\n')
  expect(report.refused.map(({ reason }) => reason)).toEqual(['REPEATED_HEADER'])
})

test.each([
  "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\nINSERT INTO `faq` (`question`,`answer`) VALUES\n('q','a');\n",
  'CREATE TABLE faq (question text, answer text);\n'
])('commands for a database are no table: %j', async (dump) => {
  expect(await refusal('a.txt', dump)).toMatchObject({ code: 'SQL_FILE' })
})

test('what stands beside the list of rows in a JSON file is listed', async () => {
  const data = [
    { text: 'Yes, we do.', label: 0 },
    { text: 'No.', label: 1 }
  ]
  const file = JSON.stringify({ label_names: ['billing', 'shipping'], data, count: 2, next: null })
  expect(await notesOf('a.json', file)).toContainEqual({ kind: 'aside', field: 'label_names', count: 1 })
})

test('comments in the margin of a document are counted', async () => {
  const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const file = docx([p('Q. a?'), p('A. b.'), p('Q. c?'), p('A. d.')], {
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="${office}/comments" Target="comments.xml"/></Relationships>`,
    'word/comments.xml': `<w:comments xmlns:w="${main}"><w:comment w:id="0"><w:p/></w:comment><w:comment w:id="1"/></w:comments>`
  })
  expect(await notesOf('a.docx', file)).toEqual([{ kind: 'comments', field: '', count: 2 }])
})

test.each([
  [['comments'], 2],
  [['comments', 'threadedComment'], 2],
  [[], 0]
])('notes on cells (%j) are counted once', async (kinds, count) => {
  const rows = [
    ['質問', '回答'],
    ['q1', 'a1'],
    ['q2', 'a2']
  ]
  const links = kinds.map(
    (kind) =>
      `<Relationship Id="${kind}" Type="http://example.org/relationships/${kind}" Target="../${kind}.xml"/>`
  )
  const file = xlsx([{ name: 'FAQ', rows }], {
    more: {
      'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships>${links.join('')}</Relationships>`,
      'xl/comments.xml':
        '<comments><commentList><comment ref="B2"/><comment ref="B3"/></commentList></comments>',
      'xl/threadedComment.xml': '<ThreadedComments><threadedComment ref="B2"/></ThreadedComments>'
    }
  })
  const notes = (await notesOf('a.xlsx', file)).filter(({ kind }) => kind === 'comments')
  expect(notes).toEqual(count === 0 ? [] : [{ kind: 'comments', field: '', count }])
})

describe('a second table below the first', () => {
  const above = [
    '返品はできますか？,はい、30日以内でしたら承ります。',
    '送料は？,全国一律550円です。',
    '営業時間は？,9時から18時です。'
  ]
  const csv = (...below: string[]): string => ['質問,回答', ...above, ...below, ''].join('\n')

  test.each([
    [
      'behind an empty line',
      csv('', '担当者,内線', '鈴木,1234', '佐藤,5678'),
      [{ field: '6: 担当者 | 内線', count: 2 }]
    ],
    [
      'behind a line of empty cells',
      csv(',', '担当者,内線', '鈴木,1234'),
      [{ field: '6: 担当者 | 内線', count: 1 }]
    ],
    ['no empty line', csv('担当者,内線', '鈴木,1234'), []],
    ['more of the same', csv('', '領収書は？,マイページから発行できます。'), []],
    ['short words everywhere', 'question,answer\nred,赤\nblue,青\nblack,黒\n\ncat,猫\ndog,犬\n', []]
  ])('in a CSV: %s', async (_, file, named) => {
    const notes = (await notesOf('a.csv', file)).filter(({ kind }) => kind === 'second-table')
    expect(notes).toEqual(named.map((note) => ({ kind: 'second-table', ...note })))
  })

  test('in a sheet', async () => {
    const rows = [
      ['質問', '回答'],
      ...above.map((line) => line.split(',')),
      [],
      ['担当者', '内線'],
      ['鈴木', '1234']
    ]
    const notes = await notesOf('a.xlsx', xlsx([{ name: 'FAQ', rows }]))
    expect(notes).toContainEqual({ kind: 'second-table', field: '6: 担当者 | 内線', count: 1 })
  })
})

test.each([
  ['Unnamed: 2', '旧', ['Unnamed: 2']],
  ['Unnamed: 2', '17', []],
  ['', '旧', ['3']],
  ['id', 'a-17', []]
])('a column called %j that holds %j: named %j', async (name, value, named) => {
  const notes = await notesOf('a.csv', `質問,回答,${name}\nq1,a1,${value}\nq2,a2,${value}\n`)
  expect(notes.filter(({ kind }) => kind === 'aside').map(({ field }) => field)).toEqual(named)
})

test.each([
  ['... もっと見る', 3],
  ['…（続きを読む）', 3],
  ['... [Read more]', 3],
  ['…展开', 3],
  ['。もっと見る', 0]
])('answers that end in %j are cut off', async (end, count) => {
  const rows = ['はい、到着', '全国一律', 'マイページ'].map((begin, i) => ({
    question: `q${i}`,
    answer: begin + end
  }))
  const notes = (await notesOf('a.jsonl', jsonl(...rows))).filter(({ kind }) => kind === 'cut')
  expect(notes).toEqual(count === 0 ? [] : [{ kind: 'cut', field: '…', count }])
})
