// `neiro serve` as a process, and clients that mean it harm or do not care: connections reset, half open, silent, slow,
// by the hundred. It goes on for the others, stays small, and ends when it is told to, with the training saved.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { startServed, type Served } from '../e2e/served'
import { until } from '../e2e/until'
import { signedIn, type SignedIn } from './signed-in'

const place = mkdtempSync(join(tmpdir(), 'neiro-hostile-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

let served: Served | null = null
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await served?.kill()
  served = null
})

const start = async (name: string): Promise<Served> => (served = await startServed(join(place, name)))

/** A connection that says this and then does nothing by itself, not even end when the other side does. */
function raw(url: string, text: string): Promise<Socket> {
  const { port } = new URL(url)
  return new Promise((done, failed) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.write(text, () => done(socket))
    })
    sockets.push(socket)
    socket.once('error', failed)
    socket.on('error', () => undefined)
  })
}

const upgrade = (url: string, more = ''): string =>
  `GET /socket HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`

const ofPage = ({ url, cookie }: SignedIn): string =>
  `Origin: ${new URL(url).origin}\r\nCookie: ${cookie}\r\n`

test('refused upgrades that are reset end nothing but themselves', async () => {
  const { url } = await start('reset')
  for (let round = 0; round < 200; round++) {
    const socket = await raw(url, upgrade(url))
    if (round % 3 === 0) await new Promise((soon) => setImmediate(soon))
    socket.resetAndDestroy()
  }
  const page = await signedIn(url)
  expect(await page.call('projects.list', {})).toEqual([])
  page.close()
})

test('a page that resets its socket in the middle of everything harms nobody', async () => {
  const { url } = await start('reset-page')
  const page = await signedIn(url)
  for (let round = 0; round < 50; round++) {
    const socket = await raw(url, upgrade(url, ofPage(page)))
    // half a frame, then gone
    socket.write(Buffer.from([0x81, 0xfe, 0x10]))
    if (round % 2 === 0) await new Promise((soon) => setTimeout(soon, 5))
    socket.resetAndDestroy()
  }
  expect(await page.call('projects.list', {})).toEqual([])
  page.close()
})

test('whoever is refused is closed at once, whether or not it ends as well', async () => {
  const { url } = await start('half-open')
  const refused = await raw(url, upgrade(url))
  let said = ''
  refused.on('data', (data: Buffer) => (said += data.toString()))
  await new Promise((ended) => refused.once('end', ended))
  expect(said).toContain('403')
  // this side is still open; the other one is gone for good, and writing finds nobody
  const gone = new Promise((done) => refused.once('error', done).once('close', done))
  const writing = setInterval(() => refused.write('x'), 20)
  await gone
  clearInterval(writing)
})

test('fifty thousand requests at once hold nobody up', async () => {
  const home = join(place, 'piped')
  const busyFile = join(home, 'busy')
  served = await startServed(home, {
    node: ['--import', resolve(import.meta.dirname, '../strangers/monitor.mjs')],
    env: { NEIRO_BUSY_FILE: busyFile }
  })
  const page = await signedIn(served.url)
  const { host } = new URL(served.url)
  const busy = async (): Promise<number> => {
    rmSync(busyFile, { force: true })
    process.kill((served as Served).pid, 'SIGUSR2')
    return until(async () => (existsSync(busyFile) ? Number(readFileSync(busyFile, 'utf8')) : null))
  }
  await busy()
  const one = `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${page.cookie}\r\n\r\n`
  const piped = await raw(served.url, one.repeat(50_000)).catch(() => null)
  if (piped) await new Promise((closed) => piped.once('close', closed).resume())
  expect(await page.call('projects.list', {})).toEqual([])
  expect(await busy()).toBeLessThan(100)
  // one after the other, as a browser asks, there may be any number on one connection
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let n = 0; n < 50; n++)
    await new Promise((done, failed) =>
      get(`http://${host}/`, { agent, headers: { cookie: page.cookie } }, (reply) =>
        reply.resume().once('end', done)
      ).once('error', failed)
    )
  agent.destroy()
  page.close()
}, 30_000)

test('those who say nothing for ever do not keep others out', async () => {
  const { url } = await start('silent')
  const silent = await Promise.all(
    Array.from({ length: 400 }, () => raw(url, 'GET / HTTP/1.1\r\n').catch(() => null))
  )
  expect(silent.length).toBe(400)
  const page = await signedIn(url)
  expect(await page.call('projects.list', {})).toEqual([])
  page.close()
}, 30_000)

describe.runIf(process.platform === 'linux')('memory', () => {
  const resident = (pid: number): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024

  test('12,000 asks that nobody reads the answers of leave it as small as it was', async () => {
    const app = await start('never-reads')
    const page = await signedIn(app.url)
    const { id } = await page.call<{ id: string }>('projects.create', {
      name: 'x',
      company: '',
      sample: true
    })
    const before = resident(app.pid)
    const silent = await signedIn(app.url)
    silent.stream.pause()
    const rows = { project: id, offset: 0, limit: 1000, search: '' }
    for (let ask = 0; ask < 12_000; ask++)
      silent.send(
        ask % 2 === 0 ? { id: ask, call: 'data.rows', args: rows } : { id: ask, call: 'app.log', args: {} }
      )
    // as long as it takes to answer somebody else a hundred times
    let most = 0
    for (let round = 0; round < 100; round++) {
      await page.call('data.rows', rows)
      most = Math.max(most, resident(app.pid))
    }
    expect(most - before).toBeLessThan(150_000_000)
    silent.close()
    page.close()
  }, 60_000)
})

describe('ending', () => {
  /** Clients that wait, stop in the middle, and never let go. */
  async function besiege(page: SignedIn): Promise<void> {
    const { url } = page
    for (let n = 0; n < 30; n++) {
      await raw(url, upgrade(url))
      await raw(url, 'GET / HTTP/1.1\r\nHost: x')
      await raw(url, upgrade(url, ofPage(page)))
      await raw(
        url,
        `POST /upload?name=a.csv HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${ofPage(page)}Content-Length: 1000000\r\n\r\nq,a\n`
      )
    }
    const silent = await signedIn(url, page.cookie)
    silent.stream.pause()
    for (let ask = 0; ask < 3000; ask++) silent.send({ id: ask, call: 'app.info', args: {} })
  }

  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now()
    await work()
    return (performance.now() - from) / 1000
  }

  test('takes no longer with such clients than without any', async () => {
    const alone = await start('alone')
    await signedIn(alone.url)
    const plain = await seconds(() => alone.stop())
    const besieged = await start('besieged')
    await besiege(await signedIn(besieged.url))
    expect(await seconds(() => besieged.stop())).toBeLessThan(plain + 2)
  }, 60_000)

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s saves the training first',
    async (signal) => {
      const home = join(place, signal)
      const app = await start(signal)
      const page = await signedIn(app.url)
      const project = await page.call<{ id: string }>('projects.create', {
        name: 'x',
        company: '',
        sample: true
      })
      const [preset] = await page.call<{ settings: object }[]>('train.presets', { project: project.id })
      await page.call('runs.startRun', {
        project: project.id,
        preset: 'custom',
        part: 1,
        questions: [],
        settings: { ...preset?.settings, epochs: 500 }
      })
      const runs = join(home, 'neiro', 'projects', 'x', 'runs')
      const state = (): { state: string; step: number } =>
        JSON.parse(readFileSync(join(runs, readdirSync(runs)[0] ?? '', 'state.json'), 'utf8')) as never
      await vi.waitFor(
        async () => {
          const [run] = await page.call<{ state: string; step: number }[]>('runs.list', {})
          expect(run?.step).toBeGreaterThan(2)
        },
        { timeout: 60_000, interval: 100 }
      )
      await besiege(page)
      await app.stop(signal)
      expect(state()).toMatchObject({ state: 'paused' })
      expect(state().step).toBeGreaterThan(2)
    },
    120_000
  )
})
