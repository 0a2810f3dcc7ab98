// Where things are, from the environment that a user, a package or a test may give.
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type * as pathsModule from '../main/paths'

const root = resolve(import.meta.dirname, '..')
const names = ['NEIRO_ROOT', 'NEIRO_ADDON', 'NEIRO_TRAINER', 'NEIRO_HOME', 'XDG_DATA_HOME', 'APPDATA']

async function paths(
  environment: Record<string, string> = {},
  platform = 'linux'
): Promise<typeof pathsModule> {
  for (const name of names) vi.stubEnv(name, environment[name])
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform as NodeJS.Platform)
  return import('../main/paths')
}
beforeEach(() => void vi.resetModules())
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('in a checkout, the app is the checkout', async () => {
  const found = await paths()
  expect(found.appRoot).toBe(root)
  expect(found.addonFile).toBe(join(root, 'addon/build/Release/neiro.node'))
  expect(found.trainerEntry).toBe(join(root, 'out/main/trainer.js'))
  expect(found.starterModelDir).toBe(join(root, 'resources/starter/model'))
})

test('a package hands over its own places', async () => {
  const found = await paths({ NEIRO_ROOT: '/opt/neiro', NEIRO_ADDON: '/opt/neiro.node' })
  expect(found.appRoot).toBe('/opt/neiro')
  expect(found.addonFile).toBe('/opt/neiro.node')
  expect(found.sampleDir).toBe('/opt/neiro/resources/sample')
})

describe("the user's data", () => {
  test.each([
    ['linux', {}, join(homedir(), '.local/share/neiro')],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/neiro'],
    ['linux', { XDG_DATA_HOME: 'relative' }, join(homedir(), '.local/share/neiro')],
    ['linux', { XDG_DATA_HOME: '' }, join(homedir(), '.local/share/neiro')],
    ['darwin', { XDG_DATA_HOME: '/data' }, join(homedir(), 'Library/Application Support/Neiro')],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Neiro'],
    ['win32', { APPDATA: '' }, join(homedir(), 'AppData/Roaming/Neiro')],
    ['linux', { NEIRO_HOME: '/mine', XDG_DATA_HOME: '/data' }, '/mine']
  ])('on %s with %j lie in %s', async (platform, environment, home) => {
    const found = await paths(environment, platform)
    expect(found.neiroHome).toBe(home)
    expect(found.runsDir).toBe(join(home, 'runs'))
    expect(found.logFile).toBe(join(home, 'neiro.log'))
  })

  test('an empty word is no place, and a relative one stays where it was when the app changes its folder', async () => {
    expect((await paths({ NEIRO_HOME: '' })).neiroHome).toBe(join(homedir(), '.local/share/neiro'))
    vi.resetModules()
    expect((await paths({ NEIRO_HOME: 'mine' })).neiroHome).toBe(resolve('mine'))
    vi.resetModules()
    expect((await paths({ NEIRO_ROOT: '', NEIRO_ADDON: '' })).addonFile).toBe(
      join(root, 'addon/build/Release/neiro.node')
    )
  })
})
