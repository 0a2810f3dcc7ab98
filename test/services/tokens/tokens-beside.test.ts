// Tokens that stand only beside tokenizer.json are tokens, with the numbers that Transformers gives them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { ownFolder } from '../../fixtures/own-folder'
import { smallTokenizerJson, type SmallKind } from './small-tokenizers'

interface Listed {
  readonly id: number
  readonly content: string
}

/** A folder whose tokenizer.json lists only the first three special tokens; the others may be in its vocabulary. */
function folder(
  files: Readonly<Record<string, object>>,
  change: (json: Json) => void = () => undefined
): string {
  const dir = ownFolder()
  const json = smallTokenizerJson('byte-level') as unknown as Json
  json.added_tokens = json.added_tokens.slice(0, 3)
  change(json)
  for (const [name, content] of Object.entries({ 'tokenizer.json': json, ...files }))
    writeFileSync(join(dir, name), JSON.stringify(content))
  return dir
}

interface Json {
  added_tokens: Listed[]
  model: { vocab: Record<string, number> }
}

/** Out of the vocabulary, so that they would fall to pieces. */
function forget(json: Json): void {
  for (const mark of ['<|im_start|>', '<|im_end|>', '<|end|>']) delete json.model.vocab[mark]
  json.model.vocab = Object.fromEntries(Object.keys(json.model.vocab).map((token, id) => [token, id]))
}

const decoder = (tokens: Readonly<Record<string, string>>): object => ({
  added_tokens_decoder: Object.fromEntries(
    Object.entries(tokens).map(([id, content]) => [id, { content, special: true, normalized: false }])
  )
})

test('marks that only tokenizer_config.json lists get the next numbers, in its order', async () => {
  const size = Object.keys((smallTokenizerJson('byte-level') as unknown as Json).model.vocab).length - 3
  const marks = { [size + 1]: '<|im_end|>', [size]: '<|im_start|>' }
  const dir = folder({ 'tokenizer_config.json': decoder(marks) }, forget)
  const tokenizer = await Tokenizer.load(dir)
  expect([...(await tokenizer.encode('<|im_start|>a<|im_end|>'))]).toEqual([
    size,
    tokenizer.idOf('a'),
    size + 1
  ])
  expect(await tokenizer.decode(await tokenizer.encode('a<|im_end|>'))).toBe('a')
  expect(tokenizer.vocabSize).toBe(size + 2)
})

test('one that is in the vocabulary, but was not listed as a token, keeps its number', async () => {
  const dir = folder({ 'special_tokens_map.json': { eos_token: { content: '<|im_end|>' } } })
  const tokenizer = await Tokenizer.load(dir)
  expect([...(await tokenizer.encode('a<|im_end|>'))]).toEqual([tokenizer.idOf('a'), 4])
})

test.each<[string, Record<string, object>]>([
  ['special_tokens_map.json', { 'special_tokens_map.json': { additional_special_tokens: ['<|im_end|>'] } }],
  ['named in tokenizer_config.json', { 'tokenizer_config.json': { eos_token: '<|im_end|>' } }],
  ['further ones', { 'tokenizer_config.json': { extra_special_tokens: { image: '<|im_end|>' } } }],
  ['the old added_tokens.json', { 'added_tokens.json': { '<|im_end|>': 266 } }]
])('from %s', async (_name, files) => {
  const tokenizer = await Tokenizer.load(folder(files, forget))
  const ids = await tokenizer.encode('a<|im_end|>')
  expect([...ids]).toEqual([tokenizer.idOf('a'), tokenizer.idOf('<|im_end|>')])
})

test('a number that two files give differently is refused by name', async () => {
  const dir = folder({ 'tokenizer_config.json': decoder({ 5000: '<|im_end|>' }) }, forget)
  await expect(Tokenizer.load(dir)).rejects.toMatchObject({
    code: 'TOKENS_DISAGREE',
    details: { token: '<|im_end|>', said: '5000' }
  })
})

test.each(['byte-level', 'sentencepiece', 'unigram'] satisfies SmallKind[])(
  '%s: what is listed already stays as it is, byte for byte of its ids',
  async (kind) => {
    const dir = ownFolder()
    const json = smallTokenizerJson(kind)
    writeFileSync(join(dir, 'tokenizer.json'), JSON.stringify(json))
    const alone = await Tokenizer.load(dir)
    const text = 'an answer、<|im_start|>答え<|im_end|>です。'
    const before = await alone.encode(text)
    writeFileSync(
      join(dir, 'tokenizer_config.json'),
      JSON.stringify({ ...decoder({ 1: '<s>', 4: '<|im_end|>' }), bos_token: '<s>', pad_token: null })
    )
    const beside = await Tokenizer.load(dir)
    expect(await beside.encode(text)).toEqual(before)
    expect(beside.vocabSize).toBe(alone.vocabSize)
  }
)

test.each(['tokenizer.model', 'spiece.model', 'vocab.json'])(
  'a folder with only %s says so, and how tokenizer.json is made',
  async (name) => {
    const dir = ownFolder()
    writeFileSync(join(dir, name), 'x')
    await expect(Tokenizer.load(dir)).rejects.toMatchObject({
      code: 'TOKENIZER_NOT_CONVERTED',
      details: { name }
    })
  }
)
