// The served window's end of the line, against the real server: a socket that is cut, a server that ends and comes
// back as another one, and the new address that lets the old page in again. Only the browser's part (cookie and
// origin on each request) is played here.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { Bridge, ConnectionState } from '../../main/contract/channels'
import { serve, type Served } from '../../main/serve/server'
import { until } from '../e2e/until'
import { fakeApp, type FakeApp } from './fake-app'

const folder = mkdtempSync(join(tmpdir(), 'neiro-connect-'))
const pagesDir = join(folder, 'pages')
mkdirSync(pagesDir)
writeFileSync(join(pagesDir, 'index.html'), '<!doctype html><title>Neiro</title>')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let app: FakeApp
let served: Served
let cookie = ''
let sockets: WebSocket[] = []
let bridge: Bridge
let page: EventTarget
let told: ConnectionState[] = []

const start = (port: number): Promise<Served> =>
  serve({ app, log: () => undefined, pagesDir, uploadsDir: join(folder, 'uploads'), port })

const plainFetch = fetch

/** As a browser opens the address that was shown: from then on it sends the cookie. */
async function signIn(url: string): Promise<void> {
  const reply = await plainFetch(url, { redirect: 'manual' })
  cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

beforeEach(async () => {
  app = fakeApp({ hello: 1 })
  served = await start(0)
  sockets = []
  told = []
  await signIn(served.url)
  const address = `http://127.0.0.1:${served.port}/`
  vi.stubGlobal('location', { href: `${address}#home` })
  vi.stubGlobal('window', (page = new EventTarget()))
  vi.stubGlobal('fetch', (url: string) => plainFetch(url, { headers: { cookie } }))
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: URL) {
        super(url, { headers: { cookie, origin: new URL(address).origin } })
        // the browser writes it to its console
        this.on('error', () => undefined)
        sockets.push(this)
      }
    }
  )
  // types of the page are not those of Node: the module is taken as what it says it is
  const module = (await import('../../renderer/connect' as string)) as { connect: () => Bridge }
  bridge = module.connect()
  bridge.onConnection?.((state) => told.push(state))
})
afterEach(async () => {
  // the page is closed: it no longer sees its socket end
  for (const socket of sockets) socket.removeAllListeners('close')
  await served.close()
  vi.unstubAllGlobals()
})

const ask = (): Promise<unknown> => bridge.call('projects.list', {})
const answered = { ok: true, value: { hello: 1 } }
const lost = { ok: false, error: expect.objectContaining({ code: 'CONNECTION_LOST' }) as unknown }
const state = (wanted: ConnectionState): Promise<true> =>
  until(async () => told.at(-1) === wanted || null, 20_000)

test('what is asked before the socket stands is answered when it does', async () => {
  expect(await ask()).toEqual(answered)
  expect(told).toEqual([])
})

test('a socket that is cut is told, taken up again at once, and hears events again', async () => {
  await ask()
  const heard: unknown[] = []
  bridge.on('projects.changed', (value) => heard.push(value))
  sockets[0]?.terminate()
  await state('connected')
  expect(told).toEqual(['lost', 'connected'])
  expect(await ask()).toEqual(answered)
  app.tell('projects.changed', null)
  await until(async () => (heard.length > 0 ? true : null), 5000)
  // the old one is gone on the other side too: nothing is heard twice
  expect(heard).toEqual([null])
})

test('what was asked when it was cut is answered as lost, not left waiting', async () => {
  await ask()
  app.call = () => new Promise(() => undefined)
  const waiting = ask()
  await until(async () => (sockets[0]?.readyState === WebSocket.OPEN ? true : null))
  sockets[0]?.terminate()
  expect(await waiting).toEqual(lost)
  await state('connected')
})

test('a server that ended and started anew refuses the old page, until its new address is opened', async () => {
  await ask()
  const { port } = served
  await served.close()
  await state('lost')
  expect(await ask()).toEqual(lost)

  served = await start(port)
  await state('refused')
  expect(await ask()).toEqual(lost)

  await signIn(served.url)
  // whoever comes back to the old page need not wait for the next attempt
  page.dispatchEvent(new Event('focus'))
  await state('connected')
  expect(told).toEqual(['lost', 'refused', 'connected'])
  expect(await ask()).toEqual(answered)
}, 30_000)

test('attempts come at growing pauses', async () => {
  await ask()
  const { port } = served
  await served.close()
  await new Promise((later) => setTimeout(later, 4500))
  // at once, after one second, after two more
  expect(sockets.length).toBe(4)
  served = await start(port)
  await signIn(served.url)
  await state('connected')
}, 30_000)
