// A long text in pieces has the very ids of the text in one: by chance-made texts of many scripts, for every kind of
// tokenizer here; runs without a place to divide them are refused by name.
import { describe, expect, test } from 'vitest'
import { encodeLong, type EncodeTexts } from '../../../main/services/tokens/long-text'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { starterModelDir } from '../../fixtures/places'
import { sharedData, skippedNote } from '../../fixtures/shared-data'
import { Chance } from '../random'
import { smallTokenizer, type SmallKind } from './small-tokenizers'

const parts = [
  ...[
    '吾輩は猫である。',
    '名前はまだ無い。',
    ' the answer',
    ' is 42,',
    '\n\n',
    '  ',
    '\t',
    'Ünïcödé ',
    '、',
    '。\n'
  ],
  ...['😀👨‍👩‍👧', '<|im_end|>', 'if (a) {\n    return b\n}', '12,345.67', "don't ", 'ﾊﾝｶｸ', '「はい」', 'a', '1'],
  ...[
    '漢字'.repeat(20),
    'https://example.com/a-b_c?d=1&e=2 ',
    'العربية हिन्दी 한국어 ',
    'か\u3099',
    'ans',
    'er',
    '答え'
  ]
]
/** small ones, so that a text has many pieces */
const limits = { whole: 1500, unbroken: 12_000 }

/** In one piece, whatever its length: the library as it is. */
const inOne =
  (tokenizer: Tokenizer): EncodeTexts =>
  async (texts) => {
    const own = tokenizer as unknown as { encodeShort: EncodeTexts }
    return own.encodeShort(texts)
  }

function holds(name: string, load: () => Promise<Tokenizer>, rounds: number): void {
  describe(name, () => {
    test('in pieces as in one', async () => {
      const encode = inOne(await load())
      const chance = new Chance(21)
      for (let round = 0; round < rounds; round++) {
        // of few parts, texts repeat themselves; of many, they change all the time
        const few = chance.list(2 + chance.below(parts.length), () => chance.pick(parts))
        const some = few.length > 0 ? few : parts
        let text = ''
        const length = 2000 + chance.below(14_000)
        while (text.length < length) text += chance.pick(some)
        const [whole] = await encode([text])
        const pieces = await encodeLong(text, encode, limits).catch((error: { code?: string }) => error.code)
        // a run of the same few may have no place at all
        if (pieces !== 'TEXT_UNBROKEN') expect(pieces, JSON.stringify(text.slice(0, 200))).toEqual(whole)
      }
    })

    test.each([' ', 'a', 'あ', 'ab', '\n', '。'])('a run of %j is the same, or refused', async (run) => {
      const encode = inOne(await load())
      const text = run.repeat(30_000 / run.length)
      const [whole] = await encode([text])
      const pieces = await encodeLong(text, encode, limits).catch((error: { code?: string }) => error.code)
      expect(pieces === 'TEXT_UNBROKEN' || String(pieces) === String(whole)).toBe(true)
    })

    test('prose of a megabyte is never refused', async () => {
      const tokenizer = await load()
      const text = '吾輩は猫である。名前はまだ無い。The cat has no name yet, it says.\n'.repeat(4000)
      const encoded = await tokenizer.encode(text)
      expect(encoded.length).toBeGreaterThan(10_000)
    })
  })
}

for (const kind of ['byte-level', 'sentencepiece', 'metaspace', 'unigram'] as const satisfies SmallKind[])
  holds(kind, () => smallTokenizer(kind), 60)
holds('the starter', () => Tokenizer.load(starterModelDir), 60)
for (const name of ['llm-jp/ver2.2', 'phi-3-mini', 'qwen2-assembled', 'smollm2', 't5-small']) {
  const dir = sharedData('tokenizers', name)
  if (dir) holds(name, () => Tokenizer.load(dir), 25)
  else test.skip(skippedNote, () => {})
}

// table of issue 10, row 2
test('twelve million spaces are refused in a moment', async () => {
  const tokenizer = await Tokenizer.load(starterModelDir)
  const begun = performance.now()
  await expect(tokenizer.encode(`a${' '.repeat(12_000_000)}`)).rejects.toMatchObject({
    code: 'TEXT_UNBROKEN'
  })
  expect(performance.now() - begun).toBeLessThan(5000)
})
