// llama.cpp's tokenizer vectors against the app's tokenizer, for every vocabulary whose tokenizer is here.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { sharedData, skippedNote } from '../fixtures/shared-data'

const separator = '\n__ggml_vocab_test__\n'

/** Vectors by vocabulary, and the tokenizer folder that is the same vocabulary. */
const pairs: readonly (readonly [string, string])[] = [
  ['qwen2', 'qwen2-assembled'],
  ['deepseek-r1-qwen', 'qwen2-assembled'],
  ['phi-3', 'phi-3-mini'],
  ['llama-spm', 'phi-3-mini'],
  ['gpt-2', 'gpt2-parts']
]

const made = mkdtempSync(join(tmpdir(), 'neiro-gpt2-'))
afterAll(() => rmSync(made, { recursive: true, force: true }))

for (const [vocabulary, name] of pairs) {
  const input = sharedData('vectors/llama.cpp', `ggml-vocab-${vocabulary}.gguf.inp`)
  const folder = sharedData('tokenizers', name)
  const present = input !== null && folder !== null
  describe.skipIf(!present)(`${vocabulary} with ${name}${present ? '' : ` (${skippedNote})`}`, () => {
    const texts = input ? readFileSync(input, 'utf8').split(separator) : []
    const expected = input
      ? readFileSync(input.replace(/\.inp$/, '.out'), 'utf8')
          .split('\n')
          .map((line) => line.split(' ').filter(Boolean).map(Number))
      : []

    test('every text becomes the expected ids', async () => {
      const tokenizer = await Tokenizer.load(
        name === 'gpt2-parts' ? assembleGpt2(folder ?? '') : (folder ?? '')
      )
      expect(texts.length).toBeGreaterThan(40)
      const encoded = await tokenizer.encodeBatch(texts)
      const wrong = texts
        .map((text, i) => ({ text, got: [...(encoded[i] ?? [])], want: expected[i] ?? [] }))
        .filter(({ got, want }) => String(got) !== String(want))
      expect(wrong).toEqual([])
    })

    test('and back into the text that was read', async () => {
      const tokenizer = await Tokenizer.load(
        name === 'gpt2-parts' ? assembleGpt2(folder ?? '') : (folder ?? '')
      )
      // models of this kind put one space before the text
      const prefix = (await tokenizer.decode(await tokenizer.encode('a'))).startsWith(' ') ? ' ' : ''
      for (const text of texts)
        expect(await tokenizer.decode(await tokenizer.encode(text), false)).toBe(prefix + text)
    })
  })
}

/** tokenizer.json of GPT-2 from its vocabulary and merges, as the published one says it. */
function assembleGpt2(parts: string): string {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
  const vocab = JSON.parse(readFileSync(join(parts, 'gpt2.vocab'), 'utf8')) as Record<string, number>
  const merges = readFileSync(join(parts, 'gpt2.merges.txt'), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line && !line.startsWith('#version'))
  const file = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      vocab,
      merges
    }
  }
  writeFileSync(join(made, 'tokenizer.json'), JSON.stringify(file))
  return made
}
