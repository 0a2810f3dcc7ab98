// Rows of every shape become the same kind of example, and rows made for other goals are refused by name.
import { describe, expect, test } from 'vitest'
import { jsonl, read, refusal, said } from '../../reading/reading'

describe('shapes', () => {
  test.each([
    ['Alpaca', { instruction: 'q', input: 'more', output: 'a' }, 'instruction', 'u: q\n\nmore | a: a'],
    [
      'Alpaca with history',
      { instruction: 'q2', output: 'a2', history: [['q', 'a']] },
      'instruction',
      'u: q | a: a | u: q2 | a: a2'
    ],
    ['Alpaca in Japanese', { 指示: 'q', 入力: '', 出力: 'a' }, 'instruction', 'u: q | a: a'],
    ['prompt and completion', { prompt: 'q', completion: ' a' }, 'prompt-completion', 'u: q | a: a'],
    [
      'prompt and completion as messages',
      { prompt: [{ role: 'user', content: 'q' }], completion: [{ role: 'assistant', content: 'a' }] },
      'prompt-completion',
      'u: q | a: a'
    ],
    ['question and answer', { question: 'q', answer: 'a', id: 3 }, 'question-answer', 'u: q | a: a'],
    ['full width and brackets', { '質問（必須）': 'q', '回 答': 'a' }, 'question-answer', 'u: q | a: a'],
    ['Q and A', { 'Ｑ．': 'q', A: 'a' }, 'question-answer', 'u: q | a: a'],
    [
      'a form',
      { 受付番号: '1', お問い合わせ内容: 'q', 回答内容: 'a', 担当者名: 'x' },
      'question-answer',
      'u: q | a: a'
    ],
    ['a mail', { 件名: 's', 本文: 'q', 返信: 'a' }, 'question-answer', 'u: s\n\nq | a: a'],
    [
      'longer names',
      { お客様からのご質問: 'q', 弊社からの回答: 'a', 回答日: '5/1' },
      'question-answer',
      'u: q | a: a'
    ],
    [
      'with a system text',
      { system: 's', question: 'q', answer: 'a' },
      'question-answer',
      's: s | u: q | a: a'
    ],
    ['numbers as answers', { question: '1+1', answer: 2 }, 'question-answer', 'u: 1+1 | a: 2'],
    [
      'messages',
      {
        messages: [
          { role: 'system', content: 's' },
          { role: 'user', content: 'q' },
          { role: 'assistant', content: 'a', weight: 1 }
        ]
      },
      'messages',
      's: s | u: q | a: a'
    ],
    [
      'messages in parts',
      {
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'q' }] },
          { role: 'assistant', content: 'a' }
        ]
      },
      'messages',
      'u: q | a: a'
    ],
    [
      'ShareGPT',
      {
        conversations: [
          { from: 'human', value: 'q' },
          { from: 'gpt', value: 'a' }
        ]
      },
      'conversations',
      'u: q | a: a'
    ],
    [
      'turns under other names',
      {
        dialogue: [
          { speaker: 'お客様', text: 'q' },
          { speaker: '担当者', text: 'a' }
        ]
      },
      'conversations',
      'u: q | a: a'
    ],
    ['text', { text: 't\n' }, 'text', 't']
  ])('%s', async (_, row, shape, wanted) => {
    const { examples, report } = await read('data.jsonl', jsonl(row, row))
    expect(examples.map(said)).toEqual([wanted, wanted])
    expect(report.files[0]).toMatchObject({ shape, rows: 2, examples: 2, format: 'jsonl' })
    expect(report.refused).toEqual([])
  })

  test('the mapping says which column plays which role, and how sure it is', async () => {
    const exact = (await read('faq.csv', '番号,質問,回答\n1,q,a\n')).report.files[0]
    expect(exact?.mapping).toEqual({ 質問: 'question', 回答: 'answer' })
    const longer = (await read('faq.csv', '番号,お客様のご質問内容,当店の回答文\n1,q,a\n')).report.files[0]
    expect(longer?.mapping).toEqual({ お客様のご質問内容: 'question', 当店の回答文: 'answer' })
    expect(longer?.confidence).toBeLessThan(exact?.confidence ?? 0)
  })
})

describe('rows for other goals', () => {
  const turns = [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a' }
  ]
  test.each([
    ['PREFERENCE_ROW', { prompt: 'q', completion: 'a', chosen: 'a', rejected: 'b' }],
    ['PREFERENCE_ROW', { messages: turns, label: true }],
    ['NOT_ONLY_TEXT', { messages: turns, images: ['a.png'] }],
    [
      'NOT_ONLY_TEXT',
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'x' }] }, turns[1]] }
    ],
    ['TOOL_CALL', { messages: turns, tools: [{ name: 'f' }] }],
    ['TOOL_CALL', { messages: [turns[0], { role: 'assistant', content: null, tool_calls: [{}] }] }],
    ['TOOL_CALL', { messages: [...turns, { role: 'tool', content: 'x' }] }],
    [
      'TOOL_CALL',
      {
        conversations: [
          { from: 'human', value: 'q' },
          { from: 'function_call', value: '{}' }
        ]
      }
    ],
    ['UNKNOWN_ROLE', { messages: [turns[0], { role: 'narrator', content: 'x' }] }],
    ['NOT_TEXT', { messages: [turns[0], { role: 'assistant', content: { a: 1 } }] }],
    ['EMPTY_ANSWER', { messages: [turns[0], { role: 'assistant', content: ' ' }] }],
    ['EMPTY_ANSWER', { messages: [turns[0]] }],
    ['EMPTY_QUESTION', { messages: [turns[1]] }],
    ['EMPTY_QUESTION', { messages: [{ role: 'user', content: '' }, turns[1]] }],
    ['NOT_TURNS', { messages: 'hello' }],
    ['OTHER_SHAPE', { question: 'q', answer: 'a' }]
  ])('%s', async (reason, row) => {
    const { report } = await read('data.jsonl', jsonl({ messages: turns }, { messages: turns }, row))
    expect(report.refused).toMatchObject([{ source: { row: 3 }, reason }])
    if (reason === 'OTHER_SHAPE' || reason === 'PREFERENCE_ROW') return
    const alone = await refusal('data.jsonl', jsonl(row))
    expect((alone as { code: string }).code).toMatch(/NO_USABLE_ROW|UNKNOWN_SHAPE/)
  })

  test('empty lists of tools and pictures do no harm', async () => {
    const { examples } = await read('data.jsonl', jsonl({ messages: turns, tools: '[]', images: [] }))
    expect(examples).toHaveLength(1)
  })

  test('a file with only such rows is refused with the reason that most have', async () => {
    const rows = Array(300).fill({ messages: turns, images: ['a.png'] }) as unknown[]
    expect(await refusal('pictures.jsonl', jsonl(...rows))).toMatchObject({
      code: 'NO_USABLE_ROW',
      details: { file: 'pictures.jsonl', rows: '300', reason: 'NOT_ONLY_TEXT' }
    })
  })
})
