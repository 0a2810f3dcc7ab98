// A tokenizer through a GGUF file and back: the vocabulary that is written of it becomes a tokenizer that gives the same ids.
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ggufTokenTypes as types } from '../../../../main/services/tokens/gguf/format'
import { ggufTokenizer } from '../../../../main/services/tokens/gguf/gguf-tokenizer'
import type { GgufHead, GgufValue } from '../../../../main/services/tokens/gguf/read-head'
import { vocabularyOf } from '../../../../main/services/tokens/gguf/vocabulary'
import { demandingSample, Tokenizer } from '../../../../main/services/tokens/tokenizer'
import { sharedData } from '../../../fixtures/shared-data'
import { smallTokenizerJson, type SmallKind } from '../small-tokenizers'

const starter = join(import.meta.dirname, '../../../../resources/starter/model')
const jsonOf = (dir: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(dir, 'tokenizer.json'), 'utf8'))

const texts = [
  demandingSample,
  'お問い合わせありがとうございます。送料は550円です。',
  'The answer is 12345, and it’s final!',
  '  two  spaces\n\nand lines\t',
  '<|im_start|>user\nanswer<|im_end|>\n',
  ''
]

/** The metadata that is written of a tokenizer. */
function headOf(json: Record<string, unknown>, more: Readonly<Record<string, GgufValue>> = {}): GgufHead {
  const model = json['model'] as { vocab: object | readonly unknown[] }
  const rows = Math.max(
    Array.isArray(model.vocab) ? model.vocab.length : Object.keys(model.vocab).length,
    ...((json['added_tokens'] ?? []) as readonly { id: number }[]).map(({ id }) => id + 1)
  )
  const { model: kind, pre, tokens, types: kinds, scores, merges, addsSpace } = vocabularyOf(json, rows)
  return new Map<string, GgufValue>(
    Object.entries({
      model: kind,
      pre,
      tokens,
      token_type: [...kinds],
      ...(scores && { scores: [...scores] }),
      ...(merges && { merges }),
      ...(addsSpace !== null && { add_space_prefix: addsSpace }),
      add_bos_token: false,
      ...more
    }).map(([name, value]) => [`tokenizer.ggml.${name}`, value])
  )
}

async function expectSame(json: Record<string, unknown>, some: readonly string[]): Promise<void> {
  const own = await Tokenizer.fromText(JSON.stringify(json))
  const again = await Tokenizer.fromText(ggufTokenizer(headOf(json), 'a.gguf').tokenizerJson)
  const [expected, actual] = [await own.encodeBatch(some), await again.encodeBatch(some)]
  for (const [at, ids] of expected.entries()) {
    expect([...(actual[at] ?? [])], some[at]).toEqual([...ids])
    expect(await again.decode(ids)).toBe(await own.decode(ids))
  }
}

describe('the same ids as the tokenizer that was written', () => {
  test('of the starter model', () => expectSame(jsonOf(starter), texts))

  test.each(['sentencepiece'] as const satisfies readonly SmallKind[])('of a small %s one', (kind) =>
    expectSame(smallTokenizerJson(kind), texts)
  )

  test.each(['smollm2', 'qwen2-assembled', 'phi-3-mini'])('of %s', async (name) => {
    const dir = sharedData('tokenizers', name)
    if (dir === null) return
    await expectSame(jsonOf(dir), texts)
  })
})

describe('what stands before and behind a text', () => {
  const ends = { bos_token_id: 1, eos_token_id: 2 }
  const encoded = async (more: Readonly<Record<string, GgufValue>>): Promise<readonly number[]> => {
    const head = headOf(smallTokenizerJson('sentencepiece'), more)
    return [
      ...(await (await Tokenizer.fromText(ggufTokenizer(head, 'a.gguf').tokenizerJson)).encode('a', true))
    ]
  }

  test('is what the file says', async () => {
    expect((await encoded({ ...ends, add_bos_token: true, add_eos_token: true })).at(0)).toBe(1)
    expect((await encoded({ ...ends, add_bos_token: true, add_eos_token: true })).at(-1)).toBe(2)
    expect(await encoded({ ...ends, add_bos_token: false })).not.toContain(1)
  })

  test('a begin that is no token is none', async () => {
    const head = headOf(smallTokenizerJson('sentencepiece'), { bos_token_id: 2 ** 31, add_bos_token: true })
    expect(ggufTokenizer(head, 'a.gguf')).toMatchObject({ beginId: null, addsBegin: false })
  })
})

describe('refused by name', () => {
  const without = (head: GgufHead, name: string): GgufHead =>
    new Map([...head].filter(([key]) => key !== `tokenizer.ggml.${name}`))
  const whole = headOf(jsonOf(starter))
  test.each([
    ['no tokenizer', without(whole, 'model'), 'GGUF_NO_TOKENIZER'],
    ['no tokens', without(whole, 'tokens'), 'GGUF_NO_TOKENIZER'],
    ['a kind that is not known', headOf(jsonOf(starter), { model: 'rwkv' }), 'GGUF_TOKENIZER_UNKNOWN'],
    ['words cut in an unknown way', headOf(jsonOf(starter), { pre: 'tomorrow' }), 'GGUF_TOKENIZER_UNKNOWN'],
    ['words cut in a way that is not said', without(whole, 'pre'), 'GGUF_TOKENIZER_UNKNOWN'],
    [
      'a name that every object has',
      headOf(jsonOf(starter), { pre: 'constructor' }),
      'GGUF_TOKENIZER_UNKNOWN'
    ]
  ])('%s', (_, head, code) => {
    expect(() => ggufTokenizer(head, 'a.gguf')).toThrow(expect.objectContaining({ code }))
  })

  test('of two tokens of one name the first counts, and one called __proto__ is a token', async () => {
    const tokens = ['<unk>', 'a', 'a', '__proto__', '▁']
    const head = new Map<string, GgufValue>([
      ['tokenizer.ggml.model', 'llama'],
      ['tokenizer.ggml.tokens', tokens],
      ['tokenizer.ggml.scores', [0, -1, -2, -3, -4]],
      ['tokenizer.ggml.token_type', [types.unknown, 1, 1, 1, 1]],
      ['tokenizer.ggml.add_space_prefix', false]
    ])
    const { tokenizerJson } = ggufTokenizer(head, 'a.gguf')
    const { model } = JSON.parse(tokenizerJson) as { model: { vocab: object } }
    expect(Object.entries(model.vocab)).toContainEqual(['a', 1])
    expect(Object.keys(model.vocab)).toContain('__proto__')
  })
})
