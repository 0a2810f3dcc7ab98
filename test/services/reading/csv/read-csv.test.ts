// The same table gives the same examples however it was saved as text; what stands about it is no data.
import { describe, expect, test } from 'vitest'
import { readCsv } from '../../../../main/services/reading/csv/read-csv'
import { limits } from '../../../../main/services/reading/limits'
import { pieces } from '../pieces'
import { read, refusal, said } from '../reading'

const pairs = async (name: string, content: string): Promise<string[]> =>
  (await read(name, content)).examples.map(said)
const twice = ['u: q1 | a: a1', 'u: q2 | a: a2']

describe('the same examples from', () => {
  test.each([
    ['names in the first row', 'question,answer\nq1,a1\nq2,a2\n'],
    ['a line sep=;', 'sep=;\r\nquestion;answer\r\nq1;a1\r\nq2;a2\r\n'],
    ['a line "sep=," with a byte order mark', '\ufeff"sep=,"\nquestion,answer\nq1,a1\nq2,a2\n'],
    ['a line sep= with a tab', 'sep=\t\nquestion\tanswer\nq1\ta1\nq2\ta2\n'],
    ['titles above', 'FAQ export\nGenerated 2026-10-01\n\nid,question,answer\n1,q1,a1\n2,q2,a2\n'],
    [
      'titles as wide as the table',
      '社内FAQ一覧,,\n出力日時,2026/10/01 10:00,\n,,\n番号,質問,回答\n1,q1,a1\n2,q2,a2\n'
    ],
    [
      'names as sentences',
      '受付番号,ご質問の内容を入力してください,回答を入力してください\n1,q1,a1\n2,q2,a2\n'
    ],
    ['names said again', 'question,answer\nq1,a1\nquestion,answer\nq2,a2\n'],
    ['names said again behind a byte order mark', 'question,answer\nq1,a1\n\ufeffquestion,answer\nq2,a2\n'],
    ['names said again in another order', 'question,answer\nq1,a1\nanswer,question\na2,q2\n'],
    ['names said again in other words', 'question,answer\nq1,a1\n質問,回答\nq2,a2\n'],
    ['other words in another order', 'question,answer\nq1,a1\n回答,質問\na2,q2\n'],
    ['an old Mac', 'question,answer\rq1,a1\rq2,a2\r']
  ])('%s', async (_, content) => {
    expect(await pairs('a.csv', content)).toEqual(twice)
  })
})

test('names said again are listed, and no answer to a question', async () => {
  const { report } = await read('a.csv', '質問,回答\nq,a\n質問,回答\nr,b\n')
  expect(report.refused).toMatchObject([{ source: { row: 3 }, reason: 'REPEATED_HEADER' }])
})

test('titles are told to the user', async () => {
  const { report } = await read('a.csv', 'FAQ\n\n質問,回答\nq,a\n')
  expect(report.files[0]).toMatchObject({ titles: ['FAQ'], headerRow: 3 })
})

test('words of a header inside sentences are data', async () => {
  const content =
    'Frage,Antwort\nWo ist es?,Hier.\nWhat is the answer to a question?,My response is a reply to it\n'
  const { report } = await read('a.csv', content, { mapping: { question: 'Frage', answer: 'Antwort' } })
  expect(report).toMatchObject({ examples: 2, files: [{ headerRow: 1 }] })
})

test('line ends in cells are the same whatever the file has', async () => {
  for (const end of ['\n', '\r\n', '\r'])
    expect(await pairs('a.csv', ['質問,回答', 'q,"a', 'b"', ''].join(end))).toEqual(['u: q | a: a\nb'])
})

test('rows whose marks were mended are told', async () => {
  const content = 'question,answer\nw,"27 inches\nh,20 inches\nd,"9 inches\nx,4 kg\n'
  const { report, examples } = await read('a.csv', content)
  expect(examples.map(said)).toEqual([
    'u: w | a: "27 inches',
    'u: h | a: 20 inches',
    'u: d | a: "9 inches',
    'u: x | a: 4 kg'
  ])
  expect(report.files[0]).toMatchObject({
    mended: 2,
    mendedRows: [
      { source: { row: 2 }, mending: 'own-line', read: 'w,"27 inches', taken: ['w', '"27 inches'] },
      { source: { row: 4 }, mending: 'own-line', read: 'd,"9 inches' }
    ],
    certainty: { delimiter: { sure: 'fair', doubt: 'mended-quotes' } }
  })
})

test('what was done is said of each row, the row before and after; a hundred are listed, all are counted', async () => {
  const content =
    'question,answer,no\nq,"a \\"b\\" c",1\nq,"a" of b,2\nq,a\0b,3\nq,"a ""b""",4\n' + 'q,a,5\n'.repeat(60)
  const { report, examples } = await read('a.csv', content)
  expect(examples.map(said).slice(0, 4)).toEqual([
    'u: q | a: a "b" c',
    'u: q | a: "a" of b',
    'u: q | a: ab',
    'u: q | a: a "b"'
  ])
  expect(report.files[0]?.mendedRows).toEqual([
    {
      source: { file: 'a.csv', row: 2 },
      mending: 'backslash',
      read: 'q,"a \\"b\\" c",1',
      taken: ['q', 'a "b" c', '1']
    },
    {
      source: { file: 'a.csv', row: 3 },
      mending: 'own-line',
      read: 'q,"a" of b,2',
      taken: ['q', '"a" of b', '2']
    },
    { source: { file: 'a.csv', row: 4 }, mending: 'nul', read: 'q,a␀b,3', taken: ['q', 'ab', '3'] }
  ])
  const many = await read('b.csv', `question,answer\n${'q,"27 inches\n'.repeat(150)}`)
  expect([many.report.files[0]?.mended, many.report.files[0]?.mendedRows?.length]).toEqual([150, 100])
  const clean = await read('c.csv', `question,answer\nq,a\0b\n${'q,c\n'.repeat(60)}`)
  expect(clean.report.files[0]?.certainty.delimiter?.doubt ?? null).toBeNull()
})

test('a column may be called as objects call their insides', async () => {
  const { rows } = await readCsv(pieces('__proto__,constructor\nwhat is it?,that it is\n'), {
    file: 'a.csv',
    format: 'csv'
  })
  const found = []
  for await (const some of rows) found.push(...some)
  expect(found.map((row) => (row.kind === 'row' ? Object.entries(row.values) : []))).toEqual([
    [
      ['__proto__', 'what is it?'],
      ['constructor', 'that it is']
    ]
  ])
})

test('names stand in the first row, however long another of them is', async () => {
  const long = `In how many words would you describe ${'what we do '.repeat(30)}?`
  const { examples, report } = await read('a.csv', `question,answer,"${long}"\nq,a,1\nq2,a2,2\n`)
  expect(examples).toHaveLength(2)
  expect(report.files[0]).toMatchObject({ headerRow: 1 })
})

describe('cells in single marks', () => {
  test.each([
    [
      'all of them',
      "'question','answer'\n'q1, or so','it''s a1'\n'q2','a\n2'\n",
      ["it's a1", 'a\n2'],
      'q1, or so'
    ],
    [
      'where a delimiter stands in them',
      "question,answer\nq1,'a1, and more'\nq2,'a2, too'\nq3,a3\n",
      ['a1, and more', 'a2, too', 'a3'],
      'q1'
    ],
    [
      'below plain names, beside numbers',
      "id,question,answer\n1,'q1','a1'\n2,'q2','a2'\n",
      ['a1', 'a2'],
      'q1'
    ]
  ])('%s', async (_, content, answers, first) => {
    const { examples, report } = await read('a.csv', content)
    const texts = examples.map((example) =>
      example.kind === 'conversation' ? example.messages.map((m) => m.content) : []
    )
    expect(texts.map(([, answer]) => answer)).toEqual(answers)
    expect(texts[0]?.[0]).toBe(first)
    expect(report.refused).toEqual([])
  })

  test.each([
    [
      'words that begin with an apostrophe',
      "question,answer\n'Tis the season?,Yes\nWhat's 'that'?,'Twas nothing\n",
      ['Yes', "'Twas nothing"]
    ],
    ['one quoted word alone', "question,answer\nq1,'maybe'\nq2,a2\nq3,a3\n", ["'maybe'", 'a2', 'a3']],
    ['marks of the other kind', 'question,answer\n"\'q1\'","\'a1\'"\n"\'q2\'","\'a2\'"\n', ["'a1'", "'a2'"]]
  ])('are none: %s', async (_, content, answers) => {
    const { examples } = await read('a.csv', content)
    expect(
      examples.map((example) => (example.kind === 'conversation' ? example.messages[1]?.content : ''))
    ).toEqual(answers)
  })
})

describe('limits', () => {
  test('a million columns are a sentence', async () => {
    expect(await refusal('a.csv', `${'a,'.repeat(1e6)}b\n1,2\n`)).toMatchObject({
      code: 'TOO_MANY_COLUMNS',
      details: { columns: '1000001' }
    })
  })

  test('an endless cell is one refused row, its neighbours are read', async () => {
    const content = `question,answer\nq1,a1\nq,"${'あ'.repeat(limits.row + 10)}"\nq2,a2\n`
    const { examples, report } = await read('a.csv', content)
    expect(examples.map(said)).toEqual(twice)
    expect(report.refused).toMatchObject([{ source: { row: 3 }, reason: 'ROW_TOO_LONG' }])
  })

  test.each([
    ['a name of 100,000 brackets', `question,answer,${'('.repeat(1e5)}\nq,a,b\n`],
    ['one line of 250 KB', 'x'.repeat(250_000)],
    ['250 KB of marks', '"'.repeat(250_000)],
    ['rows that open a mark and never close it', `question,answer\n${'q",a"b\n"q",a"b\n'.repeat(20_000)}`]
  ])('%s: no time', async (_, content) => {
    const before = performance.now()
    await read('a.csv', content).catch(() => {})
    expect(performance.now() - before).toBeLessThan(5000)
  })
})

test('the line below the names of a table in Markdown is no row', async () => {
  const { examples } = await read('a.csv', '| 質問 | 回答 |\n|---|:---:|\n| q1 | a1 |\n| q2 | a2 |\n')
  expect(examples.map(said)).toEqual(['u: q1 | a: a1', 'u: q2 | a: a2'])
})
