// Attacks on the served window: foreign hosts and origins, no or wrong token, cross-site writes, paths that
// climb, sockets that are not ours, calls that are rubbish. Each must be refused, and the right way must work.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { callNames } from '../../main/contract/channels'
import { serve, type Served } from '../../main/serve/server'
import { fakeApp } from './fake-app'

const folder = mkdtempSync(join(tmpdir(), 'neiro-serve-'))
const uploads = join(folder, 'uploads')
const app = fakeApp({ hello: 1 })
let served: Served
let cookie = ''

interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A request with exactly these headers, as a browser or an attacker would send it. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
  host = '127.0.0.1'
): Promise<Reply> {
  return new Promise((done, failed) => {
    const sent = httpRequest(
      { host, port: served.port, path, method, headers, setHost: !('Host' in headers) },
      (reply) => {
        let text = ''
        reply.setEncoding('utf8')
        reply.on('data', (piece: string) => (text += piece))
        reply.on('end', () => done({ status: reply.statusCode ?? 0, headers: reply.headers, body: text }))
      }
    )
    sent.on('error', failed)
    sent.end(body)
  })
}

/** addresses for the next browser */
const told: string[] = []

const origin = (): string => `http://127.0.0.1:${served.port}`

beforeAll(async () => {
  const pages = join(folder, 'pages')
  const { mkdirSync } = await import('node:fs')
  mkdirSync(pages)
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Neiro</title>')
  writeFileSync(join(folder, 'secret.html'), 'secret')
  served = await serve({
    app,
    log: () => undefined,
    pagesDir: pages,
    uploadsDir: uploads,
    port: 0,
    onSpent: () => void told.push(served.newAddress())
  })
  const token = new URL(served.url).searchParams.get('token') ?? ''
  const signIn = await ask(`/?token=${token}`)
  cookie = (signIn.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
})
afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('signing in', () => {
  test('the address from the terminal is exchanged for a strict cookie and leaves the address bar', async () => {
    const token = new URL(served.url).searchParams.get('token') ?? ''
    expect(token.length).toBeGreaterThan(30)
    const reply = await ask(`/?token=${token}`)
    expect([reply.status, reply.headers.refresh]).toEqual([200, '0; url=/'])
    const typed = await ask(`/${new URL(served.newAddress()).search}`, { 'Sec-Fetch-Site': 'none' })
    expect([typed.status, typed.headers.location]).toEqual([303, '/'])
    expect(typed.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict; Path=\/$/)
    expect(reply.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict; Path=\/$/)
  })

  test('an address that was used lets nobody else in; who is in already may come by it again', async () => {
    const used = new URL(served.url).search
    expect((await ask(`/${used}`)).status).toBe(200)
    const stranger = await ask(`/${used}`)
    expect(stranger.status).toBe(403)
    expect(stranger.headers['set-cookie']).toBeUndefined()
    expect(stranger.body).toContain('works once')
    const again = await ask(`/${used}`, { Cookie: cookie })
    expect([again.status, again.headers.refresh, again.headers['set-cookie']]).toEqual([
      200,
      '0; url=/',
      undefined
    ])
    expect(told.at(-1)).toBe(served.url)
  })

  test.each([
    ['none', '/'],
    ['wrong', '/?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['empty', '/?token=']
  ])('with %s token there is no page and no cookie', async (_kind, path) => {
    const reply = await ask(path)
    expect(reply.status).toBe(403)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(reply.body).not.toContain('<title>')
  })

  test('with the cookie the page comes, with headers that frame, guess and send on nothing', async () => {
    const reply = await ask('/', { Cookie: cookie })
    expect(reply.status).toBe(200)
    expect(reply.body).toContain('<title>Neiro</title>')
    expect(reply.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(reply.headers['content-security-policy']).toContain("script-src 'self'")
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
    expect(reply.headers['referrer-policy']).toBe('no-referrer')
  })

  test('a wrong cookie is no cookie', async () => {
    expect((await ask('/', { Cookie: `${cookie}x` })).status).toBe(403)
    expect((await ask('/', { Cookie: `neiro-${served.port}=` })).status).toBe(403)
  })
})

describe('hosts and origins', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1.evil.example', '0.0.0.0'])(
    'a rebound name (Host: %s) is refused even with the cookie',
    async (host) => {
      expect((await ask('/', { Cookie: cookie, Host: host })).status).toBe(403)
    }
  )

  test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'a page of another origin (%s) is refused',
    async (foreign) => {
      expect((await ask('/', { Cookie: cookie, Origin: foreign })).status).toBe(403)
    }
  )

  test('only the loopback address listens', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address
    if (!outside) return
    await expect(ask('/', { Cookie: cookie }, 'GET', '', outside)).rejects.toThrow()
  })
})

describe('writes', () => {
  test('a form of another site cannot upload: foreign origin, or none at all', async () => {
    const before = app.added.length
    expect(
      (await ask('/upload?name=a.csv', { Cookie: cookie, Origin: 'http://evil.example' }, 'POST', 'x')).status
    ).toBe(403)
    expect((await ask('/upload?name=a.csv', { Cookie: cookie }, 'POST', 'x')).status).toBe(403)
    expect((await ask('/upload?name=a.csv', { Origin: origin() }, 'POST', 'x')).status).toBe(403)
    expect(app.added.length).toBe(before)
  })

  test('our own page can, and a name that climbs stays in its own folder', async () => {
    const reply = await ask(
      `/upload?name=${encodeURIComponent('../../../etc/見本 1.csv')}`,
      { Cookie: cookie, Origin: origin() },
      'POST',
      'q,a\n1,2\n'
    )
    expect(reply.status).toBe(200)
    const path = app.added.at(-1) ?? ''
    expect(path.startsWith(uploads)).toBe(true)
    expect(path.endsWith('見本 1.csv')).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('q,a\n1,2\n')
  })

  test.each(['..', '.', '', '/'])('a name that is no name (%j) writes nothing', async (name) => {
    const files = readdirSync(uploads, { recursive: true }).length
    const reply = await ask(
      `/upload?name=${encodeURIComponent(name)}`,
      { Cookie: cookie, Origin: origin() },
      'POST',
      'x'
    )
    expect(reply.status).toBe(500)
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'BAD_FILE_NAME' })
    expect(readdirSync(uploads, { recursive: true }).length).toBe(files)
  })
})

test.each([
  '/../secret.html',
  '/..%2fsecret.html',
  '/%2e%2e/secret.html',
  '//secret.html',
  '/index.html/../../secret.html'
])('a path that climbs (%s) finds nothing', async (path) => {
  const reply = await ask(path, { Cookie: cookie })
  expect(reply.body).not.toContain('secret')
  expect([400, 403, 404]).toContain(reply.status)
})

/** Opens a socket; resolves with it, or with the status it was refused with. */
function open(headers: Record<string, string>, path = '/socket'): Promise<WebSocket | number> {
  return new Promise((done) => {
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}${path}`, { headers })
    socket.on('open', () => done(socket))
    socket.on('unexpected-response', (_request, reply) => done(reply.statusCode ?? 0))
    socket.on('error', () => done(0))
  })
}
const say = (
  socket: WebSocket,
  message: unknown
): Promise<{ result: { ok: boolean; error?: { code: string; details: Record<string, string> } } }> =>
  new Promise((done) => {
    socket.once('message', (data) => done(JSON.parse(String(data)) as never))
    socket.send(JSON.stringify(message))
  })

describe('the socket', () => {
  test.each([
    ['no cookie', () => ({ Origin: origin() })],
    ['no origin', () => ({ Cookie: cookie })],
    ['a foreign origin', () => ({ Cookie: cookie, Origin: 'http://evil.example' })],
    ['a foreign host', () => ({ Cookie: cookie, Origin: origin(), Host: 'evil.example' })]
  ])('with %s is refused', async (_kind, headers) => {
    expect(await open(headers())).toBe(403)
  })

  test('elsewhere is refused', async () => {
    expect(await open({ Cookie: cookie, Origin: origin() }, '/other')).toBe(403)
  })

  test('every call with rubbish is answered with an error, and the app is never asked', async () => {
    const socket = await open({ Cookie: cookie, Origin: origin() })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    const before = app.asked.length
    const rubbish: unknown[] = [
      null,
      1,
      'x',
      [],
      { id: {} },
      { id: '../../etc' },
      { __proto__: { id: 'x' }, constructor: 1 },
      { project: '<img src=x onerror=alert(1)>', extra: true }
    ]
    let id = 0
    for (const call of callNames)
      for (const args of rubbish) {
        const { result } = await say(socket, { id: ++id, call, args })
        expect({ call, args, ok: result.ok }).toEqual({ call, args, ok: false })
        expect(result.error?.code).toBe('BAD_ARGUMENTS')
        expect(Object.values(result.error?.details ?? {}).join()).not.toContain('\n')
      }
    expect(app.asked.length).toBe(before)
    for (const call of ['constructor', '__proto__', 'eval', 'files.dropped', 7, null])
      expect((await say(socket, { id: ++id, call, args: {} })).result.error?.code).toBe('UNKNOWN_CALL')
    expect((await say(socket, { id: ++id, call: 'app.info', args: {} })).result.ok).toBe(true)
    socket.close()
  })

  test('a message that is no message ends the socket, not the server', async () => {
    const socket = await open({ Cookie: cookie, Origin: origin() })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    const closed = new Promise<number>((done) => socket.on('close', done))
    socket.send('not json')
    expect(await closed).toBe(1003)
    expect((await ask('/', { Cookie: cookie })).status).toBe(200)
  })

  test('events reach the page, thinned to the newest of a subject', async () => {
    const socket = await open({ Cookie: cookie, Origin: origin() })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    const heard: { value: { done: number } }[] = []
    socket.on('message', (data) => heard.push(JSON.parse(String(data)) as never))
    for (let done = 0; done < 500; done++)
      app.tell('data.progress', { project: 'p', file: 'f', done, total: 500 })
    await new Promise((wait) => setTimeout(wait, 600))
    expect(heard.length).toBeGreaterThan(0)
    expect(heard.length).toBeLessThan(6)
    expect(heard.at(-1)?.value.done).toBe(499)
    socket.close()
  })
})
