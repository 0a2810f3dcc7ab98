// JSON of a model from a stranger holds up nobody, and what is honest of it is read however long the rest is.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readModel } from '../../../main/services/models/read-model'
import { tinyModel } from '../../fixtures/tiny-model'
import { Silence } from '../../workshop/silence'

const names = (count: number): string =>
  Array.from({ length: count }, (_, i) => `"${i.toString(36)}":1`).join(',')

test('settings of a tokenizer with 300,000 names, and what they say of tokens', async () => {
  const dir = tinyModel()
  const file = join(dir, 'tokenizer_config.json')
  const own = readFileSync(file, 'utf8').trim().replace(/^\{/, '')
  writeFileSync(file, `{${names(300_000)},"eos_token":{"content":"</s>"},"chat_template":"a",${own}`)
  const silence = new Silence()
  const model = await readModel(dir)
  expect(silence.end()).toBeLessThan(100)
  expect(model.specialTokens['eos_token']).toBeDefined()
})

test.each([
  ['config.json', `{${names(20_000)}}`],
  ['generation_config.json', `{"a":${'['.repeat(100_000)}`],
  ['special_tokens_map.json', `{"eos_token":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`],
  ['tokenizer_config.json', `{"a":${'['.repeat(2_000_000)}}`]
])('%s that no honest model has is named, at once', async (name, text) => {
  const dir = tinyModel()
  writeFileSync(join(dir, name), text)
  const silence = new Silence()
  await expect(readModel(dir)).rejects.toMatchObject({ code: 'BROKEN_MODEL_FILE', details: { name } })
  expect(silence.end()).toBeLessThan(100)
})

test('a list of weights of 3.5 MB names its files', async () => {
  const dir = join(mkdtempSync(join(tmpdir(), 'neiro-index-')), 'model')
  mkdirSync(dir)
  writeFileSync(join(dir, 'config.json'), '{"model_type":"llama"}')
  const entries = Array.from(
    { length: 55_000 },
    (_, i) => `"model.layers.${i}.mlp.experts.weight":"model-0000${i % 3}.safetensors"`
  )
  writeFileSync(
    join(dir, 'model.safetensors.index.json'),
    `{"metadata":{},"weight_map":{${entries.join(',')}}}`
  )
  for (const i of [0, 1]) writeFileSync(join(dir, `model-0000${i}.safetensors`), 'x'.repeat(200))
  const silence = new Silence()
  await expect(readModel(dir)).rejects.toMatchObject({
    code: 'SHARD_MISSING',
    details: { name: 'model-00002.safetensors' }
  })
  expect(silence.end()).toBeLessThan(100)
})

test('a card of brackets holds nobody up, and one of thousands of lines says its licence all the same', async () => {
  const dir = tinyModel()
  const card = (front: string): void => writeFileSync(join(dir, 'README.md'), `---\n${front}\n---\n`)
  const results = Array.from({ length: 3000 }, (_, i) => `- name: result ${i}`).join('\n')
  card(`model-index:\n${results}\nlicense: mit\nlanguage:\n- ja\ntags:\n- a`)
  expect(await readModel(dir)).toMatchObject({ licence: 'mit', languages: ['ja'] })
  for (const front of ['[', '{a: ', '- '].map((sign) => `license: ${sign.repeat(20_000)}`)) {
    card(front)
    const silence = new Silence()
    expect(await readModel(dir)).toMatchObject({ licence: null })
    expect(silence.end()).toBeLessThan(100)
  }
})
