// Which native module a package takes: never one that is older than its sources, never one of another system.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, as the scripts are
import * as module from '../../scripts/package/module.mjs'
import { ownFolder } from '../fixtures/own-folder'

const { moduleFor } = module as {
  moduleFor(
    system: 'linux' | 'win',
    machine: { env?: Readonly<Record<string, string>>; arch?: string; isStale?: (made: string) => boolean }
  ): string | null
}
const fresh = { env: {}, arch: 'x64', isStale: () => false }
const old = { ...fresh, isStale: () => true }

test('the one for old systems where it is as new as its sources, else the one of this checkout', () => {
  expect(moduleFor('linux', fresh)).toMatch(/build-elsewhere\/linux-x64\/neiro\.node$/)
  expect(moduleFor('linux', { ...fresh, arch: 'arm64' })).toMatch(
    /build-elsewhere\/linux-arm64\/neiro\.node$/
  )
  expect(moduleFor('linux', old)).toMatch(/addon\/build\/Release\/neiro\.node$/)
})

test('for Windows there is none but the one that was built for it', () => {
  expect(moduleFor('win', fresh)).toMatch(/build-elsewhere\/win32-x64\/neiro\.node$/)
  expect(moduleFor('win', old)).toBeNull()
})

test('one that is named goes before all; one that is not there is none', () => {
  const file = join(ownFolder(), 'neiro.node')
  expect(moduleFor('linux', { ...fresh, env: { NEIRO_ADDON_LINUX: file } })).toBeNull()
  writeFileSync(file, '')
  expect(moduleFor('linux', { ...fresh, env: { NEIRO_ADDON_LINUX: file } })).toBe(file)
  expect(moduleFor('win', { ...old, env: { NEIRO_ADDON_WIN: file } })).toBe(file)
})
