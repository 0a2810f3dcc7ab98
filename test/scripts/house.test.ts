// What is older than its sources, by the times of real files; and how a command is run.
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
// @ts-expect-error plain JavaScript, which runs before there are any types
import * as scripts from '../../scripts/house.mjs'
import { ownFolder } from '../fixtures/own-folder'

const house = scripts as {
  root: string
  newest(path: string, skip?: string[]): number
  stale(made: string, sources: string[]): boolean
  run(program: string, args: string[], options?: object): number
  runTool(name: string, args: string[], options?: object): number
  runNpm(args: string[]): number
  say(ja: string, en: string): void
}

function file(dir: string, name: string, seconds: number): string {
  const path = join(dir, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, '')
  utimesSync(path, seconds, seconds)
  return path
}

describe('age', () => {
  test('of a folder is that of its newest file, however deep; what builds leave does not count', () => {
    const dir = ownFolder()
    expect(house.newest(dir)).toBe(0)
    file(dir, 'a.ts', 100)
    file(dir, 'b/c/d.ts', 300)
    file(dir, 'b/e.ts', 200)
    for (const skipped of ['node_modules', 'build', 'out']) file(dir, `b/${skipped}/x.js`, 900)
    expect(house.newest(dir)).toBe(300_000)
    expect(house.newest(join(dir, 'nowhere'))).toBe(0)
  })

  test('decides what is stale: missing, or older than any source; a source that is not there asks for nothing', () => {
    const dir = ownFolder()
    const made = file(dir, 'out/made.js', 200)
    const source = (seconds: number): string => relative(house.root, file(dir, `s${seconds}.ts`, seconds))
    expect(house.stale(join(dir, 'missing'), [])).toBe(true)
    expect(house.stale(made, [source(100), source(200)])).toBe(false)
    expect(house.stale(made, [source(100), source(201)])).toBe(true)
    expect(house.stale(made, [relative(house.root, join(dir, 'nowhere'))])).toBe(false)
  })
})

test('a command runs in the checkout, and its end is its status', () => {
  const node = (code: string): number => house.run(process.execPath, ['-e', code])
  expect(node(`process.exit(process.cwd() === ${JSON.stringify(house.root)} ? 0 : 9)`)).toBe(0)
  expect(node('process.exit(3)')).toBe(3)
  expect(node('process.kill(process.pid, "SIGKILL")')).toBe(1)
  expect(() => house.run('no-such-program-of-neiro', [])).toThrow('ENOENT')
})

test('a program in a folder with a space in its name is one word on Windows too', () => {
  const home = join(ownFolder(), 'Program Files')
  mkdirSync(home)
  symlinkSync(process.execPath, join(home, 'node'))
  vi.spyOn(process, 'platform', 'get').mockReturnValue('win32')
  const say = 'process.exit(process.argv[1] === "two words & more" ? 0 : 9)'
  expect(house.run(join(home, 'node'), ['-e', say, 'two words & more'])).toBe(0)
  vi.restoreAllMocks()
})

test('tools and npm are programs of this Node, and no shell stands between', () => {
  const quiet = { stdio: 'ignore' }
  expect(house.runTool('vitest', ['--version'], quiet)).toBe(0)
  expect(house.runTool('electron-vite', ['--version'], quiet)).toBe(0)
  expect(() => house.runTool('no-such-tool', [])).toThrow('ENOENT')
  expect(house.runNpm(['--version'])).toBe(0)
})

describe('what is said', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })
  test.each([
    [{ LANG: 'ja_JP.UTF-8' }, 'はい\n'],
    [{ LANG: 'en_US.UTF-8' }, 'yes\n'],
    [{ LC_ALL: 'en_US', LANG: 'ja_JP.UTF-8' }, 'yes\n'],
    [{ LC_MESSAGES: 'ja_JP', LANG: 'C' }, 'はい\n']
  ])('with %j is %j, on stderr', (environment: Record<string, string>, words) => {
    for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG']) vi.stubEnv(name, environment[name])
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    house.say('はい', 'yes')
    expect(written.mock.calls[0]?.[0]).toBe(words)
  })
})
