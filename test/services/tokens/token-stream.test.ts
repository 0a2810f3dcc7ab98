// What a stream shows, joined, is what decoding everything at once says, and never half a character.
import { describe, expect, test } from 'vitest'
import { TokenStream } from '../../../main/services/tokens/token-stream'
import type { ModelText } from '../../../main/services/tokens/model-text'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { sharedData, skippedNote } from '../../fixtures/shared-data'
import { Chance } from '../random'
import { smallTokenizer } from './small-tokenizers'

const text = 'The answer is 邂逅 👨‍👩‍👧 ﾊﾝｶｸ.\n\n  Two  spaces、<|im_end|>終わり。 '

interface Shown {
  readonly parts: readonly string[]
  readonly all: string
}

/** As it is asked: from outside, with promises. */
const asked = (tokenizer: Tokenizer): Pick<ModelText, 'decode' | 'endsInBytes'> => ({
  decode: (ids) => tokenizer.decode(ids),
  endsInBytes: async (ids) => tokenizer.endsInBytes(ids)
})

async function show(tokenizer: Tokenizer, ids: readonly number[], chance: Chance): Promise<Shown> {
  const stream = new TokenStream(asked(tokenizer))
  const parts: string[] = []
  for (let at = 0; at < ids.length;) {
    const count = 1 + chance.below(3)
    parts.push(await stream.push(ids.slice(at, at + count)))
    at += count
  }
  parts.push(await stream.end())
  return { parts, all: parts.join('') }
}

function holds(name: string, load: () => Promise<Tokenizer>): void {
  describe(name, () => {
    test('real text, in pieces of every size', async () => {
      const tokenizer = await load()
      const chance = new Chance(11)
      const ids = [...(await tokenizer.encode(text.repeat(8)))]
      for (let i = 0; i < 5; i++) {
        const { parts, all } = await show(tokenizer, ids, chance)
        expect(all).toBe(await tokenizer.decode(ids))
        expect(parts.slice(0, -1).join('')).not.toContain('\uFFFD')
        expect(parts.filter((part) => part !== '').length).toBeGreaterThan(20)
      }
    })

    test('any ids at all, nonsense included', async () => {
      const tokenizer = await load()
      const chance = new Chance(5)
      for (let i = 0; i < 60; i++) {
        const bytes = i % 2 === 0 ? 300 : tokenizer.vocabSize + 3
        const ids = chance.list(200, () => chance.below(bytes))
        expect((await show(tokenizer, ids, chance)).all).toBe(await tokenizer.decode(ids))
      }
    })
  })
}

holds('byte-level', () => smallTokenizer('byte-level'))
holds('sentencepiece', () => smallTokenizer('sentencepiece'))
holds('unigram', () => smallTokenizer('unigram'))
for (const name of ['llm-jp/ver2.2', 'phi-3-mini', 'qwen2-assembled', 'smollm2']) {
  const dir = sharedData('tokenizers', name)
  if (dir) holds(name, () => Tokenizer.load(dir))
  else test.skip(skippedNote, () => {})
}

test('a character appears when its last byte is there, not before', async () => {
  const tokenizer = await smallTokenizer('byte-level')
  const stream = new TokenStream(asked(tokenizer))
  const shown: string[] = []
  for (const id of await tokenizer.encode('x邂y')) shown.push(await stream.push([id]))
  expect(shown).toEqual(['x', '', '', '邂', 'y'])
  expect(await stream.end()).toBe('')
})
