// Clients that mean it harm or do not care: half bodies, huge ones, floods of headers and of connections, readers that
// do not read, pages of other sites. The server says no where it can, lets them go, and answers the others.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startApiServer, type ApiServer, type ApiServerOptions } from '../../main/api/server'
import type { Answering } from '../../main/services/serving/serving'
import type { Spoken, SpokenEnd } from '../../main/services/serving/spoken'

const key = 'neiro-0123456789abcdef'
const auth = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'x' }] })
const streamed = JSON.stringify({ ...JSON.parse(body), stream: true })

let server: ApiServer
let logged: string[] = []
let sockets: Socket[] = []
let left = 0
/** says so many pieces of so many letters */
let pieces = { count: 3, letters: 1 }

async function* say(signal: AbortSignal): AsyncGenerator<Spoken, SpokenEnd> {
  try {
    for (let at = 0; at < pieces.count && !signal.aborted; at++) {
      await new Promise((soon) => setImmediate(soon))
      yield { said: 'あ'.repeat(pieces.letters), thought: '', tokens: [] }
    }
    return { finished: 'stop', tokens: pieces.count }
  } finally {
    left++
  }
}

const serving = {
  talking: 0,
  waiting: 0,
  served: async () => ({ models: [], leftOut: [], vectors: null, open: {} as never }),
  embed: () => Promise.reject(new Error('nobody asks')),
  answer: async (_asked: unknown, count: number, signal: AbortSignal): Promise<readonly Answering[]> =>
    Array.from({ length: count }, () => ({ promptTokens: 1, pieces: say(signal) }))
}

async function start(more: Partial<ApiServerOptions> = {}): Promise<ApiServer> {
  return startApiServer({
    ...{ serving, host: '127.0.0.1', port: 0, key: () => key, language: () => 'en' },
    log: (_level, message) => logged.push(message),
    limits: { bodyMs: 300, patienceMs: 300, farewellMs: 300 },
    ...more
  })
}

beforeEach(async () => {
  ;[logged, sockets, left, pieces] = [[], [], 0, { count: 3, letters: 1 }]
  server = await start()
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await server.close()
})

async function raw(text: string): Promise<Socket> {
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

/** Everything until the other side ends. */
async function heard(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (data) => (text += String(data)))
  await new Promise((done) => socket.once('end', done).once('close', done))
  return text
}

const head = (length: number, more = ''): string =>
  `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${key}\r\nContent-Length: ${length}\r\n${more}\r\n`

async function isWell(): Promise<void> {
  const answer = await fetch(`${server.address}/chat/completions`, { method: 'POST', headers: auth, body })
  const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] }
  expect(choices[0]?.message.content).toBe('あ'.repeat(pieces.count * pieces.letters))
}

describe('bodies', () => {
  test('half of one is waited for, and then not any more', async () => {
    expect(await heard(await raw(`${head(500)}{"model"`))).toMatch(/^HTTP\/1.1 408 .*request_timeout/s)
    await isWell()
  })

  test('one that is said to be huge is not read; one that grows huge is cut', async () => {
    expect(await heard(await raw(head(2 ** 40)))).toMatch(/^HTTP\/1.1 413 /)
    const chunked = head(0).replace('Content-Length: 0', 'Transfer-Encoding: chunked')
    const socket = await raw(chunked)
    const all = heard(socket)
    const piece = Buffer.alloc(2 ** 20, 0x20)
    for (let at = 0; at < 8 && !socket.destroyed; at++) {
      socket.write(`${piece.length.toString(16)}\r\n`)
      socket.write(piece)
      socket.write('\r\n')
    }
    expect(await all).toMatch(/^HTTP\/1.1 413 /)
    await isWell()
  })

  test.each(['', '{', '[]', '"x"', 'null', '\u0000', `${'['.repeat(100_000)}`])(
    'no JSON object: %j',
    async (text) => {
      const answer = await fetch(`${server.address}/chat/completions`, {
        method: 'POST',
        headers: auth,
        body: text
      })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({
        error: { code: 'invalid_json', type: 'invalid_request_error' }
      })
    }
  )
})

test('a flood of headers is cut off', async () => {
  const flood = Array.from({ length: 4000 }, (_, at) => `X-Header-${at}: ${'x'.repeat(20)}\r\n`).join('')
  await heard(await raw(head(2, flood)))
  await isWell()
})

describe('connections', () => {
  test('by the thousand, silent or half way through a head, keep nobody else out', async () => {
    for (let wave = 0; wave < 40; wave++) {
      await Promise.all(
        Array.from({ length: 250 }, async (_, at) => {
          const socket = connect({ port: server.port, host: '127.0.0.1' })
          socket.on('error', () => undefined)
          sockets.push(socket)
          await new Promise((done) => socket.once('connect', done).once('error', done))
          if (at % 2 === 0) socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: ')
        })
      )
      if (wave % 10 === 9) await isWell()
      // the server lets the oldest go; this side need not keep all of them either
      for (const socket of sockets.splice(0, 150)) socket.destroy()
    }
    await isWell()
  })

  test('that are reset in the middle of anything end nothing but themselves', async () => {
    for (let round = 0; round < 100; round++) {
      const socket = await raw(round % 2 === 0 ? `${head(streamed.length)}${streamed}` : head(500))
      if (round % 3 === 0) await new Promise((soon) => setImmediate(soon))
      socket.resetAndDestroy()
    }
    await isWell()
    expect(logged.filter((line) => line.includes('INTERNAL'))).toEqual([])
  })
})

describe('readers', () => {
  test('one that does not read is let go, and its place is free', async () => {
    pieces = { count: 1_000_000, letters: 4000 }
    const socket = await raw(`${head(streamed.length)}${streamed}`)
    socket.pause()
    await vi.waitFor(() => expect(left).toBe(1), { timeout: 5000, interval: 20 })
    pieces = { count: 3, letters: 1 }
    await isWell()
  })

  test('one that leaves frees its place, whole answer or stream', async () => {
    pieces = { count: 1_000_000, letters: 1 }
    for (const text of [body, streamed]) {
      const before = left
      const abort = new AbortController()
      const asking = fetch(`${server.address}/chat/completions`, {
        ...{ method: 'POST', headers: auth, body: text, signal: abort.signal }
      }).catch(() => null)
      await new Promise((soon) => setTimeout(soon, 50))
      abort.abort()
      await asking
      await vi.waitFor(() => expect(left).toBe(before + 1), { timeout: 5000, interval: 20 })
    }
  })

  test('one whose answer takes too long is told', async () => {
    await server.close()
    server = await start({ limits: { answerMs: 100 } })
    pieces = { count: 1_000_000, letters: 1 }
    const whole = await fetch(`${server.address}/chat/completions`, { method: 'POST', headers: auth, body })
    expect(whole.status).toBe(504)
    const stream = await fetch(`${server.address}/chat/completions`, {
      method: 'POST',
      headers: auth,
      body: streamed
    })
    expect(await stream.text()).toContain('"code":"timeout"')
  })
})

describe('strangers', () => {
  const models = (headers: Record<string, string>): Promise<string> =>
    raw(
      `GET /v1/models HTTP/1.1\r\nConnection: close\r\n${Object.entries({
        Authorization: `Bearer ${key}`,
        ...headers
      })
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`
    ).then(heard)

  test.each([
    ['evil.example', 403],
    ['127.0.0.1', 403],
    ['127.0.0.1:1', 403],
    ['localhost.evil.example', 403],
    ['user@127.0.0.1', 403]
  ])('a name that was made to lead here: %s', async (host, status) => {
    expect(await models({ Host: host })).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  test('by its own names it answers', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(await models({ Host: `${name}:${server.port}` })).toMatch(/^HTTP\/1.1 200 /)
    }
  })

  test('a page of another site is refused, unless it is allowed by name', async () => {
    const Host = `127.0.0.1:${server.port}`
    expect(await models({ Host, Origin: 'https://intranet.example' })).toMatch(/^HTTP\/1.1 403 /)
    expect(await models({ Host, Origin: 'null' })).toMatch(/^HTTP\/1.1 403 /)
    await server.close()
    server = await start({ origins: ['https://intranet.example'] })
    const allowed = await models({ Host: `127.0.0.1:${server.port}`, Origin: 'https://intranet.example' })
    expect(allowed).toMatch(/^HTTP\/1.1 200 .*Access-Control-Allow-Origin: https:\/\/intranet.example/s)
    expect(await models({ Host: `127.0.0.1:${server.port}`, Origin: 'https://other.example' })).toMatch(
      /^HTTP\/1.1 403 /
    )
  })

  test('without the key, or with a key nearly right', async () => {
    const Host = `127.0.0.1:${server.port}`
    for (const shown of [
      '',
      'Bearer',
      'Bearer ',
      `Bearer ${key}x`,
      `Bearer ${key.slice(0, -1)}`,
      `Basic ${key}`
    ]) {
      expect(await models({ Host, Authorization: shown })).toMatch(/^HTTP\/1.1 401 .*invalid_api_key/s)
    }
  })

  test('what others may reach needs a key', async () => {
    await expect(start({ host: '0.0.0.0', key: () => null })).rejects.toMatchObject({
      code: 'API_HOST_NEEDS_KEY'
    })
  })

  test.each([
    ['GET', '/v1/chat/completions', 405],
    ['DELETE', '/v1/models', 405],
    ['GET', '/', 404],
    ['GET', '/v1/../../etc/passwd', 404],
    ['GET', '/__proto__', 404],
    ['GET', '/v1/models/%E0%A4%A', 404]
  ])('%s %s', async (method, path, status) => {
    const text = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`
    expect(await heard(await raw(text))).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })
})

test('stopping lets nobody in, tells who was being answered, and ends', async () => {
  pieces = { count: 1_000_000, letters: 1 }
  const stream = await fetch(`${server.address}/chat/completions`, {
    method: 'POST',
    headers: auth,
    body: streamed
  })
  const text = stream.text().catch(() => 'cut')
  await server.close()
  expect(await text).toMatch(/"code":"stopping"|cut/)
  await expect(fetch(`${server.address}/models`, { headers: auth })).rejects.toThrow()
})
