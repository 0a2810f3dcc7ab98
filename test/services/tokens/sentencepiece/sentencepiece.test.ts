// SentencePiece models against the ids that the library itself (0.2.3) gives: BPE with nmt_nfkc, Unigram without
// normalisation, on lines of datasets, kana with their marks, emoji, rare kanji and random characters.
import { mkdtempSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { derivedFiles } from '../../../../main/services/tokens/derived/derived-files'
import { readModelProto, type Piece } from '../../../../main/services/tokens/sentencepiece/model-proto'
import { sentencePieceTokenizer } from '../../../../main/services/tokens/sentencepiece/sentencepiece-tokenizer'
import { Tokenizer } from '../../../../main/services/tokens/tokenizer'

const here = import.meta.dirname
const known = JSON.parse(readFileSync(join(here, 'ids.jsonl'), 'utf8')) as Record<string, number[][]> & {
  texts: string[]
}
const dir = mkdtempSync(join(tmpdir(), 'neiro-sentencepiece-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('a byte of Unigram is no text of its own', () => {
  const piece = (text: string, type: Piece['type'], score = -1): Piece => ({ text, score, type })
  const made = JSON.parse(
    sentencePieceTokenizer({
      pieces: [piece('<unk>', 'unknown', 0), piece('<0x41>', 'byte', 0), piece('▁', 'normal')],
      kind: 'unigram',
      byteFallback: true,
      spaceBehind: false,
      normalizer: {
        name: 'identity',
        charsmap: Buffer.alloc(0),
        addDummyPrefix: true,
        removeExtraWhitespaces: true,
        escapeWhitespaces: true
      }
    })
  ) as { readonly model: { readonly vocab: readonly (readonly [string, number])[] } }
  // SentencePiece 0.2.3 cuts the written "<0x41>" into its letters
  expect(made.model.vocab[1]?.[1]).toBeLessThan(-1e6)
})

test.each([
  ['of words', 3],
  ['of letters', 4]
])('a model %s is said to be no damage', async (_, kind) => {
  const model = Buffer.from(readFileSync(join(here, 'uni-id.model')))
  // trainer_spec's field 3 (model_type) behind everything: the last one counts
  const file = Buffer.concat([model, Buffer.from([0x12, 2, 0x18, kind])])
  writeFileSync(join(dir, 'tokenizer.model'), file)
  await expect(derivedFiles(dir)).rejects.toMatchObject({
    code: 'SENTENCEPIECE_KIND',
    details: { name: 'tokenizer.model' }
  })
})

describe.each(['bpe-nfkc', 'uni-id'])('%s', (name) => {
  test('gives the ids of the library', async () => {
    copyFileSync(join(here, `${name}.model`), join(dir, 'tokenizer.model'))
    for (const [file, text] of Object.entries(await derivedFiles(dir))) writeFileSync(join(dir, file), text)
    const tokenizer = await Tokenizer.load(dir)
    const ids = await tokenizer.encodeBatch(known.texts)
    rmSync(join(dir, 'sentencepiece.charsmap'), { force: true })
    const wrong = known.texts.filter((_, i) => String(ids[i]) !== String(known[name]?.[i]))
    expect(wrong).toEqual([])
  })

  test('that is cut off anywhere, or turned, ends in a reason', () => {
    const bytes = readFileSync(join(here, `${name}.model`))
    for (let length = 0; length < bytes.length; length += 1013) {
      try {
        readModelProto(bytes.subarray(0, length))
      } catch (error) {
        expect((error as Error).message).not.toBe('')
      }
      const turned = Buffer.from(bytes.subarray(0, 5000))
      turned[length % 5000] = 255 - (turned[length % 5000] ?? 0)
      try {
        readModelProto(turned)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }
  })
})
