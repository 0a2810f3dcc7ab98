// A model is known again wherever it lies; one that is another model in anything that tells is not.
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasMark, modelMark } from '../../../main/services/models/model-mark'
import { readModel } from '../../../main/services/models/read-model'
import { tinyModel } from '../../fixtures/tiny-model'

const home = mkdtempSync(join(tmpdir(), 'neiro-model-mark-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

let own: string
let mark: string
beforeAll(async () => {
  own = tinyModel('llama', home)
  mark = await modelMark(await readModel(own))
})

/** A copy of the model, changed. */
const copy = (change: (dir: string) => void): string => {
  const dir = join(mkdtempSync(join(home, 'copy-')), 'model')
  cpSync(own, dir, { recursive: true })
  change(dir)
  return dir
}
const flip = (name: string, share: number) => (dir: string) => {
  const bytes = readFileSync(join(dir, name))
  const at = Math.floor((bytes.length - 1) * share)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(join(dir, name), bytes)
}
const json = (name: string, members: object) => (dir: string) => {
  const before = JSON.parse(readFileSync(join(dir, name), 'utf8')) as object
  writeFileSync(join(dir, name), JSON.stringify({ ...before, ...members }))
}
const isKnown = async (dir: string): Promise<boolean> => hasMark(await readModel(dir), mark)

test('a copy is the same model, whatever programs noted in it', async () => {
  expect(await isKnown(copy(() => undefined))).toBe(true)
  const noted = json('config.json', { transformers_version: '9.9', _name_or_path: '/home/x' })
  expect(await isKnown(copy(noted))).toBe(true)
})

test.each([
  ['a byte at the end of its weights', flip('model.safetensors', 1)],
  ['a byte in their middle', flip('model.safetensors', 0.5)],
  ['a setting by which it calculates', json('config.json', { rope_theta: 10_001 })],
  ['its end', json('generation_config.json', { eos_token_id: 7 })],
  ['its template', (dir: string) => writeFileSync(join(dir, 'chat_template.jinja'), '{{ bos_token }}')]
])('%s makes it another one', async (_, change) => {
  expect(await isKnown(copy(change))).toBe(false)
})

test('a mark of an earlier version, which knows the ends of the files only, still holds', async () => {
  const hash = createHash('sha256')
  for (const name of ['model.safetensors', 'tokenizer.json']) {
    const bytes = readFileSync(join(own, name))
    const end = Math.max(0, bytes.length - 262_144)
    hash.update(`${bytes.length}\n`).update(bytes.subarray(0, 262_144)).update(bytes.subarray(end))
  }
  const earlier = hash.digest('hex').slice(0, 32)
  expect(await hasMark(await readModel(own), earlier)).toBe(true)
  expect(await hasMark(await readModel(copy(flip('model.safetensors', 1))), earlier)).toBe(false)
})
