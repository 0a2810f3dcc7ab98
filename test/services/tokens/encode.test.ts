// What the trainer is given: prompts exactly as generation sees them, answers behind them, learnt where they
// should be, and every row that cannot be learnt refused with its reason.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Example, Message } from '../../../main/contract/records'
import { ChatTemplate, templateFor } from '../../../main/services/tokens/chat-template'
import { NeiroError } from '../../../main/contract/errors'
import { cutOne, encodeAll, type EncodeOptions } from '../../../main/services/tokens/cut'
import { encodePrompt } from '../../../main/services/tokens/encode'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { notLearnt, type EncodedExample } from '../../../main/services/tokens/kinds/kind'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { sharedData, skippedNote } from '../../fixtures/shared-data'
import { Chance } from '../random'
import { golden } from './golden-templates'
import { smallTokenizer, type SmallKind } from './small-tokenizers'

const source = { file: 'test.jsonl', row: 1 }
const talk = (...messages: Message[]): Example => ({ kind: 'conversation', messages, source })
const user = (content: string): Message => ({ role: 'user', content })
const assistant = (content: string): Message => ({ role: 'assistant', content })
const question = (asked: string, answer: string): Example => talk(user(asked), assistant(answer))

const plain = templateFor({
  chatTemplate: null,
  specialTokens: { bos_token: '<s>', eos_token: '</s>' },
  name: 'plain'
})
const templates: readonly (readonly [string, ChatTemplate])[] = [
  ...golden.names.map((name): [string, ChatTemplate] => [name, golden.template(name)]),
  ['plain', plain]
]

interface Change extends Partial<Omit<EncodeOptions, 'modelText'>> {
  readonly template?: ChatTemplate
  readonly bosToken?: string | null
  readonly eosToken?: string | null
}

function options(
  tokenizer: Tokenizer,
  { template = golden.template('chatml'), bosToken = '<s>', eosToken = '</s>', ...change }: Change = {}
): EncodeOptions {
  const modelText = new LoadedModelText(tokenizer, () => template, { bosToken, eosToken })
  return { modelText, maxSeqLength: 4096, lossOn: 'responses', ...change }
}

/** One example; throws why it cannot be learnt. */
async function encodeExample(example: Example, options: EncodeOptions): Promise<readonly EncodedExample[]> {
  const [outcome] = await options.modelText.outcomes([example], options.systemPrompt ?? '')
  const cut = cutOne(example, outcome ?? [], options)
  if (cut instanceof NeiroError) throw cut
  return cut
}

const isPrefix = (ids: Int32Array, whole: Int32Array): boolean => ids.every((id, i) => whole[i] === id)
const learntIds = ({ labels }: EncodedExample): Int32Array => labels.filter((label) => label !== notLearnt)

/** Conversations made to provoke: white space at every border, marks in the text, other scripts. */
function provoking(chance: Chance): Message[] {
  const parts = [
    'a',
    'ans',
    'answer',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '。',
    '答え',
    'です',
    '<|im_end|>',
    '😀',
    '1',
    '邂',
    'er.'
  ]
  const text = (): string =>
    chance.list(6, () => chance.pick(parts)).join('') + chance.pick(['a', '。', ' b ', '\nc'])
  const turns = 1 + chance.below(3)
  return Array.from({ length: turns }, () => [user(text()), assistant(text())]).flat()
}

function properties(name: string, load: () => Promise<Tokenizer>, rounds: number): void {
  describe(name, () => {
    let tokenizer: Tokenizer
    beforeAll(async () => {
      tokenizer = await load()
    })

    test.each(templates)(
      '%s: each prompt begins its row, and what follows is learnt',
      async (_, template) => {
        const chance = new Chance(3)
        for (let i = 0; i < rounds; i++) {
          const messages = provoking(chance)
          const rows = await encodeExample(talk(...messages), options(tokenizer, { template }))
          for (const row of rows) {
            expect(row.cut).toBe(0)
            row.labels.forEach((label, at) => expect([notLearnt, row.tokens[at]]).toContain(label))
          }
          for (const [k, message] of messages.entries()) {
            if (message.role !== 'assistant') continue
            const prompt = await encodePrompt(messages.slice(0, k), { tokenizer, template })
            const row = rows.findLast(
              ({ tokens }) => tokens.length > prompt.length && isPrefix(prompt, tokens)
            )
            expect(row, JSON.stringify(messages.slice(0, k + 1))).toBeDefined()
            expect(row?.labels[prompt.length]).not.toBe(notLearnt)
            const last = prompt.length - 1
            if (k === 1)
              expect(row?.labels.slice(0, last + 1).every((label) => label === notLearnt)).toBe(true)
          }
        }
      }
    )

    test.each(templates)('%s: the tokens say the rendered text', async (_, template) => {
      const chance = new Chance(4)
      for (let i = 0; i < rounds; i++) {
        const messages = provoking(chance).slice(0, 2)
        const [row] = await encodeExample(talk(...messages), options(tokenizer, { template }))
        const text = template.render(messages)
        const said = await tokenizer.decode(row?.tokens ?? [], false)
        const whole = await tokenizer.decode(await tokenizer.encode(text), false)
        // the end token may have been added, in place of white space behind the answer
        expect([whole, whole.trimEnd() + '</s>', whole + '</s>']).toContain(said)
      }
    })

    test.each(templates)(
      '%s: where no token would straddle, the row is the text encoded at once',
      async (_, template) => {
        const chance = new Chance(5)
        let same = 0
        for (let i = 0; i < rounds; i++) {
          const messages = provoking(chance).slice(0, 2)
          const [row] = await encodeExample(
            talk(...messages),
            options(tokenizer, { template, eosToken: null })
          )
          const whole = await tokenizer.encode(template.render(messages))
          const prompt = await tokenizer.encode(template.render(messages.slice(0, 1), true))
          if (!isPrefix(prompt, whole)) continue
          same++
          expect(row?.tokens).toEqual(whole)
        }
        expect(same).toBeGreaterThan(0)
      }
    )
  })
}

for (const kind of ['byte-level', 'sentencepiece', 'metaspace', 'unigram'] as const satisfies SmallKind[]) {
  properties(kind, () => smallTokenizer(kind), 40)
}
for (const name of ['llm-jp/ver2.2', 'phi-3-mini', 'qwen2-assembled', 'smollm2']) {
  const dir = sharedData('tokenizers', name)
  if (dir) properties(name, () => Tokenizer.load(dir), 12)
  else test.skip(skippedNote, () => {})
}

describe('what is learnt', () => {
  let tokenizer: Tokenizer
  beforeAll(async () => {
    tokenizer = await smallTokenizer('byte-level')
  })
  const learnt = async (example: Example, change: Change = {}): Promise<readonly string[]> => {
    const rows = await encodeExample(example, options(tokenizer, change))
    return tokenizer.decodeBatch(rows.map(learntIds), false)
  }

  test('answers with their end mark, every one of them', async () => {
    expect(await learnt(question('q', 'a'))).toEqual(['a<|im_end|>'])
    expect(await learnt(talk(user('q'), assistant('a'), user('r'), assistant('b')))).toEqual([
      'a<|im_end|>b<|im_end|>'
    ])
  })

  test('all of it on request, but for the first token, which nothing precedes', async () => {
    const [row] = await encodeExample(question('q', 'a'), options(tokenizer, { lossOn: 'all' }))
    expect(row?.labels[0]).toBe(notLearnt)
    expect(row?.labels.slice(1)).toEqual(row?.tokens.slice(1))
  })

  test('a template that ends answers with no token gets the end token, and learns it', async () => {
    const bare = new ChatTemplate(
      "{% for m in messages %}{{ m.role + ': ' + m.content + '\\n' }}{% endfor %}",
      {}
    )
    expect(await learnt(question('q', 'a'), { template: bare })).toEqual(['assistant: a\n</s>'])
    expect(await learnt(question('q', 'a'), { template: bare, eosToken: null })).toEqual(['assistant: a\n'])
    expect(await learnt(question('q', 'a'), { template: plain })).toEqual(['a</s>'])
  })

  test('the system prompt of the recipe goes to conversations without their own', async () => {
    const text = async (example: Example): Promise<string> => {
      const [row] = await encodeExample(example, options(tokenizer, { systemPrompt: 'Be kind.' }))
      return tokenizer.decode(row?.tokens ?? [], false)
    }
    expect(await text(question('q', 'a'))).toMatch(/^<\|im_start\|>system\nBe kind\.<\|im_end\|>/)
    expect(await text(talk({ role: 'system', content: 'Mine' }, user('q'), assistant('a')))).not.toContain(
      'Be kind.'
    )
  })

  test('a long conversation is cut at the right and says how much', async () => {
    const [whole] = await encodeExample(question('q', 'a'.repeat(100)), options(tokenizer))
    const [cut] = await encodeExample(
      question('q', 'a'.repeat(100)),
      options(tokenizer, { maxSeqLength: 40 })
    )
    expect(cut?.tokens).toEqual(whole?.tokens.slice(0, 40))
    expect(cut?.cut).toBe((whole?.tokens.length ?? 0) - 40)
    expect(cut?.source).toEqual(source)
  })

  test('rows of a conversation that is learnt turn by turn count what is cut off', async () => {
    const template = golden.template('drops-thinking')
    const messages = [user('q'), assistant('<think>x</think>a'), user('r'.repeat(300)), assistant('b')]
    const rows = await encodeExample(talk(...messages), options(tokenizer, { template, maxSeqLength: 100 }))
    expect(rows).toHaveLength(1)
    const [, second] = await encodeExample(talk(...messages), options(tokenizer, { template }))
    expect(rows[0]?.cut).toBe(second?.tokens.length)
  })
})

describe('long plain text', () => {
  test.each([8, 9, 17, 64, 1000])('in windows of %i: every token once, in order', async (maxSeqLength) => {
    const tokenizer = await smallTokenizer('unigram')
    const text = 'abc です。 答え\n'.repeat(20)
    const rows = await encodeExample({ kind: 'text', text, source }, options(tokenizer, { maxSeqLength }))
    const bos = tokenizer.idOf('<s>')
    const eos = tokenizer.idOf('</s>')
    rows.forEach(({ tokens, labels, cut }, i) => {
      expect(tokens.length).toBeLessThanOrEqual(maxSeqLength)
      expect(tokens[0]).toBe(bos)
      expect(tokens.includes(eos as number)).toBe(i === rows.length - 1)
      expect(labels).toEqual(Int32Array.from(tokens, (id, at) => (at === 0 ? notLearnt : id)))
      expect(cut).toBe(0)
    })
    const lengths = rows.map(({ tokens }) => tokens.length)
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
    const all = rows.flatMap(({ tokens }) => [...tokens.slice(1)])
    expect(all).toEqual([...(await tokenizer.encode(text)), eos])
  })

  test('without begin and end tokens, windows are the bare text', async () => {
    const tokenizer = await smallTokenizer('byte-level')
    const example: Example = { kind: 'text', text: 'x'.repeat(30), source }
    const rows = await encodeExample(
      example,
      options(tokenizer, { bosToken: null, eosToken: null, maxSeqLength: 10 })
    )
    expect(await tokenizer.decodeBatch(rows.map(({ tokens }) => tokens))).toEqual(
      Array(3).fill('x'.repeat(10))
    )
  })
})

describe('all examples', () => {
  test('are each as alone; none disappears', async () => {
    const tokenizer = await smallTokenizer('byte-level')
    const chance = new Chance(9)
    const examples = Array.from({ length: 600 }, (_, row): Example => {
      const messages = provoking(chance)
      const some = chance.below(5)
      const own = { file: 'x', row }
      if (some === 0) return { kind: 'text', text: messages[0]?.content ?? '', source: own }
      if (some === 1) return { kind: 'conversation', messages: messages.slice(0, 1), source: own }
      return { kind: 'conversation', messages, source: own }
    })
    const change = options(tokenizer, { maxSeqLength: 30 })
    const set = await encodeAll(examples, change)
    const rows = new Set([...set.examples, ...set.refused].map((item) => item.source.row))
    expect(rows.size).toBe(examples.length)
    expect(new Set(set.refused.map(({ reason }) => reason))).toEqual(
      new Set(['EMPTY_ANSWER', 'ANSWER_CUT_OFF'])
    )
    for (const example of examples.slice(0, 50)) {
      const own = set.examples.filter(({ source }) => source.row === example.source.row)
      const refused = set.refused.find((row) => row.source.row === example.source.row)
      if (refused)
        await expect(encodeExample(example, change)).rejects.toMatchObject({ code: refused.reason })
      else expect(own).toEqual(await encodeExample(example, change))
    }
    expect(set.cut).toBe(set.examples.reduce((sum, { cut }) => sum + cut, 0))
  })

  test('a character that the model cannot read refuses its row, by name', async () => {
    const tokenizer = await smallTokenizer('unigram-without-bytes')
    const set = await encodeAll(
      [question('a', '答えです。'), question('a', 'ﾊ 邂逅'), question('a', 'でです')],
      options(tokenizer)
    )
    expect(set.examples).toHaveLength(1)
    expect(set.refused).toMatchObject([
      { reason: 'LOST_CHARACTERS', details: { characters: 'ﾊ 邂 逅' }, excerpt: 'a\nﾊ 邂逅' },
      { details: { characters: 'で' } }
    ])
  })

  test('a kind that the method does not learn from is refused row by row', async () => {
    const tokenizer = await smallTokenizer('byte-level')
    const text: Example = { kind: 'text', text: 'ただの文章です。', source: { file: 'x', row: 2 } }
    const set = await encodeAll([question('q', 'a'), text], options(tokenizer, { kinds: ['conversation'] }))
    expect(set.examples).toHaveLength(1)
    expect(set.refused).toMatchObject([{ reason: 'KIND_NOT_FOR_METHOD', source: { row: 2 } }])
    expect((await encodeAll([question('q', 'a'), text], options(tokenizer))).refused).toEqual([])
  })

  test('nothing left is an error that says why', async () => {
    const tokenizer = await smallTokenizer('byte-level')
    const tooLong = Array(3).fill(question('q'.repeat(100), 'a')) as Example[]
    await expect(
      encodeAll([...tooLong, talk(user('q'))], options(tokenizer, { maxSeqLength: 50 }))
    ).rejects.toMatchObject({
      code: 'NOTHING_TO_LEARN',
      details: { rows: '4', reason: 'ANSWER_CUT_OFF', maxSeqLength: '50' }
    })
    await expect(encodeAll([], options(tokenizer))).rejects.toMatchObject({ code: 'NO_DATA' })
  })
})

test('texts to sort in which something stands that the model has no token for are counted', async () => {
  const texts = ['a b', 'a 😀', '髙 b']
  const examples = texts.map((text): Example => ({ kind: 'labelled', text, labels: ['x'], source }))
  const without = options(await smallTokenizer('unigram-without-bytes'), { template: plain })
  expect(await encodeAll(examples, without)).toMatchObject({ refused: [], unknown: 2 })
  const byBytes = options(await smallTokenizer('byte-level'), { template: plain })
  expect(await encodeAll(examples, byBytes)).toMatchObject({ refused: [], unknown: 0 })
})
