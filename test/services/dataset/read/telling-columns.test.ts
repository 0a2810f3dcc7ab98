// Columns that nobody reads and whose names change what the others mean are named; names of people are not taken for what
// they say.
import { describe, expect, test } from 'vitest'
import { jsonl, read, refusal, said } from '../../reading/reading'

const fieldsOf = async (name: string, content: string) =>
  ((await read(name, content)).report.files[0]?.fields ?? []).map(({ kind, field }) => `${kind} ${field}`)

test.each([
  ['質問,回答（旧）,回答（新）\nq1,a1,b1\nq2,a2,b2\n', '回答（新）'],
  ['質問,回答,公開状態\nq1,a1,公開\nq2,a2,下書き\n', '公開状態'],
  ['question,answer,article_status\nq1,a1,draft\nq2,a2,live\n', 'article_status'],
  ['prompt,completion,label\nq1,a1,shipping\nq2,a2,returns\n', 'label'],
  ['question,answer,rating\nq1,a1,5\nq2,a2,1\n', 'rating'],
  ['質問,回答,使用\nq1,a1,○\nq2,a2,×\n', '使用'],
  ['質問,回答,公開範囲\nq1,a1,社外\nq2,a2,社内\n', '公開範囲'],
  ['質問,回答,版\nq1,a1,1\nq1,a2,2\n', '版'],
  ['Author,Content\nanna,Can I return it?\nshop,"Yes, you can."\n', 'Author']
])('%j: %s', async (content, field) => {
  expect(await fieldsOf('a.csv', content)).toEqual([`not-read ${field}`])
})

test('an answer that is the number of a choice', async () => {
  const rows = [0, 1].map((answer) => ({ question: `q${answer}`, choices: ['x', `y${answer}`], answer }))
  expect(await fieldsOf('a.jsonl', jsonl(...rows))).toEqual(['bare 0', 'not-read choices'])
})

test.each(['カテゴリ,担当部署,更新日', 'No.,Status code name,備考'])(
  '%s tell nothing and are only listed',
  async (names) => {
    expect(await fieldsOf('a.csv', `質問,回答,${names}\nq1,a1,x,y,z\nq2,a2,u,v,w\n`)).toEqual([
      `aside ${names
        .split(',')
        .filter((name) => name !== 'No.')
        .join(', ')}`
    ])
  }
)

describe('under the name of who answers', () => {
  test('stand names: another column is the answer', async () => {
    const tickets =
      'Subject,Description,Agent,Agent reply\nLate,Where is it?,Anna,It left yesterday.\nRefund,My money!,Bob,Refunded today.\nSize,Is M there?,Anna,"Yes, it is."\n'
    expect(said((await read('a.csv', tickets)).examples[0])).toBe(
      'u: Late\n\nWhere is it? | a: It left yesterday.'
    )
    const calls =
      '担当者,お問い合わせ内容,対応内容\n佐藤,返品は？,はい、承ります。\n鈴木,送料は？,550円です。\n'
    expect(said((await read('a.csv', calls)).examples[0])).toBe('u: 返品は？ | a: はい、承ります。')
  })

  test('stand names and nothing else: there is no answer', async () => {
    const names = '質問,担当者\n返品は？,佐藤\n送料は？,鈴木\n'
    expect(await refusal('a.csv', names)).toMatchObject({ code: 'NO_ANSWER_COLUMN' })
  })

  test('stands what they say', async () => {
    const turns = 'customer,agent\nCan I return it?,Yes.\nShip abroad?,"Yes, to 40 countries."\n'
    expect((await read('a.csv', turns)).examples.map(said)).toEqual([
      'u: Can I return it? | a: Yes.',
      'u: Ship abroad? | a: Yes, to 40 countries.'
    ])
  })
})

describe('a label of 0 and 1', () => {
  test('beside a prompt and an answer says whether it is liked, and that this was worked out', async () => {
    const { examples, report } = await read('a.csv', 'prompt,completion,label\nq,a,1\nq,b,0\n')
    expect(examples).toMatchObject([{ liked: true }, { liked: false }])
    expect(report.files[0]?.certainty.shape).toMatchObject({ sure: 'fair', doubt: 'guessed-columns' })
  })

  test('is a grade where other numbers stand beside it, and a topic beside one text', async () => {
    const graded = await read('a.csv', 'prompt,completion,label\nq,a,1\nr,b,0\ns,c,2\n')
    expect(graded.examples.map(({ kind }) => kind)).toEqual(['conversation', 'conversation', 'conversation'])
    const sorted = await read('a.csv', 'text,label\nI like it a lot,1\nI do not like it,0\n')
    expect(sorted.examples.map(({ kind }) => kind)).toEqual(['labelled', 'labelled'])
  })
})

test('a system prompt in parts, as Gemini and Anthropic have it', async () => {
  const contents = [
    { role: 'user', parts: [{ text: 'q' }] },
    { role: 'model', parts: [{ text: 'a' }] }
  ]
  const gemini = { systemInstruction: { parts: [{ text: 'Be polite.' }] }, contents }
  const messages = [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a' }
  ]
  const anthropic = { system: [{ type: 'text', text: 'Be polite.' }], messages }
  for (const row of [gemini, anthropic])
    expect((await read('a.jsonl', jsonl(row, row))).examples.map(said)[0]).toBe('s: Be polite. | u: q | a: a')
})
