// The app's own facts and the user's settings: applied to the page, kept by main, and told when they were not kept.
import { beforeEach, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { AppSettings } from '../../../main/contract/window/app'
import { fakeBridge, type FakeBridge } from '../fake-bridge'
import type { app as App } from '../../../renderer/state/app.svelte'
import type { i18n as I18n } from '../../../renderer/i18n/index.svelte'

const settings: AppSettings = {
  ...{ language: 'ja', languageChoice: 'system', theme: 'light', threads: 0 },
  looksForUpdates: false
}
let bridge: FakeBridge
let seen: string[]
let app: typeof App
let i18n: typeof I18n

beforeEach(async () => {
  seen = []
  bridge = fakeBridge({
    'app.info': () => ({ version: '1', settings }),
    'app.seenIn': ({ language }) => {
      seen.push(language)
      return settings
    },
    'app.setSettings': (change) => ({ ...settings, ...change })
  })
  ;({ app } = await import('../../../renderer/state/app.svelte'))
  ;({ i18n } = await import('../../../renderer/i18n/index.svelte'))
  await app.start()
})
const theme = (): unknown => document.documentElement.dataset['theme']

test('language and appearance are those that main keeps', async () => {
  expect([i18n.language, theme()]).toEqual(['ja', 'light'])
  await app.change({ language: 'en', theme: 'system' })
  expect([i18n.language, theme()]).toEqual(['en', undefined])
})

test('main is told what is spoken where the window is looked at, before it is asked for anything', () => {
  expect(seen).toEqual([navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en'])
})

test('a change that could not be kept is told, and the page stays as it was', async () => {
  bridge.answers['app.setSettings'] = () => {
    throw new NeiroError('DISK_FULL')
  }
  await expect(app.change({ theme: 'dark' })).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(theme()).toBe('light')
})

test('settings changed in another window while this one was cut off are taken over', async () => {
  bridge.answers['app.info'] = () => ({ version: '1', settings: { ...settings, theme: 'dark' } })
  bridge.connection('lost')
  bridge.connection('connected')
  await Promise.resolve()
  await expect.poll(theme).toBe('dark')
})
