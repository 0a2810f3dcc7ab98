// `neiro serve` as a process: a port that is taken is said in words, and the machine stays awake exactly while
// the served window trains.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { runNeiro } from './neiro-process'

const place = mkdtempSync(join(tmpdir(), 'neiro-serve-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const env = { NEIRO_HOME: join(place, 'home'), LC_ALL: 'en_US.UTF-8' }
const cli = resolve(import.meta.dirname, '../../out/main/cli.js')

describe('a port', () => {
  test('that is taken is said in words, with a way out', async () => {
    const taken = createServer()
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening))
    const { port } = taken.address() as AddressInfo
    try {
      const args = ['serve', '--port', String(port)]
      const en = await runNeiro(args, { env })
      expect(en.status).toBe(1)
      expect(en.stderr).toContain(`Port ${port} is in use by another program.`)
      expect(en.stderr).toContain('Leave out --port to use a free one.')
      expect(en.stderr).not.toContain('EADDRINUSE')
      const ja = await runNeiro([...args, '--lang', 'ja', '--json'], { env })
      expect(JSON.parse(ja.stdout.trim())).toMatchObject({
        event: 'error',
        code: 'PORT_IN_USE',
        message: `ポート ${port} は、ほかのプログラムが使っています。`
      })
    } finally {
      await new Promise((closed) => taken.close(closed))
    }
  })

  test('that is none is said as well', async () => {
    const { status, stderr } = await runNeiro(['serve', '--port', '70000'], { env })
    expect(status).toBe(1)
    expect(stderr).toContain('Port 70000 cannot be used on this PC.')
  })
})

describe.runIf(process.platform === 'linux')('while it trains', () => {
  let child: ChildProcess
  afterEach(() => void child.kill('SIGKILL'))

  test('the machine stays awake, and may sleep when the training is paused and when serving ends', async () => {
    const bin = join(place, 'bin')
    const notes = join(place, 'notes')
    mkdirSync(bin)
    const script = `#!/bin/sh\necho $$ >> "${notes}"\nexec cat\n`
    writeFileSync(join(bin, 'systemd-inhibit'), script)
    chmodSync(join(bin, 'systemd-inhibit'), 0o755)
    child = spawn(process.execPath, [cli, 'serve', '--json'], {
      env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env['PATH']}` },
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const gone = new Promise((done) => child.on('exit', done))
    const { url } = await said(child)
    const call = await connect(url)
    const awake = (): number =>
      existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n').map(Number).filter(alive).length : 0

    const project = await call('projects.create', { name: 'x', company: '', sample: true })
    const [preset] = (await call('train.presets', { project: project.id })) as unknown as {
      settings: object
    }[]
    expect(awake()).toBe(0)
    const start = { project: project.id, preset: 'custom', part: 1, questions: [] }
    const run = await call('runs.startRun', { ...start, settings: { ...preset?.settings, epochs: 500 } })
    await vi.waitFor(() => expect(awake()).toBe(1), 20_000)
    await call('runs.pauseRun', { id: run.id })
    await vi.waitFor(() => expect(awake()).toBe(0), 5000)
    await call('runs.resumeRun', { id: run.id })
    await vi.waitFor(() => expect(awake()).toBe(1), 20_000)
    child.kill('SIGINT')
    await gone
    await vi.waitFor(() => expect(awake()).toBe(0), 5000)
  })
})

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function said(child: ChildProcess): Promise<{ url: string }> {
  return new Promise((found) => {
    child.stdout?.once('data', (line: Buffer) => found(JSON.parse(line.toString()) as { url: string }))
  })
}

/** As a browser comes: the token for a cookie, then the socket. */
async function connect(url: string): Promise<(call: string, args: object) => Promise<{ id: string }>> {
  const { origin } = new URL(url)
  const reply = await fetch(url, { redirect: 'manual' })
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { cookie, origin } })
  await new Promise((opened, failed) => socket.once('open', opened).once('error', failed))
  let last = 0
  return (call, args) =>
    new Promise((done, failed) => {
      const id = ++last
      const hear = (data: Buffer): void => {
        const message = JSON.parse(data.toString()) as {
          id?: number
          result?: { ok: boolean; value: { id: string }; error: unknown }
        }
        if (message.id !== id || !message.result) return
        socket.off('message', hear)
        if (message.result.ok) done(message.result.value)
        else failed(new Error(JSON.stringify(message.result.error)))
      }
      socket.on('message', hear)
      socket.send(JSON.stringify({ id, call, args }))
    })
}
