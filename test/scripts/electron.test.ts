// The one attempt to get Electron's binary: asked for once, given up when nothing arrives, never again.
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const places = vi.hoisted(() => ({ root: '' }))
const said: string[] = []
vi.mock('../../scripts/house.mjs', () => ({
  get root() {
    return places.root
  },
  say: (_ja: string, en: string) => void said.push(en)
}))
vi.mock('node:child_process', () => ({ spawn: vi.fn() }))

interface Scripts {
  screenPresent(): boolean
  electronBinary(): string | null
  fetchElectronOnce(): Promise<void>
}
let scripts: Scripts
let child: EventEmitter & { kill: ReturnType<typeof vi.fn> }
let home: string
let cache: string

beforeEach(async () => {
  const root = mkdtempSync(join(tmpdir(), 'neiro-electron-'))
  places.root = root
  home = join(root, 'node_modules/electron')
  cache = join(root, 'cache')
  mkdirSync(home, { recursive: true })
  said.length = 0
  vi.stubEnv('electron_config_cache', cache)
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined)
  // where a download grows before it lands in the cache
  vi.stubEnv('TMPDIR', join(root, 'tmp'))
  mkdirSync(join(root, 'tmp'))
  vi.resetModules()
  // @ts-expect-error plain JavaScript, which runs before there are any types
  scripts = (await import('../../scripts/electron.mjs')) as Scripts
  child = Object.assign(new EventEmitter(), { kill: vi.fn() })
  vi.mocked(spawn)
    .mockReset()
    .mockReturnValue(child as never)
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  rmSync(places.root, { recursive: true, force: true })
})

function install(): string {
  mkdirSync(join(home, 'dist'), { recursive: true })
  writeFileSync(join(home, 'path.txt'), 'electron')
  writeFileSync(join(home, 'dist/electron'), '')
  return join(home, 'dist/electron')
}

describe('asking', () => {
  test('runs the installer of the package once, and says so', async () => {
    const fetching = scripts.fetchElectronOnce()
    expect(spawn).toHaveBeenCalledWith(process.execPath, [join(home, 'install.js')], expect.anything())
    install()
    child.emit('exit', 0)
    await vi.advanceTimersByTimeAsync(1000)
    await fetching
    expect(child.kill).not.toHaveBeenCalled()
    expect(said).toHaveLength(1)
    expect(scripts.electronBinary()).toBe(join(home, 'dist/electron'))
  })

  test('happens never again, whether it went well or not; also after a start that was broken off', async () => {
    const fetching = scripts.fetchElectronOnce()
    // the first start ends here, in the middle
    await scripts.fetchElectronOnce()
    child.emit('exit', 1)
    await vi.advanceTimersByTimeAsync(1000)
    await fetching
    await scripts.fetchElectronOnce()
    expect(spawn).toHaveBeenCalledTimes(1)
    expect(said).toHaveLength(1)
  })

  test('where nothing may be written, nothing is asked and the start goes on', async () => {
    rmSync(join(places.root, 'node_modules'), { recursive: true })
    await scripts.fetchElectronOnce()
    expect(spawn).not.toHaveBeenCalled()
  })
})

describe('giving up', () => {
  test('after 20 seconds in which nothing arrived', async () => {
    let over = false
    const fetching = scripts.fetchElectronOnce().then(() => (over = true))
    await vi.advanceTimersByTimeAsync(19_000)
    expect(over).toBe(false)
    await vi.advanceTimersByTimeAsync(3_000)
    await fetching
    expect(child.kill).toHaveBeenCalledWith('SIGKILL')
  })

  test.each([
    ['the cache', () => cache],
    ['the package', () => join(home, 'dist')],
    ['the temporary folder of the downloader', () => join(tmpdir(), 'electron-download-a1')]
  ])('not while something arrives in %s', async (_where, folder) => {
    let over = false
    const fetching = scripts.fetchElectronOnce().then(() => (over = true))
    mkdirSync(folder(), { recursive: true })
    for (let piece = 0; piece < 10; piece++) {
      writeFileSync(join(folder(), 'electron.zip'), 'x'.repeat(piece + 1))
      await vi.advanceTimersByTimeAsync(10_000)
      expect(over).toBe(false)
    }
    expect(child.kill).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(25_000)
    await fetching
    expect(child.kill).toHaveBeenCalledTimes(1)
  })

  test('at once when the installer cannot be run', async () => {
    const fetching = scripts.fetchElectronOnce()
    child.emit('error', new Error('ENOENT'))
    await vi.advanceTimersByTimeAsync(1000)
    await fetching
    expect(child.kill).not.toHaveBeenCalled()
  })
})

describe('the binary', () => {
  test('is none before it was fetched, and none when only its name is known', () => {
    expect(scripts.electronBinary()).toBeNull()
    writeFileSync(join(home, 'path.txt'), 'electron')
    expect(scripts.electronBinary()).toBeNull()
  })

  test('is where the package says, or where the user says', () => {
    expect(install()).toBe(scripts.electronBinary())
    const own = join(places.root, 'own')
    mkdirSync(own)
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', own)
    expect(scripts.electronBinary()).toBeNull()
    writeFileSync(join(own, 'electron'), '')
    expect(scripts.electronBinary()).toBe(join(own, 'electron'))
    expect(existsSync(join(own, 'electron'))).toBe(true)
  })
})

test.runIf(process.platform === 'linux')('a screen is there when one is named', () => {
  vi.stubEnv('DISPLAY', undefined)
  vi.stubEnv('WAYLAND_DISPLAY', '')
  expect(scripts.screenPresent()).toBe(false)
  vi.stubEnv('WAYLAND_DISPLAY', 'wayland-0')
  expect(scripts.screenPresent()).toBe(true)
})
