// neiro models against a hub on the loopback address: what is asked before a yes, fetched through cuts, kept as Python's
// tools keep it, and taken away again; and what is said without a network.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neiro, type CliResult } from '../fixtures/neiro-cli'
import { tinyModel } from '../fixtures/tiny-model'
import {
  modelFromFolder,
  revisionOf,
  sha256,
  startHub,
  type HubServer,
  type ServedModel
} from '../hub/hub-server'

const place = mkdtempSync(join(tmpdir(), 'neiro-models-'))
const model = tinyModel('llama', place)
const open = modelFromFolder('maker/tiny', model, { licence: 'mit' })
const models: readonly ServedModel[] = [
  open,
  { ...open, id: 'maker/llama', licence: 'llama3.1' },
  { ...open, id: 'maker/gated', gated: true },
  { ...open, id: 'maker/strange', family: 'mamba' }
]
let cuts = 0
let hub: HubServer

beforeAll(async () => {
  hub = await startHub({
    models,
    token: 'hf_right',
    fault: ({ at, path }) =>
      at === 'store' && path === 'model.safetensors' && cuts-- > 0 ? 'cut-late' : null
  })
})
afterAll(async () => {
  await hub.stop()
  rmSync(place, { recursive: true, force: true })
})

const home = (name: string): Record<string, string> => ({
  NEIRO_HOME: join(place, name, 'neiro'),
  HOME: join(place, name),
  HF_ENDPOINT: hub.address,
  HF_HOME: '',
  HF_TOKEN: '',
  NEIRO_HUB_PACE: '5,20000',
  LC_ALL: 'en_US.UTF-8'
})
const run = (name: string, ...args: string[]): Promise<CliResult> => neiro(['models', ...args], home(name))
const last = (result: CliResult, event: string): Record<string, unknown> =>
  result.events.findLast((one) => one.event === event) ?? {}

describe('a model of the hub', () => {
  test('comes through cuts, lies as the Hugging Face cache lays it out, and is trained from there', async () => {
    cuts = 3
    const got = await run('a', 'get', 'maker/tiny')
    expect(got.stderr).toBe('')
    expect(got.status).toBe(0)
    const folder = join(place, 'a/neiro/models/models--maker--tiny')
    const snapshot = join(folder, 'snapshots', revisionOf(open))
    expect(last(got, 'fetch')).toMatchObject({ state: 'done', dir: snapshot })
    expect(readFileSync(join(folder, 'refs/main'), 'utf8')).toBe(revisionOf(open))
    const weights = open.files['model.safetensors'] ?? Buffer.alloc(0)
    expect(readFileSync(join(snapshot, 'model.safetensors'))).toEqual(weights)
    if (process.platform !== 'win32')
      expect(lstatSync(join(snapshot, 'model.safetensors')).isSymbolicLink()).toBe(true)
    expect(readdirSync(join(folder, 'blobs'))).toContain(sha256(weights))
    expect(readdirSync(join(folder, 'blobs')).filter((name) => name.includes('part'))).toEqual([])

    // again: nothing of it is fetched twice
    hub.forget()
    expect((await run('a', 'get', 'maker/tiny')).status).toBe(0)
    expect(hub.asked.filter(({ what }) => what === 'resolve' || what === 'bytes')).toEqual([])
    const plan = await neiro(['plan', '--model', snapshot], home('a'))
    expect(plan.status).toBe(0)

    // moved into the cache that Python's tools share, and deleted
    const moved = await run('a', 'where', '--shared')
    expect(last(moved, 'where')['store']).toMatchObject({ models: 1, shared: true })
    const shared = join(place, 'a/.cache/huggingface/hub/models--maker--tiny/snapshots', revisionOf(open))
    expect(readFileSync(join(shared, 'model.safetensors'))).toEqual(weights)
    expect(existsSync(folder)).toBe(false)
    expect((await run('a', 'remove', 'maker/tiny')).status).toBe(0)
    expect(existsSync(shared)).toBe(false)
    expect((await run('a', 'remove', 'maker/tiny')).error?.code).toBe('MODEL_NOT_FETCHED')
  })

  test('under conditions is fetched after a yes alone, which is asked for once', async () => {
    hub.forget()
    const refused = await run('b', 'get', 'maker/llama')
    expect(refused.error?.code).toBe('LICENCE_NOT_AGREED')
    expect(hub.asked.filter(({ what }) => what === 'resolve')).toEqual([])
    expect((await run('b', 'get', 'maker/llama', '--agree')).status).toBe(0)
    const origins = JSON.parse(readFileSync(join(place, 'b/neiro/origins.json'), 'utf8')) as Record<
      string,
      unknown
    >
    expect(Object.values(origins)[0]).toMatchObject({
      model: 'maker/llama',
      licence: { duties: ['built-with-llama'], agreedOn: expect.stringMatching(/^20\d\d-/) as string }
    })
    expect((await run('b', 'get', 'maker/llama')).status).toBe(0)
  })

  test('behind a door needs a token, which is kept for this user alone and told to the hub alone', async () => {
    expect((await run('c', 'get', 'maker/gated')).error?.code).toBe('HUB_GATED')
    const keep = (token: string): unknown =>
      spawnSync(
        process.execPath,
        [resolve(import.meta.dirname, '../../out/main/cli.js'), 'models', 'token'],
        {
          input: `${token}\n`,
          env: { ...process.env, ...home('c') }
        }
      ).status
    expect(keep('hf_wrong')).toBe(0)
    expect((await run('c', 'get', 'maker/gated')).error?.code).toBe('HUB_TOKEN_WRONG')
    expect(keep('hf_right')).toBe(0)
    const file = join(place, 'c/neiro/hub-token')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    hub.forget()
    expect((await run('c', 'get', 'maker/gated')).status).toBe(0)
    expect(hub.asked.some(({ at, token }) => at === 'hub' && token === 'Bearer hf_right')).toBe(true)
    expect(hub.asked.filter(({ at, token }) => at !== 'hub' && token !== null)).toEqual([])
  })

  test('of a kind that is not trained yet, one that is not there, and no name at all are sentences', async () => {
    expect((await run('d', 'get', 'maker/strange')).error?.code).toBe('MODEL_COMING')
    expect((await run('d', 'get', 'maker/nothing')).error?.code).toBe('HUB_NOT_FOUND')
    expect((await run('d', 'get', '../nothing')).error?.code).toBe('HUB_BAD_ADDRESS')
    expect((await run('d', 'get')).error?.code).toBe('MODELS_NAME_MISSING')
    expect((await run('d', 'fetch')).error?.code).toBe('UNKNOWN_MODELS_WORD')
    expect((await run('d', 'where', '--hub', 'ftp://x')).error?.code).toBe('HUB_BAD_HUB')
    expect((await run('d', 'where', '--proxy', 'socks5://x')).error?.code).toBe('HUB_BAD_PROXY')
    writeFileSync(join(place, 'no.pem'), 'hello')
    expect((await run('d', 'where', '--certificates', join(place, 'no.pem'))).error?.code).toBe(
      'HUB_BAD_CERTIFICATES'
    )
  })
})

test('the list is searched in words of either language', async () => {
  const japanese = await run('d', 'search', '日本語の受け答え')
  expect(japanese.events.length).toBeGreaterThan(5)
  const one = await run('d', 'search', 'smollm2 135m')
  expect(one.events).toMatchObject([
    { id: 'HuggingFaceTB/SmolLM2-135M-Instruct', standing: 'ready', company: 'free' }
  ])
  expect(hub.asked.some(({ path }) => path.includes('SmolLM2'))).toBe(false)
})

const canUnshare = process.platform === 'linux' && spawnSync('unshare', ['-rn', 'true']).status === 0

test.skipIf(!canUnshare)('without any network, being offline is a sentence, and the list is there', () => {
  const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
  const offline = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync('unshare', ['-rn', process.execPath, cli, 'models', ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...home('e'), HF_ENDPOINT: '', LC_ALL: 'ja_JP.UTF-8', NO_COLOR: '1' }
    })
  const got = offline('get', 'maker/tiny')
  expect(got.status).toBe(1)
  expect(got.stderr).toContain('インターネットに接続されていないようです')
  const list = offline()
  expect(list.status).toBe(0)
  expect(list.stdout).toContain('sarashina')
})
