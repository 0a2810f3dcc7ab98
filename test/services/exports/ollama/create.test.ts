// A model created in Ollama: by a server that speaks as it does, and misbehaves in every way.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lmStudioModels, putIntoLmStudio } from '../../../../main/services/exports/lm-studio-folder'
import { ollamaAddress } from '../../../../main/services/exports/ollama/address'
import { OllamaClient } from '../../../../main/services/exports/ollama/client'
import { createInOllama, ollamaName, suggestedName } from '../../../../main/services/exports/ollama/create'
import { modelfileText, type OllamaModel } from '../../../../main/services/exports/ollama/modelfile'
import { OllamaStandIn, type Misbehaviour } from './stand-in'

const place = mkdtempSync(join(tmpdir(), 'ollama-'))
const file = join(place, 'model.gguf')
const bytes = Buffer.alloc(3_000_000, 'GGUF and what follows ')
const model: OllamaModel = {
  template: '{{ .Prompt }}',
  system: '丁寧に',
  stops: ['<|im_end|>', '</s>'],
  context: 4096,
  licence: 'apache-2.0'
}
const ollama = new OllamaStandIn()
let client: OllamaClient
beforeAll(async () => {
  writeFileSync(file, bytes)
  client = new OllamaClient({ host: '127.0.0.1', port: await ollama.start() }, 400)
})
afterAll(async () => {
  await ollama.stop()
  rmSync(place, { recursive: true, force: true })
})
beforeEach(() => {
  ollama.misbehaves = null
  ollama.created.length = ollama.asked.length = 0
})

test('the file goes once, and what is said of it with it', async () => {
  const seen: string[] = []
  const onProgress = (stage: string): void => void (seen.at(-1) === stage || seen.push(stage))
  await createInOllama(client, { name: 'neiro-a', file, model }, { onProgress })
  expect(seen).toEqual(['hash', 'send', 'create'])
  const [[digest, sent] = ['', Buffer.alloc(0)]] = [...ollama.blobs]
  expect(sent.equals(bytes)).toBe(true)
  expect(ollama.created).toEqual([
    {
      ...{ model: 'neiro-a', files: { 'model.gguf': digest }, stream: true },
      ...{ template: '{{ .Prompt }}', system: '丁寧に', license: 'apache-2.0' },
      parameters: { stop: ['<|im_end|>', '</s>'], num_ctx: 4096 }
    }
  ])
  await createInOllama(client, { name: 'neiro-b', file, model })
  expect(ollama.asked.filter((one) => one.startsWith('POST /api/blobs'))).toHaveLength(1)
})

describe('what goes wrong ends in a sentence:', () => {
  const ends: readonly (readonly [Misbehaviour, string])[] = [
    ['refuses', 'OLLAMA_REFUSED'],
    ['cuts', 'OLLAMA_CUT'],
    ['says nothing', 'OLLAMA_SILENT'],
    ['floods', 'OLLAMA_CUT'],
    ['redirects', 'OLLAMA_REFUSED']
  ]
  for (const [misbehaviour, code] of ends)
    test(`it ${misbehaviour}`, async () => {
      ollama.misbehaves = misbehaviour
      const creating = createInOllama(client, { name: 'neiro-a', file, model })
      await expect(creating).rejects.toMatchObject({ code })
      expect(ollama.created).toEqual([])
    })

  test('it is not there, or is something else', async () => {
    const nobody = new OllamaClient({ host: '127.0.0.1', port: 9 })
    expect(await nobody.version()).toBeNull()
    await expect(nobody.hasBlob('sha256:0')).rejects.toMatchObject({ code: 'OLLAMA_NOT_RUNNING' })
    ollama.misbehaves = 'is no Ollama'
    expect(await client.version()).toBeNull()
  })

  test('it is cancelled', async () => {
    const abort = new AbortController()
    const onProgress = (): void => abort.abort(new Error('enough'))
    const creating = createInOllama(
      client,
      { name: 'neiro-a', file, model },
      { signal: abort.signal, onProgress }
    )
    await expect(creating).rejects.toThrow('enough')
    expect(ollama.created).toEqual([])
  })
})

test('only this machine is asked, whatever OLLAMA_HOST says', () => {
  const at = (said: string): unknown => ollamaAddress({ OLLAMA_HOST: said })
  const usual = { host: '127.0.0.1', port: 11434 }
  for (const said of ['', 'localhost', '0.0.0.0', '127.0.0.1:11434', 'http://localhost:11434/', ':11434'])
    expect(at(said)).toEqual(usual)
  expect(at('127.0.0.5:8080')).toEqual({ host: '127.0.0.5', port: 8080 })
  expect(at('[::1]:1')).toEqual({ host: '::1', port: 1 })
  for (const said of [
    '192.168.0.4',
    'ollama.example.com',
    'https://localhost',
    '127.0.0.1.evil.example',
    '127.0.0.1:0',
    'x@127.0.0.1'
  ])
    expect(at(said)).toBeNull()
})

test('names: proposed ones are taken, others are known', () => {
  for (const words of [['経理'], ['Support Desk', 'run 1'], ['--'], ['a'.repeat(200)]])
    expect(suggestedName(...words)).toMatch(ollamaName)
  for (const bad of ['', 'A', 'a b', '-a', '../a', 'あ']) expect(bad).not.toMatch(ollamaName)
})

test('a Modelfile says all of it', () => {
  expect(modelfileText(model, './m.gguf')).toBe(
    'FROM ./m.gguf\nTEMPLATE """{{ .Prompt }}"""\nSYSTEM """丁寧に"""\nPARAMETER stop "<|im_end|>"\nPARAMETER stop "</s>"\nPARAMETER num_ctx 4096\nLICENSE """apache-2.0"""\n'
  )
})

test('LM Studio: its folder is found where it says, and a file put there once', async () => {
  const home = mkdtempSync(join(place, 'home-'))
  expect(await lmStudioModels(home)).toBeNull()
  mkdirSync(join(home, '.lmstudio'))
  expect(await lmStudioModels(home)).toBe(join(home, '.lmstudio/models'))
  const chosen = join(home, 'chosen')
  mkdirSync(chosen)
  writeFileSync(join(home, '.lmstudio/settings.json'), JSON.stringify({ downloadsFolder: chosen }))
  const models = (await lmStudioModels(home)) ?? ''
  expect(models).toBe(chosen)
  const put = await putIntoLmStudio(models, file, '経理')
  expect(put).toEqual({ file: join(chosen, 'neiro/経理/model.gguf'), how: 'linked' })
  expect(statSync(put.file).ino).toBe(statSync(file).ino)
  expect(await putIntoLmStudio(models, file, '経理')).toEqual(put)
  expect(readFileSync(put.file).equals(bytes)).toBe(true)
})
