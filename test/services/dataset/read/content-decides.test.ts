// What stands in a file decides how it is read, not its name: the cases of public reports (05, 06, 15, 20) and others of
// their kind. Each gives its examples or says by name why not.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sharedData } from '../../../fixtures/shared-data'
import { jsonl, read, refusal, said } from '../../reading/reading'

const row = { question: 'q', answer: 'a' }
const turns = [
  { role: 'user', content: 'q' },
  { role: 'assistant', content: 'a' }
]
const pretty = (value: unknown): string => JSON.stringify(value, null, 2)

async function found(name: string, content: string): Promise<readonly string[]> {
  return (await read(name, content)).examples.map(said)
}

describe.each(['a.json', 'a.jsonl', 'a.ndjson', 'a.txt'])('JSON in %s', (name) => {
  test.each([
    ['lines', jsonl(row, row)],
    ['an array in one line', JSON.stringify([row, row])],
    ['an array over lines', pretty([row, row])],
    ['an array, one item a line', `[\n${JSON.stringify(row)},\n${JSON.stringify(row)}\n]`],
    ['printed objects one behind the other', `${pretty(row)}\n${pretty(row)}\n`],
    ['printed objects with commas between', `${pretty(row)},\n${pretty(row)}\n`],
    ['objects in lines with commas', `${JSON.stringify(row)},\n${JSON.stringify(row)},\n`],
    ['an object that holds a list', pretty({ data: [row, row] })],
    ['objects with blank lines between', `${JSON.stringify(row)}\n\n\n${JSON.stringify(row)}`],
    ['lists of turns, a line each', `${JSON.stringify(turns)}\n${JSON.stringify(turns)}\n`],
    ['a list of lists of turns', JSON.stringify([turns, turns])],
    ['a printed list of lists of turns', pretty([turns, turns])],
    [
      'columns as pandas writes them',
      JSON.stringify({ question: { 0: 'q', 1: 'q' }, answer: { 0: 'a', 1: 'a' } })
    ],
    ['columns as lists', JSON.stringify({ question: ['q', 'q'], answer: ['a', 'a'] })]
  ])('%s', async (_, content) => {
    expect(await found(name, content)).toEqual(['u: q | a: a', 'u: q | a: a'])
  })

  test('a value that is broken is one refused row among printed ones', async () => {
    const content = `${pretty(row)}\n{\n  "question": "q,\n  "answer": "a"\n}\n${pretty(row)}\n`
    const { examples, report } = await read(name, content)
    expect([examples.length, report.refused.map(({ reason }) => reason)]).toEqual([2, ['BROKEN_JSON']])
  })
})

describe('a text file', () => {
  test.each([
    ['commas', 'question,answer\nq,a\nq,a\n'],
    ['semicolons', '質問;回答\nq;a\nq;a\n'],
    ['tabs, as Excel saves Unicode text', '質問\t回答\nq\ta\nq\ta\n'],
    ['marks around cells', '"question","answer"\n"q","a"\n"q","a"\n']
  ])('a table with %s', async (_, content) => {
    expect(await found('faq.txt', content)).toEqual(['u: q | a: a', 'u: q | a: a'])
  })

  test.each([
    ['sentences with commas', 'Yes, we are open.\nNo, not on Sundays.\nAsk us, please.\n'],
    ['Japanese', '当店の営業時間は、九時から五時までです。\n日曜日は、休みです。\n'],
    ['a brace at the beginning', '{note} This is how we write.\nMore of it.\n'],
    ['brackets', '[1] First chapter.\nText of it.\n']
  ])('stays text: %s', async (_, content) => {
    const { examples } = await read('notes.txt', content)
    expect(examples).toMatchObject([{ kind: 'text', text: content.trim() }])
  })
})

describe('NaN and words for nothing', () => {
  test('of pandas are nothing', async () => {
    const content =
      '{"instruction": "q", "input": NaN, "output": "a"}\n{"instruction": "q", "input": "", "output": "a", "score": -Infinity}\n'
    expect(await found('a.jsonl', content)).toEqual(['u: q | a: a', 'u: q | a: a'])
    expect(await found('a.json', `[${content.trim().replace('\n', ',')}]`)).toEqual([
      'u: q | a: a',
      'u: q | a: a'
    ])
  })

  test('the letters inside of a text stay', async () => {
    expect(
      await found('a.jsonl', '{"question": "What is NaN?", "answer": "NaN is no number", "x": NaN}\n')
    ).toEqual(['u: What is NaN? | a: NaN is no number'])
  })

  test.each(['nan', 'NaN', 'None', 'NULL', 'null', '#N/A', '<NA>'])(
    '%s where an answer should be is asked about, not learnt',
    async (word) => {
      const { examples, report } = await read('a.csv', `question,answer\nq,a\nq2,${word}\n`)
      expect(examples.map(said)).toEqual(['u: q | a: a'])
      expect(report.refused).toMatchObject([
        { source: { row: 3 }, reason: 'WORD_FOR_NOTHING', details: { word } }
      ])
    }
  )

  test('beside the question it is nothing', async () => {
    expect(await found('a.csv', 'instruction,input,output\nq,nan,a\n')).toEqual(['u: q | a: a'])
    expect((await read('a.csv', 'question,answer\nq,a\nnan,a\n')).report.refused).toMatchObject([
      { reason: 'EMPTY_QUESTION' }
    ])
  })
})

describe('a conversation in a cell', () => {
  const cell = (text: string): string =>
    `id,messages\n1,"${text.replaceAll('"', '""')}"\n2,"${text.replaceAll('"', '""')}"\n`
  test.each([
    ['as JSON', JSON.stringify(turns)],
    ['as printed JSON', pretty(turns)],
    ['as an object', JSON.stringify({ messages: turns })],
    [
      'as Python prints it',
      "[{'role': 'user', 'content': 'q'}, {'role': 'assistant', 'content': 'a', 'x': None}]"
    ],
    ['as numpy prints it', "[{'role': 'user', 'content': 'q'}\n {'role': 'assistant', 'content': \"a\"}]"]
  ])('%s', async (_, text) => {
    expect(await found('a.csv', cell(text))).toEqual(['u: q | a: a', 'u: q | a: a'])
  })

  test('marks and line ends inside keep', async () => {
    const text = `[{'role': 'user', 'content': "it's\\nq"}, {'role': 'assistant', 'content': '\\'a\\' "b"'}]`
    expect(await found('a.csv', cell(text))).toContain(`u: it's\nq | a: 'a' "b"`)
  })
})

describe('one message a row', () => {
  const both = ['u: q1 | a: a1 | u: q2 | a: a2', 'u: q3 | a: a3']
  test.each([
    [
      'a.csv',
      'conversation_id,role,content\n1,user,q1\n1,assistant,a1\n1,user,q2\n1,assistant,a2\n2,user,q3\n2,assistant,a3\n'
    ],
    [
      'a.csv',
      '会話ID,話者,発言\n1,お客様,q1\n1,担当者,a1\n1,お客様,q2\n1,担当者,a2\n2,お客様,q3\n2,担当者,a3\n'
    ],
    [
      'a.csv',
      'session_id,turn,speaker,text\n1,2,bot,a1\n1,1,user,q1\n2,1,user,q3\n1,3,user,q2\n1,4,bot,a2\n2,2,bot,a3\n'
    ],
    [
      'a.jsonl',
      jsonl(
        { thread_id: 'x', role: 'user', content: 'q1' },
        { thread_id: 'y', role: 'user', content: 'q3' },
        { thread_id: 'x', role: 'assistant', content: 'a1' },
        { thread_id: 'y', role: 'assistant', content: 'a3' },
        { thread_id: 'x', role: 'user', content: 'q2' },
        { thread_id: 'x', role: 'assistant', content: 'a2' }
      )
    ]
  ])('%s %#', async (name, content) => {
    expect([...(await found(name, content))].sort()).toEqual(both)
  })

  test.each([
    [
      'a.csv',
      '種別,本文\nQ,送料は？\nA,500円です。\nQ,返品は？\nA,30日以内です。\nA,送料は当社が持ちます。\n'
    ],
    ['a.csv', '区分,内容\n質問,送料は？\n回答,500円です。\n質問,返品は？\n回答,30日以内です。\n']
  ])('questions and answers below one another are no labels: %s %#', async (name, content) => {
    expect((await found(name, content))[0]).toBe('u: 送料は？ | a: 500円です。')
    expect(await found(name, content)).toHaveLength(2)
  })

  test('a column of topics stays a label', async () => {
    const { examples } = await read('a.csv', '種別,本文\n返品,返品したい。\n送料,送料は？\n返品,傷がある。\n')
    expect(examples.map(({ kind }) => kind)).toEqual(['labelled', 'labelled', 'labelled'])
  })

  test('by parents, with branches: what one branch has taught is context in the next', async () => {
    const content = jsonl(
      { message_id: '1', parent_id: null, role: 'prompter', text: 'q' },
      { message_id: '2', parent_id: '1', role: 'assistant', text: 'a' },
      { message_id: '3', parent_id: '2', role: 'prompter', text: 'more' },
      { message_id: '4', parent_id: '3', role: 'assistant', text: 'b' },
      { message_id: '5', parent_id: '2', role: 'prompter', text: 'other' },
      { message_id: '6', parent_id: '5', role: 'assistant', text: 'c' }
    )
    const { examples } = await read('oasst.jsonl', content)
    expect(examples.map(said)).toEqual(['u: q | a: a | u: more | a: b', 'u: q | a: a | u: other | a: c'])
    expect(examples.map((one) => (one.kind === 'conversation' ? one.messages[1]?.weight : null))).toEqual([
      undefined,
      0
    ])
  })

  test('a call of a tool takes its conversation with it, and no other', async () => {
    const content = jsonl(
      { conversation_id: 1, role: 'user', content: 'q' },
      { conversation_id: 1, role: 'assistant', content: '', tool_calls: [{ name: 'f' }] },
      { conversation_id: 1, role: 'tool', content: '5' },
      { conversation_id: 1, role: 'assistant', content: 'five' },
      { conversation_id: 2, role: 'user', content: 'q' },
      { conversation_id: 2, role: 'assistant', content: 'a' }
    )
    const { examples, report } = await read('a.jsonl', content)
    expect(examples.map(said)).toEqual(['u: q | a: a'])
    expect(report.refused.map(({ reason }) => reason)).toEqual(['TOOL_CALL'])
  })
})

const faults = sharedData('../faults/data')
describe.skipIf(!faults)('the reports themselves', () => {
  const fault = async (path: string, name = path.split('/').at(-1) ?? ''): Promise<number> =>
    (await read(name, readFileSync(`${faults}/${path}`))).examples.length
  test.each([
    ['01-cp1252-smart-quotes/faq-apostrophes-only.csv', 8],
    ['02-cp932-short-and-extended/extended.csv', 4],
    ['03-weight-zero/openai.jsonl', 3],
    ['03-weight-zero/axolotl-train-field.jsonl', 2],
    ['04-empty-tool-calls/vllm-log.jsonl', 3],
    ['04-empty-tool-calls/empty-strings.jsonl', 3],
    ['05-nan-in-json/pandas.json', 2],
    ['05-nan-in-json/pandas.jsonl', 3],
    ['06-json-array-in-jsonl/array-one-line.jsonl', 4],
    ['06-json-array-in-jsonl/array-pretty.jsonl', 4],
    ['06-json-array-in-jsonl/pretty-objects.json', 4],
    ['15-table-in-txt/faq.csv.txt', 4],
    ['20-json-in-cells/kiln.csv', 2],
    ['20-json-in-cells/numbers.csv', 3],
    ['27-mixed-encoding/appended.csv', 30]
  ])('%s: %i', async (path, count) => {
    expect(await fault(path)).toBe(count)
  })

  test('English with the marks of Windows is read as it was written', async () => {
    const name = '01-cp1252-smart-quotes/faq-apostrophes-only.csv'
    const { examples, report } = await read('faq.csv', readFileSync(`${faults}/${name}`))
    expect(report.files[0]).toMatchObject({
      encoding: 'windows-1252',
      certainty: { encoding: { sure: 'high' } }
    })
    expect(examples.map(said).join()).toContain('Please don’t worry. We’ll trace it')
  })
})

test('a file of nothing that can be read still says what is wrong', async () => {
  expect(await refusal('a.jsonl', '{"question": \n{"question": \n')).toMatchObject({ code: 'NO_USABLE_ROW' })
})

test.each(['\u0001', '\u001f'])(
  'a table of a database, cut at control character %j, in .txt and .csv',
  async (sign) => {
    const content = ['質問,回答', 'いつ,9時、です', 'どこ,東京']
      .map((line) => line.replace(',', sign))
      .join('\n')
    for (const name of ['a.txt', 'a.csv'])
      expect(await found(name, content)).toEqual(['u: いつ | a: 9時、です', 'u: どこ | a: 東京'])
  }
)

test('a table of Markdown, and one among other text', async () => {
  const table = '| question | answer |\n|---|:-:|\n| When? | At nine. |\n| Where? | Kyoto |\n'
  expect(await found('a.md', table)).toEqual(['u: When? | a: At nine.', 'u: Where? | a: Kyoto'])
  expect((await found('a.md', `Our hours\n\n${table}`)).join()).toContain('Our hours')
})
