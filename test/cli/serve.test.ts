// `neiro serve` as a process: a port that is taken is said in words, and the machine stays awake exactly while
// the served window trains.
import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { FolderListing } from '../../main/contract/window/app'
import { startServed } from '../e2e/served'
import { signedIn } from '../serve/signed-in'
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

describe.runIf(process.platform === 'linux')('--open', () => {
  let child: ChildProcess | null = null
  afterEach(() => void child?.kill('SIGKILL'))

  /** A machine whose browser is a note of what it was started with. */
  function begin(home: string): { readonly note: () => string; readonly said: Promise<{ url: string }> } {
    const bin = join(home, 'bin')
    const note = join(home, 'note')
    mkdirSync(bin, { recursive: true })
    const script = `#!/bin/sh\n{ echo "$@"; stat -c %a "$1"; cat "$1"; } > "${note}.part"; mv "${note}.part" "${note}"\n`
    writeFileSync(join(bin, 'xdg-open'), script)
    chmodSync(join(bin, 'xdg-open'), 0o755)
    child = spawn(process.execPath, [cli, 'serve', '--open', '--json'], {
      env: {
        ...process.env,
        ...env,
        HOME: home,
        NEIRO_HOME: join(home, 'neiro'),
        PATH: `${bin}${delimiter}${process.env['PATH']}`
      },
      stdio: ['ignore', 'pipe', 'inherit']
    })
    return { note: () => (existsSync(note) ? readFileSync(note, 'utf8') : ''), said: said(child) }
  }

  test('gives the browser a file that only its user can read, never the address; it goes when the browser is in', async () => {
    const { note, said } = begin(join(place, 'open'))
    const { url } = await said
    await vi.waitFor(() => expect(note()).not.toBe(''), 20_000)
    const [args = '', mode, ...content] = note().split('\n')
    expect(args).toMatch(/neiro-open-[0-9a-f-]+\.html$/)
    expect(args).not.toContain('token')
    expect(mode).toBe('600')
    expect(content.join()).toContain(url)
    expect(existsSync(args)).toBe(true)
    await signedIn(url).then((page) => page.close())
    await vi.waitFor(() => expect(existsSync(args)).toBe(false), 10_000)
  })

  test('leaves nothing behind when it ends before anybody came, and takes away what a killed one left', async () => {
    const home = join(place, 'left')
    const old = join(home, 'neiro', 'neiro-open-00000000-0000-4000-8000-000000000000.html')
    mkdirSync(join(home, 'neiro'), { recursive: true })
    writeFileSync(old, '')
    utimesSync(old, 1, 1)
    const { note, said } = begin(home)
    await said
    await vi.waitFor(() => expect(note()).not.toBe(''), 20_000)
    expect(existsSync(old)).toBe(false)
    const gone = new Promise((done) => child?.on('exit', done))
    child?.kill('SIGINT')
    await gone
    expect(readdirSync(join(home, 'neiro')).filter((name) => name.startsWith('neiro-open'))).toEqual([])
  })
})

describe('folders', () => {
  test('that are no folders are said before anything is served', async () => {
    const { status, stderr } = await runNeiro(['serve', '--folder', join(place, 'nowhere')], { env })
    expect(status).toBe(1)
    expect(stderr).toContain(`The folder ${join(place, 'nowhere')} cannot be read.`)
  })

  test('outside of the home are not opened, nor what is hidden in it, nor by a link; one that was allowed is', async () => {
    const home = join(place, 'reach')
    const [outside, allowed] = [join(place, 'outside'), join(place, 'allowed')]
    for (const dir of [outside, allowed, join(home, '.ssh'), join(home, 'Documents')])
      mkdirSync(dir, { recursive: true })
    writeFileSync(join(outside, 'secret.csv'), 'q,a\n1,2\n')
    writeFileSync(join(home, '.ssh', 'notes.txt'), 'x')
    symlinkSync(outside, join(home, 'Documents', 'link'))
    symlinkSync(join(outside, 'secret.csv'), join(home, 'Documents', 'link.csv'))
    const app = await startServed(home, { args: ['--folder', allowed] })
    try {
      const page = await signedIn(app.url)
      const browse = (path: string): Promise<FolderListing> =>
        page.call('files.browse', { id: null, kind: 'data-files', path, hidden: true })
      for (const path of [
        outside,
        '/',
        '/etc',
        join(home, '..'),
        join(home, '.ssh'),
        join(home, 'Documents', 'link')
      ])
        await expect(browse(path), path).rejects.toThrow('FOLDER_OUT_OF_REACH')
      expect((await browse(join(home, 'Documents'))).entries).toEqual([])
      const own = await browse(home)
      expect(own.parent).toBeNull()
      expect(own.entries.map(({ name }) => name)).toEqual(['Documents', 'neiro'])
      expect((await browse(allowed)).here.name).toBe('allowed')
      page.close()
    } finally {
      await app.kill()
    }
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
    const { call } = await signedIn(url)
    const awake = (): number =>
      existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n').map(Number).filter(alive).length : 0

    const project = await call<{ id: string }>('projects.create', { name: 'x', company: '', sample: true })
    const [preset] = await call<{ settings: object }[]>('train.presets', { project: project.id })
    expect(awake()).toBe(0)
    const start = { project: project.id, preset: 'custom', part: 1, questions: [] }
    const run = await call<{ id: string }>('runs.startRun', {
      ...start,
      settings: { ...preset?.settings, epochs: 500 }
    })
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
