// What a model's word means: built in, a place, a folder around one GGUF file, a name of the hub.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isHubName } from '../../../main/services/models/hub/hub-name'
import { placeOfModel } from '../../../main/services/models/place-of-model'

const folder = mkdtempSync(join(tmpdir(), 'neiro-place-of-model-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const made = (name: string, ...files: readonly string[]): string => {
  const dir = join(folder, name)
  mkdirSync(dir, { recursive: true })
  for (const file of files) writeFileSync(join(dir, file), '')
  return dir
}
const place = (word: string): Promise<string> =>
  placeOfModel(word, {
    starterModelDir: '/built-in',
    fetched: async (name) => (name === 'Owner/Model' ? '/store/model' : null)
  })

test('starter is the built-in model, ./starter a folder', async () => {
  expect(await place('starter')).toBe('/built-in')
  expect(await place('./starter')).toBe(resolve('starter'))
})

test('a name of the hub is the one that was fetched, and else says how to fetch it', async () => {
  expect(await place('Owner/Model')).toBe('/store/model')
  await expect(place('Owner/Other')).rejects.toMatchObject({
    code: 'MODEL_TO_FETCH',
    details: { model: 'Owner/Other' }
  })
})

test('a folder here goes before a name of the hub', async () => {
  made('owner/model')
  expect(isHubName('owner/model', folder)).toBe(false)
  expect(
    ['owner/model', 'owner/other', 'a/b/c', '/a/b', './a', 'a', '../a', 'a/..'].map((word) => isHubName(word))
  ).toEqual([true, true, ...Array<boolean>(6).fill(false)])
})

test.each([
  ['one GGUF file alone is what its folder means', ['a.gguf', 'README.md'], 'a.gguf'],
  ['of two nobody knows which', ['a.gguf', 'b.GGUF'], ''],
  ['a model in Hugging Face form is the folder', ['a.gguf', 'config.json'], ''],
  ['so is one with weights', ['a.gguf', 'model.safetensors'], '']
])('%s', async (name, files, meant) => {
  const dir = made(name, ...files)
  expect(await place(dir)).toBe(join(dir, meant))
})
