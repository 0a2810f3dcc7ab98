// Files whose rows compare two answers, or say whether one is liked, in the forms in which they are handed round.
import { describe, expect, test } from 'vitest'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { sharedData, skippedNote } from '../../../fixtures/shared-data'
import { writeData } from '../../reading/write-file'

const jsonl = (...rows: unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n')
const read = (name: string, content: string) => readData([writeData(name, content)])

const user = { role: 'user', content: 'Are you open?' }
const yes = { role: 'assistant', content: 'Yes, until six.' }
const no = { role: 'assistant', content: 'No idea.' }

const pair = { kind: 'preference', messages: [user], chosen: 'Yes, until six.', rejected: 'No idea.' }

describe('a better answer and another', () => {
  test.each([
    ['plain words', { prompt: user.content, chosen: yes.content, rejected: no.content }],
    ['turns of each', { prompt: [user], chosen: [yes], rejected: [no] }],
    ['whole conversations', { chosen: [user, yes], rejected: [user, no] }],
    ['the beginning once more', { prompt: [user], chosen: [user, yes], rejected: [user, no] }],
    [
      'ShareGPT',
      {
        conversations: [{ from: 'human', value: user.content }],
        chosen: { from: 'gpt', value: yes.content },
        rejected: { from: 'gpt', value: no.content }
      }
    ],
    ['Alpaca', { instruction: user.content, input: '', chosen: yes.content, rejected: no.content }],
    ['messages apart', { chosen_messages: [user, yes], rejected_messages: [user, no] }],
    ['a table in Japanese', { 質問: user.content, 良い回答: yes.content, 悪い回答: no.content }]
  ])('%s', async (_, row) => {
    const { examples, report } = await read('pairs.jsonl', jsonl(row, row))
    expect(report.files[0]?.shape).toBe('preference')
    expect(examples).toMatchObject([pair, pair])
  })

  test('earlier answers and the system text are context', async () => {
    const before = [{ role: 'system', content: 'Be kind.' }, { role: 'user', content: 'Hello' }, no, user]
    const { examples } = await read('p.jsonl', jsonl({ messages: before, chosen: 'a', rejected: 'b' }))
    expect(examples[0]).toMatchObject({
      messages: before.map((turn) => (turn === no ? { ...no, weight: 0 } : turn))
    })
  })

  test('what cannot be compared is refused row by row', async () => {
    const good = { prompt: 'q', chosen: 'a', rejected: 'b' }
    const { report } = await read(
      'p.jsonl',
      jsonl(
        good,
        { ...good, rejected: 'a' },
        { ...good, chosen: '' },
        { ...good, prompt: '' },
        { chosen: [user, yes], rejected: [{ ...user, content: 'Other?' }, no] },
        { prompt: 'q', completion: 'a' }
      )
    )
    expect(report.refused.map(({ reason, source }) => [source.row, reason])).toEqual([
      [2, 'SAME_ANSWERS'],
      [3, 'EMPTY_ANSWER'],
      [4, 'EMPTY_QUESTION'],
      [5, 'TWO_PROMPTS'],
      [6, 'EMPTY_ANSWER']
    ])
  })
})

describe('an answer that is liked or not', () => {
  test.each([
    ['a truth value', { messages: [user, yes], label: true }, { messages: [user, no], label: false }],
    [
      'prompt and completion',
      { prompt: user.content, completion: yes.content, label: true },
      { prompt: user.content, completion: no.content, label: false }
    ],
    [
      'words of a table',
      { 質問: user.content, 回答: yes.content, 評価: '良い' },
      { 質問: user.content, 回答: no.content, 評価: '悪い' }
    ],
    ['thumbs', { messages: [user, yes], feedback: '👍' }, { messages: [user, no], feedback: '👎' }]
  ])('%s', async (_, good, bad) => {
    const { examples, report } = await read('rated.jsonl', jsonl(good, bad))
    expect(report.files[0]?.shape).toBe('rated')
    expect(examples).toMatchObject([
      { kind: 'rated', messages: [user, yes], liked: true },
      { kind: 'rated', messages: [user, no], liked: false }
    ])
  })

  test('one without a verdict is refused; a label in other words makes no verdict', async () => {
    const row = { messages: [user, yes], label: true }
    const { report } = await read('r.jsonl', jsonl(row, row, { messages: [user, yes] }))
    expect(report.refused).toMatchObject([{ source: { row: 3 }, reason: 'NO_VERDICT' }])
    const topics = await read('t.jsonl', jsonl({ question: 'q', answer: 'a', label: 'shipping' }))
    expect(topics.examples[0]?.kind).toBe('conversation')
  })
})

const demo = (name: string): string | null => sharedData('datasets', 'en-llamafactory', name)
describe.skipIf(!demo('LICENSE'))(`real files (${skippedNote})`, () => {
  test.each([
    ['dpo_en_demo.json', 'preference'],
    ['v1_dpo_demo.jsonl', 'preference'],
    ['kto_en_demo.json', 'rated']
  ])('%s', async (name, shape) => {
    const { examples, report } = await readData([demo(name) as string])
    expect(report.files[0]?.shape).toBe(shape)
    expect(examples.length).toBeGreaterThan(0)
    expect(report.refused.length * 20).toBeLessThan(examples.length)
  })
})

test('whole conversations in one text, as HH has them', async () => {
  const before = '\n\nHuman: Where is it?\n\nAssistant: On its way.\n\nHuman: When?\n\nAssistant:'
  const row = { chosen: `${before} Tomorrow.\n\nSurely.`, rejected: `${before} No idea.` }
  const { examples } = await read('hh.jsonl', jsonl(row, row))
  expect(examples[0]).toMatchObject({
    kind: 'preference',
    messages: [{ content: 'Where is it?' }, { content: 'On its way.' }, { content: 'When?' }],
    chosen: 'Tomorrow.\n\nSurely.',
    rejected: 'No idea.'
  })
})

test.each(['a.json', 'a.jsonl'])('one row alone, whose answers are turns (%s)', async (name) => {
  const pair = { chosen: [user, yes], rejected: [user, no] }
  for (const content of [JSON.stringify(pair), JSON.stringify(pair, null, 2)])
    expect((await read(name, content)).examples).toMatchObject([{ kind: 'preference', chosen: yes.content }])
  const asked = { prompt: [user], completion: [yes] }
  expect((await read(name, JSON.stringify(asked))).examples).toMatchObject([{ messages: [user, yes] }])
})

test('of a choice without its other reply that one is said to be missing', async () => {
  const rows = [
    { prompt: '送料は', chosen: '550円です。', rejected: '' },
    { prompt: '送料は', chosen: '550円です。', rejected: '知らない。' },
    { prompt: '返品は', chosen: '承ります。', rejected: 'むり。' }
  ]
  const { report } = await readData([
    writeData('choices.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
  ])
  expect(report.refused.map(({ source, reason }) => [source.row, reason])).toEqual([[1, 'EMPTY_OTHER']])
})
