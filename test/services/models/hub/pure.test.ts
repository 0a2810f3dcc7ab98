// What is decided before a byte is fetched: addresses, proxies, waits, files, ranges.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NeiroError } from '../../../../main/contract/errors'
import { covered, gaps, readExtents, withExtent, type Extent } from '../../../../main/files/extents'
import { readAddress } from '../../../../main/services/models/hub/address'
import { chooseFiles } from '../../../../main/services/models/hub/choose-files'
import { isPlainPath, type HubListing } from '../../../../main/services/models/hub/listing'
import { proxyFor } from '../../../../main/services/models/hub/proxy'
import { Speed } from '../../../../main/services/models/hub/speed'
import { Passing, refusal, troubleOf, waitOf } from '../../../../main/services/models/hub/trouble'

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return (error as NeiroError).code
  }
  return ''
}

describe('an address', () => {
  test.each([
    ['Qwen/Qwen3-0.6B', 'Qwen/Qwen3-0.6B', null, null],
    [' Ｑｗｅｎ/Qwen3 ', 'Qwen/Qwen3', null, null],
    ['hf.co/a/b', 'a/b', null, null],
    ['https://huggingface.co/a/b', 'a/b', null, null],
    ['https://huggingface.co/a/b/tree/v1.0', 'a/b', 'v1.0', null],
    ['https://mirror.example/a/b?x=1#y', 'a/b', null, null],
    ['https://huggingface.co/a/b/blob/main/q4/m%20x.gguf', 'a/b', 'main', 'q4/m x.gguf'],
    ['https://huggingface.co/a/b/discussions/3', 'a/b', null, null]
  ])('%s is read', (typed, model, revision, file) => {
    expect(readAddress(typed, 'mirror.example')).toEqual({ model, revision, file })
  })

  test.each([
    '',
    'a',
    '../b',
    'a/../../b',
    'https://elsewhere.example/a/b',
    'a/b\u0000',
    '%/%',
    'x'.repeat(600),
    '.a/b'
  ])('%j is none', (typed) => {
    expect(codeOf(() => readAddress(typed, 'mirror.example'))).toBe('HUB_BAD_ADDRESS')
  })

  test('whatever is typed is read or refused, and what is read climbs nowhere', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.stringMatching(/^[\w./%-]{0,40}$/)), (typed) => {
        try {
          expect(readAddress(typed, 'huggingface.co').model).toMatch(/^\w[\w.-]*\/\w[\w.-]*$/)
        } catch (error) {
          expect(error).toBeInstanceOf(NeiroError)
        }
      })
    )
  })
})

describe('a proxy', () => {
  const hub = new URL('https://hub.example/x')
  test('is the one that was set, else the environment’s, unless the host is left out', () => {
    expect(proxyFor(hub, 'set:1', { HTTPS_PROXY: 'http://env:2' })?.host).toBe('set:1')
    expect(proxyFor(hub, '', { https_proxy: 'http://env:2' })?.host).toBe('env:2')
    expect(proxyFor(new URL('http://hub.example'), '', { HTTP_PROXY: 'env:3' })?.host).toBe('env:3')
    expect(proxyFor(hub, '', { ALL_PROXY: 'env:4' })?.host).toBe('env:4')
    for (const list of ['*', 'hub.example', '.example', 'other, example', '*.example', 'hub.example:443'])
      expect(proxyFor(hub, 'set:1', { NO_PROXY: list }), list).toBeNull()
    for (const list of ['ub.example', 'hub.example:8443', 'hub.example.org'])
      expect(proxyFor(hub, 'set:1', { NO_PROXY: list })?.host, list).toBe('set:1')
  })
  test('stands before no hub on this machine, and is none where it is no address', () => {
    expect(proxyFor(new URL('http://127.0.0.1:8080'), 'set:1', {})).toBeNull()
    expect(proxyFor(hub, '', {})).toBeNull()
    expect(proxyFor(hub, 'socks5://x:1', {})).toBeNull()
  })
})

describe('a wait', () => {
  test('is what the hub says, in seconds, as a day, or as its rate limit', () => {
    const now = Date.parse('2026-11-28T00:00:00Z')
    expect(waitOf({ 'retry-after': '7' }, now)).toBe(7000)
    expect(waitOf({ 'retry-after': 'Sat, 28 Nov 2026 00:00:30 GMT' }, now)).toBe(30_000)
    expect(waitOf({ ratelimit: '"resolvers";r=0;t=55' }, now)).toBe(56_000)
    expect(waitOf({ 'retry-after': 'soon' }, now)).toBeNull()
    expect(waitOf({}, now)).toBeNull()
    // nobody is made to wait for a day
    expect(waitOf({ 'retry-after': '999999' }, now)).toBe(15 * 60_000)
  })
})

describe('a refusal', () => {
  const page = (model: string): string => `https://hub/${model}`
  const of = (status: number, headers = {}, byHub = true, token = false, message = ''): unknown =>
    refusal({ status, headers, host: 'hub', byHub }, 'a/b', page, token, message)
  test.each([
    [401, { 'x-error-code': 'GatedRepo' }, 'HUB_GATED'],
    [403, { 'x-error-code': 'GatedRepo' }, 'HUB_GATED'],
    [401, { 'x-error-code': 'RepoNotFound' }, 'HUB_NOT_FOUND'],
    [404, {}, 'HUB_NOT_FOUND'],
    [404, { 'x-error-code': 'EntryNotFound' }, 'HUB_GONE'],
    [404, { 'x-error-code': 'RevisionNotFound' }, 'HUB_GONE'],
    [403, {}, 'HUB_DISABLED'],
    [418, {}, 'HUB_ODD_ANSWER']
  ])('%s with %j says %s', (status, headers, code) => {
    expect((of(status, headers) as NeiroError).code).toBe(code)
  })
  test('may pass by itself where the hub is busy or in trouble, or a signed address is too old', () => {
    for (const refused of [of(429), of(408), of(500), of(503), of(403, {}, false)])
      expect(refused).toBeInstanceOf(Passing)
    expect((of(429, { 'retry-after': '3' }) as Passing).waitMs).toBe(3000)
    const wrong = of(401, { 'x-error-message': 'Invalid credentials in Authorization header' }, true, true)
    expect((wrong as NeiroError).code).toBe('HUB_TOKEN_WRONG')
  })
  test('of a line says what is the matter with it', () => {
    const url = new URL('https://hub.example/')
    const error = (code: string): unknown => troubleOf(Object.assign(new Error('x'), { code }), url, null)
    expect((error('ENOTFOUND') as Passing).error.code).toBe('HUB_OFFLINE')
    expect((error('ECONNRESET') as Passing).error.code).toBe('HUB_CUT')
    expect((error('SELF_SIGNED_CERT_IN_CHAIN') as NeiroError).code).toBe('HUB_CERTIFICATE')
    expect((error('UNABLE_TO_VERIFY_LEAF_SIGNATURE') as NeiroError).code).toBe('HUB_CERTIFICATE')
  })
})

describe('the files', () => {
  const listing = (...names: readonly string[]): HubListing => ({
    model: 'a/b',
    revision: 'f'.repeat(40),
    branch: 'main',
    licence: null,
    family: null,
    files: names.map((path) => ({ path, size: 10, oid: 'x', hash: 'sha256' }))
  })
  const chosen = (names: readonly string[], wanted: string | null = null): readonly string[] =>
    chooseFiles(listing(...names), wanted)
      .map(({ path }) => path)
      .sort()
  const small = ['LICENSE', 'README.md', 'config.json', 'tokenizer.json', 'chat_template.jinja']

  test('are weights once, and what goes with them', () => {
    const others = [
      'model.gguf',
      'pytorch_model.bin',
      'onnx/model.onnx',
      '.gitattributes',
      'image.png',
      'train.py'
    ]
    expect(chosen([...small, 'model.safetensors', ...others])).toEqual([...small, 'model.safetensors'].sort())
    const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors']
    const index = 'model.safetensors.index.json'
    expect(chosen([...small, index, ...shards, 'consolidated.safetensors'])).toEqual(
      [...small, index, ...shards].sort()
    )
    const alone = 'model.safetensors-00001-of-00001.safetensors'
    expect(chosen([...small, index, alone])).toEqual([...small, index, alone].sort())
  })
  test('are, of a model for embeddings, those too that say how it makes a vector', () => {
    const form = ['1_Pooling/config.json', 'config_sentence_transformers.json', 'modules.json']
    const all = [...small, ...form, 'model.safetensors', 'sentence_bert_config.json']
    expect(chosen([...all, 'onnx/config.json', '2_Dense/config.json', 'x/LICENSE'])).toEqual(all.sort())
  })
  test('are one GGUF where there is nothing else, the named one before all', () => {
    const sizes = ['m-Q4_K_M.gguf', 'm-Q8_0.gguf', 'm-f16.gguf', 'mmproj-m.gguf']
    expect(chosen(['README.md', ...sizes])).toEqual(['README.md', 'm-Q8_0.gguf'])
    expect(chosen(sizes, 'm-Q4_K_M.gguf')).toEqual(['m-Q4_K_M.gguf'])
  })
  test('are refused where they are programs, torn, or none', () => {
    expect(codeOf(() => chosen(['pytorch_model.bin']))).toBe('HUB_PICKLE_ONLY')
    expect(codeOf(() => chosen(['config.json']))).toBe('HUB_NO_WEIGHTS')
    expect(codeOf(() => chosen(['model.safetensors.index.json', 'model-00001-of-00002.safetensors']))).toBe(
      'HUB_NO_WEIGHTS'
    )
  })
  test('have names that lie in their folder', () => {
    for (const path of ['a', 'a/b.json', '日本語.txt', 'a b']) expect(isPlainPath(path), path).toBe(true)
    for (const path of [
      '',
      '/a',
      '../a',
      'a/../b',
      'a\\b',
      'C:a',
      'a//b',
      'nul',
      'com1.txt',
      'a.',
      'a\u0000',
      'x'.repeat(501)
    ])
      expect(isPlainPath(path), path).toBe(false)
  })
})

describe('ranges', () => {
  const extent = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]): Extent => [Math.min(a, b), Math.max(a, b)])
  test('are what was written, whatever the order, and what is missing is the rest', () => {
    fc.assert(
      fc.property(fc.array(extent, { maxLength: 12 }), (written) => {
        const there = new Set(
          written.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at))
        )
        const extents = written.reduce<readonly Extent[]>(withExtent, [])
        expect(covered(extents)).toBe(there.size)
        const missing = gaps(extents, 60)
        for (const [from, to] of missing) for (let at = from; at < to; at++) expect(there.has(at)).toBe(false)
        expect(covered(missing) + [...there].filter((at) => at < 60).length).toBe(60)
        expect(readExtents(JSON.parse(JSON.stringify(extents)), 61)).toEqual(extents)
      })
    )
  })
  test('that nobody could have written down are not believed', () => {
    for (const value of [null, {}, [[1]], [[5, 3]], [[0, 100]], [[-1, 3]], [['0', 3]]])
      expect(readExtents(value, 60)).toEqual([])
  })
})

test('speed is that of the last seconds', () => {
  let now = 0
  const speed = new Speed(() => now)
  expect(speed.at(0)).toBeNull()
  for (now = 1000; now <= 10_000; now += 1000) expect(speed.at(now * 2)).toBeCloseTo(2000)
  now += 6000
  expect(speed.at(20_000)).toBeLessThan(2000)
})
