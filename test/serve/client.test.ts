// A page at the end of a socket that asks too much, reads too slowly or not at all: it waits or is cut off, what is kept
// for it stays small, and the others notice nothing.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { CallName } from '../../main/contract/channels'
import { tooSlowCode, type ServerMessage, type ServerPage } from '../../main/contract/socket'
import { serve, type Served } from '../../main/serve/server'
import { fakeApp, type FakeApp } from './fake-app'

const folder = mkdtempSync(join(tmpdir(), 'neiro-client-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const pagesDir = join(folder, 'pages')
mkdirSync(pagesDir)
writeFileSync(join(pagesDir, 'index.html'), '<!doctype html><title>Neiro</title>')

const logged: string[] = []
const cutOff = (): Promise<void> =>
  vi.waitFor(() => expect(logged.join()).toContain('cut off'), { timeout: 20_000 })

let served: Served | null = null
afterEach(async () => {
  await served?.close()
  served = null
  logged.length = 0
})

interface Page {
  readonly socket: WebSocket
  ask(id: number, call?: CallName): void
  /** whole messages, pages put together */
  readonly heard: ServerMessage[]
  pages: number
  readonly closed: Promise<number>
}

async function begin(app: FakeApp, patienceMs?: number): Promise<string> {
  served = await serve({
    app,
    log: (_level, line) => void logged.push(line),
    pagesDir,
    uploadsDir: join(folder, 'uploads'),
    port: 0,
    ...(patienceMs !== undefined && { patienceMs })
  })
  const reply = await fetch(served.url, { redirect: 'manual' })
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

async function open(cookie: string): Promise<Page> {
  const origin = `http://127.0.0.1:${served?.port}`
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { cookie, origin } })
  const heard: ServerMessage[] = []
  const texts: string[] = []
  const page: Page = {
    socket,
    heard,
    pages: 0,
    ask: (id, call = 'projects.list') => socket.send(JSON.stringify({ id, call, args: argsOf(call) })),
    closed: new Promise((done) => socket.on('close', done))
  }
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as ServerMessage | ServerPage
    if (message.kind !== 'page') return heard.push(message)
    page.pages++
    texts.push(message.text)
    if (message.last) heard.push(JSON.parse(texts.splice(0).join('')) as ServerMessage)
  })
  socket.on('error', () => undefined)
  await new Promise((opened, failed) => socket.once('open', opened).once('error', failed))
  return page
}

const argsOf = (call: CallName): object =>
  call === 'data.rows' ? { project: 'p', offset: 0, limit: 10, search: '' } : {}

test('what is long comes in pages, whole and to the letter, and what was asked after it comes after it', async () => {
  const app = fakeApp({
    text: '"\\\n𠮷\ud800'.repeat(200_000),
    list: [1, null, undefined, {}, []],
    none: undefined
  })
  const page = await open(await begin(app))
  page.ask(1)
  page.ask(2)
  await vi.waitFor(() => expect(page.heard).toHaveLength(2), 20_000)
  const value = JSON.parse(JSON.stringify(await app.call('projects.list', {}))) as unknown
  expect(page.pages).toBeGreaterThan(20)
  expect(page.heard.map((message) => message.kind === 'answer' && message.id)).toEqual([1, 2])
  expect(page.heard[0]).toEqual({ kind: 'answer', id: 1, result: { ok: true, value } })
})

test('a reply that no window could hold is refused with a sentence, and costs no memory', async () => {
  // ten rows of 60 MB as one text would be longer than a text can be
  const row = 'あ'.repeat(60_000_000)
  const page = await open(
    await begin(fakeApp({ total: 10, rows: Array.from({ length: 10 }, () => ({ answer: row })) }))
  )
  const before = process.memoryUsage().rss
  page.ask(1, 'data.rows')
  await vi.waitFor(() => expect(page.heard).toHaveLength(1), 20_000)
  expect(page.heard[0]).toMatchObject({ result: { ok: false, error: { code: 'REPLY_TOO_LARGE' } } })
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('no more than a few calls are worked on at once; the rest waits for its turn, in order', async () => {
  const app = fakeApp()
  let running = 0
  let most = 0
  const order: number[] = []
  app.call = async (_name, args) => {
    order.push((args as { points: number }).points)
    most = Math.max(most, ++running)
    await new Promise((later) => setTimeout(later, 1))
    running--
    return null as never
  }
  const page = await open(await begin(app))
  for (let id = 0; id < 2000; id++)
    page.socket.send(JSON.stringify({ id, call: 'runs.curves', args: { id: 'r', points: 10 + id } }))
  await vi.waitFor(() => expect(page.heard).toHaveLength(2000), 30_000)
  expect(most).toBeLessThanOrEqual(32)
  expect(order).toEqual(Array.from({ length: 2000 }, (_, id) => 10 + id))
})

test('long lists are made one at a time for one page', async () => {
  const app = fakeApp()
  let running = 0
  let most = 0
  app.call = async () => {
    most = Math.max(most, ++running)
    await new Promise((later) => setTimeout(later, 5))
    running--
    return null as never
  }
  const page = await open(await begin(app))
  for (let id = 0; id < 20; id++) page.ask(id, 'data.rows')
  await vi.waitFor(() => expect(page.heard).toHaveLength(20), 20_000)
  expect(most).toBe(1)
})

test('a page that asks and never reads: what is asked waits unread, and it is cut off; another one is served on', async () => {
  const app = fakeApp({ text: 'x'.repeat(1_000_000) })
  const cookie = await begin(app, 500)
  const silent = await open(cookie)
  const stream = (silent.socket as unknown as { _socket: Socket })._socket
  stream.pause()
  for (let id = 0; id < 300; id++) silent.ask(id)
  const other = await open(cookie)
  await vi.waitFor(() => {
    other.ask(1)
    expect(other.heard.length).toBeGreaterThan(5)
  }, 20_000)
  // far from all were begun: nobody reads what comes of them
  expect(app.asked.length - other.heard.length).toBeLessThan(100)
  await cutOff()
  stream.resume()
  await silent.closed
  expect(silent.heard.length).toBeLessThan(100)
})

test('a page that comes back to itself in time reads why it was cut off', async () => {
  const cookie = await begin(fakeApp({ text: 'x'.repeat(30_000_000) }), 200)
  const slow = await open(cookie)
  const stream = (slow.socket as unknown as { _socket: Socket })._socket
  slow.ask(1)
  stream.pause()
  await cutOff()
  stream.resume()
  expect([tooSlowCode, 1006]).toContain(await slow.closed)
})

test('a slow line is no silent one: what takes longer than the patience in all arrives whole', async () => {
  const cookie = await begin(fakeApp({ text: 'x'.repeat(8_000_000) }), 1000)
  const slow = await open(cookie)
  const stream = (slow.socket as unknown as { _socket: Socket })._socket
  // a little at a time
  stream.pause()
  const turns = setInterval(() => {
    stream.resume()
    setTimeout(() => stream.pause(), 2)
  }, 50)
  slow.ask(1)
  try {
    await vi.waitFor(() => expect(slow.heard).toHaveLength(1), 40_000)
  } finally {
    clearInterval(turns)
    stream.resume()
  }
})

test('a page whose machine is gone without a word is let go', async () => {
  const app = fakeApp()
  const cookie = await begin(app, 100)
  // a socket that never answers a ping
  const raw = connect(served?.port ?? 0, '127.0.0.1')
  const gone = new Promise((done) => raw.once('close', done))
  raw.on('error', () => undefined)
  const origin = `http://127.0.0.1:${served?.port}`
  raw.write(
    `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${served?.port}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
  )
  raw.resume()
  await gone
})

test('what is no plain data ends the connection and not the server', async () => {
  const app = fakeApp({ wrong: 10n })
  const cookie = await begin(app)
  const page = await open(cookie)
  page.ask(1)
  expect(await page.closed).toBe(1011)
  app.call = async () => 'fine' as never
  const again = await open(cookie)
  again.ask(1)
  await vi.waitFor(() => expect(again.heard).toHaveLength(1), 10_000)
})

test.each([
  ['brackets', () => `{"id":1,"call":"projects.list","args":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['numbers', () => `{"id":1,"call":"projects.list","args":[${'1,'.repeat(200_000)}1]}`],
  ['a text without an end', () => `{"id":1,"call":"${'x'.repeat(200_000)}`]
])('a message of hundreds of thousands of %s is none', async (_, message) => {
  const page = await open(await begin(fakeApp()))
  page.socket.send(message())
  expect(await page.closed).toBe(1003)
})

test('a long text with any signs in it is a message', async () => {
  const page = await open(await begin(fakeApp()))
  page.socket.send(JSON.stringify({ id: 7, call: 'none', args: { text: '[,{"\\'.repeat(200_000) } }))
  await vi.waitFor(() => expect(page.heard).toMatchObject([{ id: 7, result: { ok: false } }]))
  page.socket.close()
})
