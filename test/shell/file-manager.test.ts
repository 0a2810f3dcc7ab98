// Opening a folder from the served window: with real programs in place of a desktop's own.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fileManager } from '../../main/shell/file-manager'

let place = ''
let bin = ''
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'shown-'))
  bin = join(place, 'bin')
  mkdirSync(bin)
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

const seen = (): string => readFileSync(join(place, 'seen'), 'utf8')
function program(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\nprintf %s "$1" > '${join(place, 'seen')}'\n${script}\n`)
  chmodSync(join(bin, name), 0o755)
}
const screen = (): Record<string, string> => ({ DISPLAY: ':0', PATH: `${bin}:/usr/bin:/bin` })

describe.skipIf(process.platform === 'win32')('a folder', () => {
  test('is opened by the desktop’s own program, as one argument that no shell reads', async () => {
    program('xdg-open', 'exit 0')
    const folder = join(place, '書き出し $(touch nothing) "a b"; --help')
    expect(await fileManager(screen(), 'linux')?.(folder)).toBe(true)
    expect(seen()).toBe(folder)
    expect(existsSync('nothing')).toBe(false)
    program('open', 'exit 0')
    const mac = fileManager({ PATH: bin }, 'darwin')
    expect(await mac?.('/a')).toBe(true)
  })

  test('counts as opened where the program stays, and not where it fails', async () => {
    program('xdg-open', 'sleep 5')
    expect(await fileManager(screen(), 'linux')?.('/a')).toBe(true)
    program('xdg-open', 'exit 3')
    expect(await fileManager(screen(), 'linux')?.('/a')).toBe(false)
    const gone = fileManager(screen(), 'linux')
    rmSync(join(bin, 'xdg-open'))
    expect(await gone?.('/a')).toBe(false)
  })

  test('explorer says 1 although it has opened it', async () => {
    program('explorer.exe', 'exit 1')
    expect(await fileManager({ PATH: bin }, 'win32')?.('/a')).toBe(true)
  })
})

test('without a screen, or without the program, there is none', () => {
  program('xdg-open', 'exit 0')
  expect(fileManager({ PATH: bin }, 'linux')).toBeNull()
  expect(fileManager({ DISPLAY: '', PATH: bin }, 'linux')).toBeNull()
  expect(fileManager({ WAYLAND_DISPLAY: 'wayland-0', PATH: bin }, 'linux')).not.toBeNull()
  expect(fileManager({ DISPLAY: ':0', PATH: join(place, 'empty') }, 'linux')).toBeNull()
  expect(fileManager({ DISPLAY: ':0' }, 'linux')).toBeNull()
})
