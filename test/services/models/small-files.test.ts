// Small files that were made of what a model has: once for each state of it, kept while they are used, and none where the
// folder has them all.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { SmallFiles } from '../../../main/services/models/small-files'

const place = mkdtempSync(join(tmpdir(), 'small-files-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

let number = 0
function shelf(made: Readonly<Record<string, string>> = { 'tokenizer.json': '{}' }): {
  readonly files: SmallFiles
  readonly dir: string
  readonly asked: string[]
} {
  const dir = join(place, `kept-${++number}`)
  mkdirSync(dir)
  const asked: string[] = []
  const derive = async (from: string): Promise<Readonly<Record<string, string>>> => {
    asked.push(from)
    return made
  }
  return { files: new SmallFiles({ dir, derive }), dir, asked }
}
function model(...names: readonly string[]): string {
  const dir = join(place, `model-${++number}`)
  mkdirSync(dir)
  for (const name of names) writeFileSync(join(dir, name), name)
  return dir
}

test('a folder that has them all is its own place', async () => {
  const { files, asked } = shelf()
  const dir = model('config.json', 'tokenizer.json', 'tokenizer.model')
  expect([await files.dirFor(dir), asked]).toEqual([dir, []])
})

test('a GGUF file’s are made once, and anew when the file is another', async () => {
  const { files, asked } = shelf({ 'tokenizer.json': '{"a":1}', 'config.json': '{}' })
  const file = join(model('a.gguf'), 'a.gguf')
  const [first, second] = await Promise.all([files.dirFor(file), files.dirFor(file)])
  expect([second, asked]).toEqual([first, [file]])
  expect(readdirSync(first).sort()).toEqual(['config.json', 'tokenizer.json'])
  expect(readFileSync(join(first, 'tokenizer.json'), 'utf8')).toBe('{"a":1}')
  expect(await files.dirFor(file)).toBe(first)
  writeFileSync(file, 'another one')
  expect(await files.dirFor(file)).not.toBe(first)
  expect(asked).toHaveLength(2)
})

test('beside a SentencePiece model lie those that the folder has', async () => {
  const { files } = shelf()
  const dir = model(
    'config.json',
    'tokenizer.model',
    'tokenizer_config.json',
    'README.md',
    'model.safetensors'
  )
  const made = await files.dirFor(dir)
  expect(readdirSync(made)).toEqual(
    expect.arrayContaining(['README.md', 'config.json', 'tokenizer.json', 'tokenizer_config.json'])
  )
  expect(readdirSync(made)).not.toContain('model.safetensors')
})

test('what fails leaves nothing, and is tried again', async () => {
  const dir = join(place, `kept-${++number}`)
  mkdirSync(dir)
  let fails = true
  const files = new SmallFiles({
    dir,
    derive: async () => {
      if (fails) throw new Error('broken')
      return { 'tokenizer.json': '{}' }
    }
  })
  const file = join(model('a.gguf'), 'a.gguf')
  await expect(files.dirFor(file)).rejects.toThrow('broken')
  expect(readdirSync(dir)).toEqual([])
  fails = false
  expect(existsSync(await files.dirFor(file))).toBe(true)
})

test('the twelve that were used last are kept', async () => {
  const { files, dir } = shelf()
  const made: string[] = []
  for (let at = 0; at < 12; at++) {
    made.push(await files.dirFor(join(model('a.gguf'), 'a.gguf')))
    utimesSync(made[at] ?? '', at + 1, at + 1)
  }
  const newest = await files.dirFor(join(model('a.gguf'), 'a.gguf'))
  expect(readdirSync(dir)).toHaveLength(12)
  expect(existsSync(made[0] ?? '')).toBe(false)
  expect([...made.slice(1), newest].every((one) => existsSync(one))).toBe(true)
})
