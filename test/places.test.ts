// Where things are: in a checkout, in a package, and as a user or a test may say otherwise.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { placesOf, type Places, type Running } from '../main/places'

const root = resolve(import.meta.dirname, '..')

const inCheckout = (env: Running['env'] = {}, platform: NodeJS.Platform = 'linux'): Places =>
  placesOf({ packaged: false, env, platform })

test('in a checkout, the app is the checkout', () => {
  const found = inCheckout()
  expect(found.appRoot).toBe(root)
  expect(found.addonFile).toBe(join(root, 'addon/build/Release/neiro.node'))
  expect(found.trainerEntry).toBe(join(root, 'out/main/trainer.js'))
  expect(found.starterModelDir).toBe(join(root, 'resources/starter/model'))
})

test('in a package, programs come from the archive, and what others open lies beside it', () => {
  const found = placesOf({
    packaged: true,
    resourcesPath: '/opt/Neiro/resources',
    env: {},
    platform: 'linux'
  })
  expect(found.appRoot).toBe('/opt/Neiro/resources/app.asar')
  expect(found.trainerEntry).toBe('/opt/Neiro/resources/app.asar/out/main/trainer.js')
  expect(found.preloadFile).toBe('/opt/Neiro/resources/app.asar/out/preload/preload.cjs')
  expect(found.addonFile).toBe('/opt/Neiro/resources/app.asar.unpacked/addon/build/Release/neiro.node')
  expect(found.starterModelDir).toBe('/opt/Neiro/resources/app.asar.unpacked/resources/starter/model')
  expect(found.neiroHome).toBe(join(homedir(), '.local/share/neiro'))
})

test('the environment goes before both', () => {
  for (const packaged of [true, false]) {
    const env = { NEIRO_ROOT: '/opt/neiro', NEIRO_ADDON: '/opt/neiro.node' }
    const found = placesOf({ packaged, resourcesPath: '/elsewhere', env })
    expect(found.appRoot).toBe('/opt/neiro')
    expect(found.addonFile).toBe('/opt/neiro.node')
    expect(found.sampleDir).toBe('/opt/neiro/resources/sample')
  }
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
  ] as const)('on %s with %j lie in %s', (platform, env, home) => {
    const found = inCheckout(env, platform)
    expect(found.neiroHome).toBe(home)
    expect(found.logFile).toBe(join(home, 'neiro.log'))
  })

  test('of a program that is carried about lie beside it, where there is a folder for them', () => {
    const stick = mkdtempSync(join(tmpdir(), 'neiro-stick-'))
    const home = (program: string, platform: NodeJS.Platform, env: Running['env'] = {}): string =>
      placesOf({ packaged: true, resourcesPath: '/r', program: join(stick, program), env, platform })
        .neiroHome
    const standard = join(homedir(), '.local/share/neiro')
    expect(home('Neiro.exe', 'linux')).toBe(standard)
    const beside = join(stick, 'Neiro Data')
    mkdirSync(beside)
    expect(home('Neiro.exe', 'win32')).toBe(beside)
    expect(home('Neiro.app/Contents/MacOS/Neiro', 'darwin')).toBe(beside)
    expect(home('x/neiro', 'linux', { APPIMAGE: join(stick, 'Neiro.AppImage') })).toBe(beside)
    expect(home('Neiro.exe', 'win32', { NEIRO_HOME: '/mine' })).toBe('/mine')
    expect(
      placesOf({ packaged: false, program: join(stick, 'node'), env: {}, platform: 'linux' }).neiroHome
    ).toBe(standard)
    rmSync(stick, { recursive: true })
  })

  test('an empty word is no place, and a relative one is taken from where the app began', () => {
    expect(inCheckout({ NEIRO_HOME: '' }).neiroHome).toBe(join(homedir(), '.local/share/neiro'))
    expect(inCheckout({ NEIRO_HOME: 'mine' }).neiroHome).toBe(resolve('mine'))
    expect(inCheckout({ NEIRO_ROOT: '', NEIRO_ADDON: '' }).addonFile).toBe(
      join(root, 'addon/build/Release/neiro.node')
    )
  })
})
