// What a checkout lacks and what is older than its sources: each part is made only then, and a failure says
// the way out and ends. The house is a small one of its own; nothing is really built.
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ownFolder } from '../fixtures/own-folder'

const house = vi.hoisted(() => ({ root: '', runs: [] as string[], status: 0, said: [] as string[] }))
vi.mock('../../scripts/house.mjs', async (original) => {
  const real = await original<{ newest: (path: string, skip?: string[]) => number }>()
  const { join } = await import('node:path')
  return {
    get root() {
      return house.root
    },
    get addonFile() {
      return join(house.root, 'addon/build/Release/neiro.node')
    },
    get cliBundle() {
      return join(house.root, 'out/main/cli.js')
    },
    newest: real.newest,
    stale: (made: string, sources: string[]) => {
      const age = real.newest(made, [])
      return age === 0 || sources.some((source) => real.newest(join(house.root, source)) > age)
    },
    ...Object.fromEntries(
      (['run', 'runTool'] as const).map((name) => [
        name,
        (program: string, args: string[]) => {
          house.runs.push([program, ...args].join(' '))
          return house.status
        }
      ])
    ),
    runNpm: (args: string[]) => {
      house.runs.push(['npm', ...args].join(' '))
      return house.status
    },
    say: (_ja: string, en: string) => void house.said.push(en)
  }
})

interface Scripts {
  setup(options?: { tests?: boolean }): void
}
let scripts: Scripts
let clock = 1_000_000

/** Writes a file that is newer than every one before. */
function touch(...names: string[]): void {
  clock += 10
  for (const name of names) {
    const file = join(house.root, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '')
    utimesSync(file, clock, clock)
  }
}
const made = [
  'node_modules/.package-lock.json',
  'addon/build/Release/neiro.node',
  'out/main/cli.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html'
]

beforeEach(async () => {
  house.root = ownFolder()
  house.runs = []
  house.said = []
  house.status = 0
  // @ts-expect-error plain JavaScript, which runs before there are any types
  scripts = (await import('../../scripts/setup.mjs')) as Scripts
  touch('package-lock.json', 'package.json', 'addon/engine/a.cpp', 'main/a.ts', 'renderer/a.svelte')
  touch(...made)
})
afterEach(() => vi.restoreAllMocks())

test('where everything is there and newer than its sources, nothing is run and nothing said', () => {
  scripts.setup()
  expect(house.runs).toEqual([])
  expect(house.said).toEqual([])
})

test('in a fresh checkout everything is made, in order', () => {
  for (const name of made) rmSync(join(house.root, name))
  scripts.setup()
  expect(house.runs.map((run) => run.split(' ').slice(0, 3).join(' '))).toEqual([
    expect.stringContaining('npm ci'),
    expect.stringContaining('build-addon.mjs'),
    expect.stringContaining('electron-vite')
  ])
  expect(house.said).toHaveLength(3)
})

describe('only what is older than its sources is made again', () => {
  test.each([
    ['package-lock.json', 'npm ci'],
    ['addon/engine/a.cpp', 'build-addon'],
    ['main/deep/b.ts', 'electron-vite'],
    ['renderer/a.svelte', 'electron-vite'],
    ['package.json', 'electron-vite']
  ])('a change of %s: %s', (source, program) => {
    touch(source)
    scripts.setup()
    expect(house.runs).toHaveLength(1)
    expect(house.runs[0]).toContain(program)
  })

  test('what a build left beside the sources is none of them', () => {
    touch('addon/build/CMakeCache.txt', 'main/node_modules/x.js', 'README.md', 'test/a.test.ts')
    scripts.setup()
    expect(house.runs).toEqual([])
  })
})

test.each(made.slice(2))('an app whose build broke off before %s is built again', (name) => {
  rmSync(join(house.root, name))
  scripts.setup()
  expect(house.runs).toHaveLength(1)
  expect(house.runs[0]).toContain('electron-vite')
})

describe('the tests of the engine', () => {
  test('are built with it when asked for, and again when they change', () => {
    scripts.setup({ tests: true })
    expect(house.runs[0]).toContain('--tests')
    house.runs = []
    touch('addon/build/.tests-built')
    scripts.setup({ tests: true })
    expect(house.runs).toEqual([])
    touch('test/addon/a.cpp')
    scripts.setup()
    expect(house.runs).toEqual([])
    scripts.setup({ tests: true })
    expect(house.runs).toHaveLength(1)
  })
})

test.each([0, 1, 2])(
  'a failure of part %i says the way out and ends; nothing is built on top of it',
  (part) => {
    for (const name of made.slice(part)) rmSync(join(house.root, name))
    house.status = 1
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('ended')
    })
    expect(() => scripts.setup()).toThrow('ended')
    expect(exit).toHaveBeenCalledWith(1)
    expect(house.runs).toHaveLength(1)
    expect(house.said).toHaveLength(2)
  }
)
