// `npm start` with an Electron that is a small program of the test: it runs, or dies early for the reasons that
// real ones die for; then the same window is served, and the user is told why and how to ask for Electron again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ownFolder } from '../fixtures/own-folder'

const places = vi.hoisted(() => ({ root: '', said: [] as string[], served: [] as string[][] }))
vi.mock('../../scripts/house.mjs', () => ({
  get root() {
    return places.root
  },
  say: (ja: string, en: string) => void places.said.push(ja, en)
}))
vi.mock('../../scripts/setup.mjs', () => ({ setup: () => undefined }))

let dist = ''
let marker = ''
const argv = process.argv
beforeEach(() => {
  places.root = ownFolder()
  places.said = []
  places.served = []
  dist = join(places.root, 'dist')
  mkdirSync(join(places.root, 'node_modules/electron'), { recursive: true })
  mkdirSync(dist)
  marker = join(places.root, 'node_modules/.neiro-electron-asked')
  vi.resetModules()
  // in each test anew: what is imported is what happened
  vi.doMock('../../scripts/neiro.mjs', () => {
    places.served.push(process.argv.slice(2))
    return {}
  })
  vi.stubEnv('DISPLAY', ':7')
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', dist)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  process.argv = argv
  process.exitCode = undefined
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** An Electron that does this. */
function electron(script: string): void {
  writeFileSync(join(dist, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
}
/** An installer that gets nothing, and remembers that it was asked. */
function installer(): string {
  const asked = join(places.root, 'asked')
  writeFileSync(
    join(places.root, 'node_modules/electron/install.js'),
    `require('fs').appendFileSync(${JSON.stringify(asked)}, 'x')`
  )
  return asked
}
async function start(...args: string[]): Promise<void> {
  process.argv = [process.execPath, 'start.mjs', ...args]
  // @ts-expect-error plain JavaScript, which runs before there are any types
  await import('../../scripts/start.mjs')
}

describe.skipIf(process.platform === 'win32')('Electron that is here', () => {
  test('is run on the checkout, and its end is the end', async () => {
    electron(`echo "$1" > "${dist}/given"; exit 0`)
    await start()
    expect(readFileSync(join(dist, 'given'), 'utf8').trim()).toBe(places.root)
    expect(process.exitCode).toBe(0)
    expect(places.served).toEqual([])
    expect(places.said).toEqual([])
  })

  test.each([
    [
      'a missing library',
      'echo "electron: error while loading shared libraries: libgtk-3.so.0: cannot open" >&2; exit 127',
      'the library libgtk-3.so.0 is missing'
    ],
    [
      'root',
      'echo "FATAL: Running as root without --no-sandbox is not supported." >&2; kill -TRAP $$',
      'does not run as root'
    ],
    ['no sandbox', 'echo "FATAL: The SUID sandbox helper binary was found" >&2; exit 1', 'sandbox'],
    ['no screen', 'echo "ERROR: Missing X server or $DISPLAY" >&2; exit 1', 'screen cannot be reached'],
    [
      'something else',
      'echo "first" >&2; echo "GPU is not usable. Goodbye." >&2; exit 1',
      'GPU is not usable'
    ],
    ['no word at all', 'kill -SEGV $$', 'SIGSEGV']
  ])('and dies early of %s: the window is served, and why is said', async (_what, script, reason) => {
    electron(script)
    await start()
    expect(places.served).toEqual([['serve', '--open']])
    expect(places.said[1]).toContain('Electron could not open its window')
    expect(places.said[1]).toContain(reason)
    expect(places.said[0]).toMatch(/^Electron の窓を開けなかったので、同じ窓をブラウザーで開きます（.+）。$/)
  })

  test('and cannot be run at all: the same', async () => {
    writeFileSync(join(dist, 'electron'), 'not a program', { mode: 0o644 })
    await start()
    expect(places.served).toEqual([['serve', '--open']])
    expect(places.said[1]).toContain('EACCES')
  })

  test('and holds its output after the end, as a file manager that it opened does: nobody waits for that', async () => {
    electron('sleep 20 > /dev/null & exit 0')
    const before = Date.now()
    await start()
    expect(Date.now() - before).toBeLessThan(5000)
    expect(places.served).toEqual([])
  })

  test('and is ended by Ctrl-C: that is an end, no failure', async () => {
    electron('trap "exit 130" INT TERM; echo ready > "$0.ready"; sleep 5 & wait')
    const started = start()
    await vi.waitFor(() => expect(existsSync(join(dist, 'electron.ready'))).toBe(true))
    process.emit('SIGTERM', 'SIGTERM')
    await started
    expect(places.served).toEqual([])
    expect(process.exitCode).toBe(130)
    expect(process.listenerCount('SIGHUP')).toBe(0)
  })
})

describe('Electron that is not here', () => {
  test('is asked for once; later starts say when, and how to ask again', async () => {
    const asked = installer()
    await start()
    expect(readFileSync(asked, 'utf8')).toBe('x')
    expect(places.served).toEqual([['serve', '--open']])
    expect(places.said.at(-1)).toMatch(/^Electron is not here.*npm start -- --electron$/)
    places.said = []
    vi.resetModules()
    await start()
    expect(readFileSync(asked, 'utf8')).toBe('x')
    const day = readFileSync(marker, 'utf8').slice(0, 10)
    expect(places.said).toEqual([
      `Electron がないので、同じ窓をブラウザーで開きます。${day} に一度取りに行きました。もう一度取りに行くには: npm start -- --electron`,
      `Electron is not here, so the same window opens in the browser. It was asked for once, on ${day}. To ask for it again: npm start -- --electron`
    ])
  })

  test('is asked for again when the user says so; the command line is served without that word', async () => {
    const asked = installer()
    writeFileSync(marker, '2026-01-01T00:00:00.000Z\n')
    await start('--electron', '--port', '8400')
    expect(readFileSync(asked, 'utf8')).toBe('x')
    expect(places.served).toEqual([['serve', '--open', '--port', '8400']])
  })

  test.runIf(process.platform === 'linux')('is not asked for where there is no screen', async () => {
    const asked = installer()
    vi.stubEnv('DISPLAY', '')
    vi.stubEnv('WAYLAND_DISPLAY', '')
    await start()
    expect(existsSync(asked)).toBe(false)
    expect(places.served).toEqual([['serve']])
    expect(places.said[1]).toContain('no screen')
  })
})
