// What a text has in tokens at the most holds for every tokenizer that says it, and lengths up to a limit tell the same texts as
// too long as the lengths themselves.
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { mostTokensOf } from '../../../main/services/tokens/most-tokens'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { starterModelDir } from '../../fixtures/places'
import { sharedData } from '../../fixtures/shared-data'
import { smallTokenizerDir, smallTokenizerJson, type SmallKind } from './small-tokenizers'

const small = ['byte-level', 'sentencepiece', 'metaspace', 'unigram', 'unigram-without-bytes'] as const
const dirs: readonly (readonly [string, string | null])[] = [
  ...small.map((kind: SmallKind) => [kind, smallTokenizerDir(kind)] as const),
  ['starter', starterModelDir],
  ...['smollm2', 'qwen2-assembled', 'phi-3-mini', join('llm-jp', 'ver2.2')].map(
    (name) => [name, sharedData('tokenizers', name)] as const
  ),
  ['bert', sharedData('models', 'lmbuddy-bert_tiniest')]
]

/** signs that steps make longer, special tokens, and what any text is made of */
const signs = [
  ...['ﷺ', '㌔', '½', 'Ⅳ', 'ﾊﾞ', 'が\u3099', 'İ', '\u{1D160}', '각', 'é', '👨‍👩‍👧', '\uD800', '\u0000', '\uFFFD'],
  ...['<|im_end|>', '<s>', '</s>', '▁', ' ', '  ', '\n', 'answer', '答え', '邂逅', 'ゟ', 'ヿ', '゛', '￣']
]
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(...signs),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ maxLength: 9 })
    ),
    { maxLength: 40 }
  )
  .map((parts) => parts.join(''))

describe.each(dirs.filter(([, dir]) => dir !== null))('%s', (_, dir) => {
  test('no text has more tokens than is said', async () => {
    const tokenizer = await Tokenizer.load(dir as string)
    const { mostTokens } = tokenizer
    expect(mostTokens).not.toBeNull()
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const ids = await tokenizer.encode(text)
        expect(ids.length).toBeLessThanOrEqual(mostTokens?.of(text) ?? 0)
      }),
      { numRuns: 300 }
    )
  })
})

test('a text of plain signs is no longer than its bytes and a little, where nothing is written anew', async () => {
  const { mostTokens } = await Tokenizer.load(starterModelDir)
  expect(mostTokens?.of('送料はabc')).toBe(8 + 9 + 3)
})

test.each([
  ['a compiled table', { normalizer: { type: 'Precompiled', precompiled_charsmap: '' } }],
  ['any pattern', { normalizer: { type: 'Replace', pattern: { Regex: '.' }, content: 'abc' } }],
  ['a step of tomorrow', { pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Tomorrow' }] } }],
  ['a form that divides signs', { normalizer: { type: 'NFD' } }],
  ['a model of tomorrow', { model: { type: 'Tomorrow' } }]
])('of %s nothing is said', (_, step) => {
  expect(mostTokensOf({ ...smallTokenizerJson('byte-level'), ...step })).toBeNull()
})

describe('lengths up to a limit', () => {
  const chatMl = `{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}`
  const asked = (question: string, answer: string): Example => ({
    kind: 'conversation',
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer }
    ],
    source: { file: 'a.csv', row: 1 }
  })

  test('tell those apart that are longer, and count no other', async () => {
    const text = await LoadedModelText.load({
      ...{ dir: smallTokenizerDir('byte-level'), name: 'm', chatTemplate: chatMl },
      specialTokens: { eos_token: '</s>' }
    })
    const lengthOf = (i: number): number => (i % 7) * 40
    const examples = Array.from({ length: 60 }, (_, i) => asked('あ', 'い'.repeat(lengthOf(i))))
    const counted: number[] = []
    const { encodeBatch } = text.tokenizer
    text.tokenizer.encodeBatch = (some, adds) => {
      counted.push(...some.map(({ length }) => length))
      return encodeBatch.call(text.tokenizer, some, adds)
    }
    const limit = 400
    const most = await text.lengths(examples, '', limit)
    expect(
      counted.filter((length) => length > 60).reduce((least, length) => Math.min(least, length))
    ).toBeGreaterThan(100)
    const exact = await text.lengths(examples, '')
    const long = ({ longest }: typeof most): number[] =>
      examples.flatMap((_, i) => ((longest[i] as number) > limit ? [i] : []))
    expect(long(exact).length).toBeGreaterThan(5)
    expect(long(most)).toEqual(long(exact))
  })

  test('an example that cannot be learnt has none', async () => {
    const text = await LoadedModelText.load({
      ...{ dir: smallTokenizerDir('byte-level'), name: 'm', chatTemplate: chatMl },
      specialTokens: {}
    })
    const { starts, longest } = await text.lengths(
      [{ kind: 'conversation', messages: [{ role: 'user', content: 'a' }], source: { file: 'a', row: 1 } }],
      '',
      100
    )
    expect([...starts, ...longest]).toEqual([0, 0, 0])
  })
})
