// Text comes back from ids as it went in, nothing is lost in silence, and bad files end in a sentence.
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { sharedData, skippedNote } from '../../fixtures/shared-data'
import { Chance } from '../random'
import { smallTokenizer, smallTokenizerJson, type SmallKind } from './small-tokenizers'

const demanding = '東京都の邂逅、ﾊﾝｶｸｶﾅ①髙﨑\n\tAb 12½Ⅳ 👨‍👩‍👧 が\u3099 end'

function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'tokenizer-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content)
  return dir
}

for (const kind of ['byte-level', 'sentencepiece', 'unigram'] as const satisfies SmallKind[]) {
  describe(kind, () => {
    let tokenizer: Tokenizer
    beforeAll(async () => {
      tokenizer = await smallTokenizer(kind)
    })

    test('every text comes back', async () => {
      const chance = new Chance(7)
      const some = [...demanding, ' ', '  ', '\n', 'answer', 'é', '\u0000', '�']
      for (let i = 0; i < 200; i++) {
        const text = chance.list(30, () => chance.pick(some)).join('')
        expect(await tokenizer.decode(await tokenizer.encode(text))).toBe(text)
      }
    })

    test('special tokens written in the text become their ids, and are passed over when decoding', async () => {
      const ids = await tokenizer.encode('ab<|im_end|>')
      expect(ids.at(-1)).toBe(tokenizer.idOf('<|im_end|>'))
      expect(await tokenizer.decode(ids)).toBe('ab')
      expect(await tokenizer.decode(ids, false)).toBe('ab<|im_end|>')
    })

    test('many texts at once are each as alone', async () => {
      const texts = ['', 'a', demanding, 'the answer', '。。']
      const lists = await Promise.all(texts.map((text) => tokenizer.encode(text)))
      expect(await tokenizer.encodeBatch(texts)).toEqual(lists)
      expect(await tokenizer.decodeBatch(lists)).toEqual(texts)
      expect(await tokenizer.encodeBatch([])).toEqual([])
    })

    test('names and ids', async () => {
      expect(tokenizer.tokenOf(tokenizer.idOf('</s>') as number)).toBe('</s>')
      expect(tokenizer.idOf('no such token')).toBeNull()
      expect(tokenizer.tokenOf(tokenizer.vocabSize + 5)).toBeNull()
      expect(tokenizer.isSpoken(tokenizer.idOf('</s>') as number)).toBe(false)
      expect(tokenizer.isSpoken(tokenizer.idOf('a') as number)).toBe(true)
    })

    test('no character is lost', async () => {
      expect(await tokenizer.losesCharacters()).toEqual([])
      expect(await tokenizer.losesCharacters(demanding)).toEqual([])
    })

    test('half a surrogate pair does not end the program', async () => {
      expect(await tokenizer.decode(await tokenizer.encode('a\uD83Db'))).toBe('a\uFFFDb')
    })
  })
}

test('a tokenizer that drops rare characters says which', async () => {
  const tokenizer = await smallTokenizer('unigram-without-bytes')
  expect(await tokenizer.losesCharacters()).toEqual(expect.arrayContaining(['邂', '逅', 'ﾊ', '😀']))
  expect(await tokenizer.losesCharacters()).not.toContain('あ')
  expect(await tokenizer.losesCharacters('ab あ。')).toEqual([])
})

test('truncation and padding written into the file are not applied', async () => {
  const json = {
    ...smallTokenizerJson('byte-level'),
    truncation: { direction: 'Right', max_length: 3, strategy: 'LongestFirst', stride: 0 },
    padding: {
      strategy: { Fixed: 9 },
      direction: 'Right',
      pad_to_multiple_of: null,
      pad_id: 0,
      pad_type_id: 0,
      pad_token: '<unk>'
    }
  }
  const tokenizer = await Tokenizer.load(folder({ 'tokenizer.json': JSON.stringify(json) }))
  expect(await tokenizer.decode(await tokenizer.encode('xyzxyzxyz'), false)).toBe('xyzxyzxyz')
  expect(await tokenizer.encode('xy')).toHaveLength(2)
})

test('chance that the file asks for is not applied: the same text has the same tokens', async () => {
  const json = smallTokenizerJson('sentencepiece')
  const asked = { ...json, model: { ...(json['model'] as object), dropout: 0.9 } }
  const [plain, other] = await Promise.all(
    [json, asked].map((one) => Tokenizer.load(folder({ 'tokenizer.json': JSON.stringify(one) })))
  )
  const text = ' answer'.repeat(30)
  expect(await other?.encode(text)).toEqual(await plain?.encode(text))
})

describe('files that are no tokenizer', () => {
  test.each([
    ['nothing there', {}, 'NO_TOKENIZER'],
    ['no JSON', { 'tokenizer.json': '{"model": ' }, 'BROKEN_TOKENIZER'],
    ['another JSON', { 'tokenizer.json': '{"model": {"type": "Unheard"}}' }, 'BROKEN_TOKENIZER'],
    ['empty', { 'tokenizer.json': '' }, 'BROKEN_TOKENIZER'],
    [
      'a pointer',
      { 'tokenizer.json': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n' },
      'LFS_POINTER'
    ]
  ])('%s', async (_, files, code) => {
    await expect(Tokenizer.load(folder(files))).rejects.toMatchObject({ code })
  })
})

describe('real tokenizers', () => {
  const names = ['llm-jp/ver2.2', 'phi-3-mini', 'qwen2-assembled', 'smollm2']
  for (const name of names) {
    const dir = sharedData('tokenizers', name)
    test.skipIf(!dir)(dir ? `${name} keeps rare kanji and half-width kana` : skippedNote, async () => {
      const tokenizer = await Tokenizer.load(dir as string)
      expect(await tokenizer.losesCharacters()).toEqual([])
      expect(await tokenizer.decode(await tokenizer.encode('邂逅 ﾊﾝｶｸ ½Ⅳ'))).toBe('邂逅 ﾊﾝｶｸ ½Ⅳ')
      const long = '吾輩は猫である。'.repeat(25_000)
      expect((await tokenizer.decode(await tokenizer.encode(long))) === long).toBe(true)
    })
  }

  const t5 = sharedData('tokenizers', 't5-small')
  test.skipIf(!t5)(t5 ? 't5-small cannot read kanji, and says so' : skippedNote, async () => {
    const tokenizer = await Tokenizer.load(t5 as string)
    expect(await tokenizer.losesCharacters()).toEqual(expect.arrayContaining(['漢', '字', '邂', '逅']))
  })
})

test('the marks of a thought are shown, also where the file calls them special', async () => {
  const text = JSON.stringify(smallTokenizerJson('byte-level')).replaceAll('"</s>"', '"</think>"')
  const tokenizer = await Tokenizer.fromText(text)
  const ids = await tokenizer.encode('ab</think>c<|im_end|>')
  expect(ids).toContain(tokenizer.idOf('</think>'))
  expect(await tokenizer.decode(ids)).toBe('ab</think>c')
})

describe('a tokenizer that is made to stop whoever reads it', () => {
  const load = (json: Record<string, unknown>): Promise<Tokenizer> =>
    Tokenizer.load(folder({ 'tokenizer.json': JSON.stringify(json) }))
  const small = smallTokenizerJson('byte-level')
  const added = small['added_tokens'] as readonly object[]

  test('with more tokens than any model has is too large', async () => {
    const many = Array.from({ length: 70_001 }, (_, i) => ({ ...added[0], id: 9000 + i, content: `<${i}>` }))
    await expect(load({ ...small, added_tokens: many })).rejects.toMatchObject({
      code: 'TOKENIZER_TOO_LARGE'
    })
    const model = small['model'] as { readonly vocab: object }
    const vocab = Object.fromEntries(Array.from({ length: (1 << 20) + 1 }, (_, i) => [`v${i}`, i]))
    await expect(load({ ...small, model: { ...model, vocab } })).rejects.toMatchObject({
      code: 'TOKENIZER_TOO_LARGE'
    })
  })

  test('that is a device is not read', async () => {
    const dir = folder({})
    symlinkSync('/dev/zero', join(dir, 'tokenizer.json'))
    await expect(Tokenizer.load(dir)).rejects.toMatchObject({ code: 'BROKEN_TOKENIZER' })
  })

  test('whose steps need a token that it does not have is broken, not we', async () => {
    const model = { type: 'WordPiece', unk_token: 'none', continuing_subword_prefix: '##', vocab: { a: 0 } }
    const tokenizer = await load({ ...small, model: { ...model, max_input_chars_per_word: 100 } })
    await expect(tokenizer.encode('bcd')).rejects.toMatchObject({
      code: 'BROKEN_TOKENIZER',
      details: { reason: expect.stringContaining('WordPiece') }
    })
  })
})
