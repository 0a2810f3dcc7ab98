// The user's own choices: kept over starts, each torn one back to its default, never half a file.
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppSettingsStore } from '../../../main/services/settings/app-settings'
import { ownFolder } from '../../fixtures/own-folder'

const fresh = {
  language: 'ja',
  languageChoice: 'system',
  theme: 'system',
  threads: 0,
  looksForUpdates: false
}

test('before the first choice there are the defaults, in the language of the system, and no file', async () => {
  const dir = ownFolder()
  expect((await AppSettingsStore.open(join(dir, 'settings.json'), 'ja')).current).toEqual(fresh)
  expect((await AppSettingsStore.open(join(dir, 'settings.json'), 'en')).current.language).toBe('en')
  expect(readdirSync(dir)).toEqual([])
})

test('a choice is there after the next start, in a folder that was not there', async () => {
  const file = join(ownFolder(), 'new/settings.json')
  const store = await AppSettingsStore.open(file, 'ja')
  expect(await store.change({ theme: 'dark' })).toEqual({ ...fresh, theme: 'dark' })
  await store.change({ threads: 2, language: undefined })
  expect(store.current).toEqual({ ...fresh, theme: 'dark', threads: 2 })
  expect((await AppSettingsStore.open(file, 'ja')).current).toEqual(store.current)
})

test('where nobody has chosen, the language is that of the place where the window is looked at', async () => {
  const file = join(ownFolder(), 'settings.json')
  // a server of which the locale is C
  const store = await AppSettingsStore.open(file, 'en')
  expect(store.seenIn('ja').language).toBe('ja')
  // another choice does not choose a language by the way
  await store.change({ theme: 'dark' })
  expect((await AppSettingsStore.open(file, 'en')).current.language).toBe('en')
  await store.change({ language: 'en' })
  expect(store.seenIn('ja')).toMatchObject({ language: 'en', languageChoice: 'en' })
  expect(await store.change({ language: 'system' })).toMatchObject({
    language: 'ja',
    languageChoice: 'system'
  })
})

test('the last of many quick choices is the one on disk', async () => {
  const dir = ownFolder()
  const file = join(dir, 'settings.json')
  const store = await AppSettingsStore.open(file, 'ja')
  await Promise.all(Array.from({ length: 20 }, (_, i) => store.change({ threads: i + 1 })))
  expect((await AppSettingsStore.open(file, 'ja')).current.threads).toBe(20)
  expect(readdirSync(dir)).toEqual(['settings.json'])
})

test.each([
  ['', fresh],
  ['{"theme":"da', fresh],
  ['null', fresh],
  ['[1,2]', fresh],
  ['"dark"', fresh],
  ['{"theme":"sepia","threads":3}', { ...fresh, threads: 3 }],
  ['{"looksForUpdates":"yes"}', fresh],
  ['{"looksForUpdates":true}', { ...fresh, looksForUpdates: true }],
  ['{"language":"en","threads":-1,"theme":7}', { ...fresh, language: 'en', languageChoice: 'en' }],
  ['{"theme":"light","from":"the future"}', { ...fresh, theme: 'light' }]
])('%j is read as far as it can be', async (stored, settings) => {
  const file = join(ownFolder(), 'settings.json')
  writeFileSync(file, stored)
  expect((await AppSettingsStore.open(file, 'ja')).current).toEqual(settings)
  expect(readFileSync(file, 'utf8')).toBe(stored)
})

test('a choice that cannot be written is said, and the next one is tried again', async () => {
  const dir = ownFolder()
  const file = join(dir, 'settings.json')
  mkdirSync(file)
  const store = await AppSettingsStore.open(file, 'ja')
  await expect(store.change({ theme: 'dark' })).rejects.toThrow()
  expect(readdirSync(dir)).toEqual(['settings.json'])
  rmdirSync(file)
  await store.change({ threads: 1 })
  expect((await AppSettingsStore.open(file, 'ja')).current).toEqual({ ...fresh, theme: 'dark', threads: 1 })
})

test('two Neiros on one data folder: neither takes back what the other has chosen', async () => {
  const file = join(ownFolder(), 'settings.json')
  const [app, served] = [await AppSettingsStore.open(file, 'ja'), await AppSettingsStore.open(file, 'ja')]
  await app.change({ theme: 'dark' })
  expect(await served.change({ threads: 2 })).toEqual({ ...fresh, theme: 'dark', threads: 2 })
  await app.change({ language: 'en' })
  expect((await AppSettingsStore.open(file, 'ja')).current).toEqual({
    ...fresh,
    language: 'en',
    languageChoice: 'en',
    theme: 'dark',
    threads: 2
  })
})
