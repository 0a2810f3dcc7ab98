// Fields of a turn beside its speaker and its words: honoured or named, never dropped without a word. The cases of
// public reports (03, 04) and others of their kind.
import { describe, expect, test } from 'vitest'
import type { FieldNote, Message } from '../../../../main/contract/records'
import { jsonl, read } from '../../reading/reading'

type Turn = Readonly<Record<string, unknown>>

const asked: Turn = { role: 'user', content: 'q' }
const good: Turn = { role: 'assistant', content: 'GOOD' }

interface Found {
  readonly messages: readonly Message[]
  readonly fields: readonly FieldNote[]
  readonly refused: readonly string[]
}

/** One conversation beside a plain one, so that the file can be used whatever becomes of it. */
async function found(turns: readonly Turn[], row: Turn = {}): Promise<Found> {
  const { examples, report } = await read(
    'a.jsonl',
    jsonl({ messages: turns, ...row }, { messages: [asked, good] })
  )
  const [first] = examples.filter(({ source }) => source.row === 1)
  return {
    messages: first?.kind === 'conversation' ? first.messages : [],
    fields: report.files[0]?.fields ?? [],
    refused: report.refused.map(({ reason }) => reason)
  }
}

describe('an answer that is marked as not to be learnt', () => {
  test.each<[field: string, mark: Turn]>([
    ['weight', { weight: 0 }],
    ['weight', { weight: 0.0 }],
    ['weight', { weight: '0' }],
    ['train', { train: false }],
    ['training', { training: false }],
    ['loss_mask', { loss_mask: 0 }],
    ['loss_mask', { loss_mask: false }],
    ['loss', { loss: false }],
    ['trainable', { trainable: 'false' }],
    ['ignore', { ignore: true }],
    ['skip', { skip: 1 }]
  ])('%s: %j', async (field, mark) => {
    const { messages, fields } = await found([asked, { ...good, content: 'BAD', ...mark }, asked, good])
    expect(messages.map(({ content, weight }) => `${content}${weight ?? ''}`)).toEqual([
      'q',
      'BAD0',
      'q',
      'GOOD'
    ])
    expect(fields).toEqual([{ kind: 'not-learnt', field, count: 1 }])
  })

  test.each<Turn>([
    { weight: 1 },
    { weight: 1.0 },
    { train: true },
    { loss_mask: 1 },
    { weight: null },
    { ignore: false }
  ])('%j is learnt like any other', async (mark) => {
    const { messages, fields } = await found([asked, { ...good, ...mark }])
    expect(messages.at(-1)).toEqual({ role: 'assistant', content: 'GOOD' })
    expect(fields).toEqual([])
  })

  test.each<Turn>([{ weight: 0.5 }, { train_detail: 1, weight: [{ begin: 0 }] }, { loss_mask: 'partly' }])(
    '%j cannot be honoured and is refused by name',
    async (mark) => {
      expect((await found([asked, { ...good, ...mark }])).refused).toEqual(['TURN_WEIGHT'])
    }
  )

  test('a conversation of nothing else is refused by name', async () => {
    expect((await found([asked, { ...good, weight: 0 }])).refused).toEqual(['NO_LEARNT_TURN'])
  })

  test('a question that asks to be learnt is named', async () => {
    const { fields } = await found([{ ...asked, train: true }, good])
    expect(fields).toEqual([{ kind: 'not-read', field: 'user.train', count: 1 }])
  })
})

describe('calls of tools', () => {
  test.each<Turn>([
    { tool_calls: [] },
    { tool_calls: '' },
    { tool_calls: null },
    { tool_calls: '[]' },
    { tool_calls: {} },
    { function_call: { name: '', arguments: '' } },
    { tool_call_id: '' },
    { tool_calls: [], refusal: null, function_call: null, annotations: [], audio: null }
  ])('%j is none', async (field) => {
    const { messages, refused, fields } = await found([asked, { ...good, ...field }])
    expect([messages.length, refused, fields]).toEqual([2, [], []])
  })

  test.each<Turn>([
    { tool_calls: [{ id: '1', function: { name: 'f', arguments: '{}' } }] },
    { function_call: { name: 'f', arguments: '{}' } },
    { tool_calls: '[{"name":"f"}]' }
  ])('%j is one, and refused by name', async (field) => {
    expect((await found([asked, { ...good, ...field }])).refused).toEqual(['TOOL_CALL'])
  })
})

describe('words in parts', () => {
  test.each<[name: string, content: unknown]>([
    [
      'text',
      [
        { type: 'text', text: 'GO' },
        { type: 'text', text: 'OD' }
      ]
    ],
    ['output_text', [{ type: 'output_text', text: 'GOOD', annotations: [] }]],
    ['input_text', [{ type: 'input_text', text: 'GOOD' }]],
    ['strings', ['GO', 'OD']],
    ['without a type', [{ text: 'GOOD' }]],
    ['a value inside', [{ type: 'text', text: { value: 'GOOD', annotations: [] } }]],
    ['an object', { content_type: 'text', parts: ['GOOD'] }]
  ])('%s', async (_, content) => {
    expect((await found([asked, { role: 'assistant', content }])).messages.at(-1)?.content).toBe('GOOD')
  })

  test.each<[unknown, string]>([
    [[{ type: 'image_url', image_url: { url: 'x' } }], 'NOT_ONLY_TEXT'],
    [
      [
        { type: 'text', text: 'a' },
        { type: 'input_audio', input_audio: {} }
      ],
      'NOT_ONLY_TEXT'
    ],
    [[{ type: 'tool_use', name: 'f', input: {} }], 'TOOL_CALL'],
    [{ a: 1 }, 'NOT_TEXT'],
    [null, 'EMPTY_ANSWER'],
    [[], 'EMPTY_ANSWER']
  ])('%j: %s', async (content, reason) => {
    expect((await found([asked, { role: 'assistant', content }])).refused).toEqual([reason])
  })

  test('a picture beside the words', async () => {
    expect((await found([{ ...asked, images: ['a.png'] }, good])).refused).toEqual(['NOT_ONLY_TEXT'])
  })
})

describe('thoughts', () => {
  test.each<Turn>([
    { reasoning_content: 'because' },
    { reasoning: 'because' },
    { thinking: 'because' },
    {
      content: [
        { type: 'thinking', thinking: 'because' },
        { type: 'text', text: 'GOOD' }
      ]
    }
  ])('%j are kept apart and counted', async (field) => {
    const { messages, fields } = await found([asked, { ...good, ...field }])
    expect(messages.at(-1)).toEqual({ role: 'assistant', content: 'GOOD', reasoning_content: 'because' })
    expect(fields).toMatchObject([{ kind: 'thinking', count: 1 }])
  })
})

describe('fields that nobody reads', () => {
  test.each<[Turn, string]>([
    [{ name: 'Alice' }, 'name'],
    [{ prefix: true }, 'prefix'],
    [{ feedback: 'negative' }, 'feedback'],
    [{ hidden: true }, 'hidden'],
    [{ attachments: [{ id: 1 }] }, 'attachments']
  ])('%j is named once', async (field, name) => {
    const { fields, messages } = await found([asked, { ...good, ...field }, asked, { ...good, ...field }])
    expect(messages).toHaveLength(4)
    expect(fields).toEqual([{ kind: 'not-read', field: name, count: 2 }])
  })

  test.each<Turn>([{ id: 'm1' }, { timestamp: 1 }, { prefix: false }, { model: 'x' }, { annotations: [] }])(
    '%j changes nothing',
    async (field) => {
      expect((await found([asked, { ...good, ...field }])).fields).toEqual([])
    }
  )

  test('a column that says which rows count', async () => {
    const { report } = await read('a.csv', 'question,answer,split\nq1,a1,train\nq2,a2,test\n')
    expect(report.files[0]?.fields).toEqual([{ kind: 'not-read', field: 'split', count: 2 }])
    const same = await read('a.csv', 'question,answer,split\nq1,a1,train\nq2,a2,train\n')
    expect(same.report.files[0]?.fields).toEqual([{ kind: 'aside', field: 'split', count: 1 }])
  })
})
