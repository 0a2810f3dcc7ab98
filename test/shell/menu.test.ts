// The menu and the dialogs in both languages: every item has words of its own, on every system, because what has
// none is shown in the system's language between ours.
import type { MenuItemConstructorOptions, OpenDialogOptions } from 'electron'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { onPlatform } from '../fixtures/on-platform'

let template: MenuItemConstructorOptions[] = []
const asked: OpenDialogOptions[] = []
let answer: { canceled: boolean; filePaths: string[] } = { canceled: true, filePaths: [] }
vi.mock('electron', () => ({
  Menu: {
    buildFromTemplate: (given: never) => given,
    setApplicationMenu: (menu: MenuItemConstructorOptions[]) => void (template = menu)
  },
  dialog: {
    showOpenDialog: async (...given: OpenDialogOptions[]) => {
      asked.push(given.at(-1) as OpenDialogOptions)
      return answer
    }
  }
}))
const { setMenu } = await import('../../main/shell/menu')
const { choosePaths } = await import('../../main/shell/dialogs')

const items = (): MenuItemConstructorOptions[] =>
  template.flatMap((menu) => [menu, ...(menu.submenu as MenuItemConstructorOptions[])])
const labels = (): string[] =>
  items()
    .filter(({ type }) => type !== 'separator')
    .map(({ label }) => label ?? '')

afterEach(() => void (template = []))

describe.each(['linux', 'win32', 'darwin'] as const)('on %s', (platform) => {
  onPlatform(platform)

  test('every item of the menu has words, which are another’s in the other language', () => {
    setMenu('ja')
    const ja = labels()
    setMenu('en')
    const en = labels()
    expect(ja).toHaveLength(en.length)
    expect(ja.length).toBeGreaterThan(14)
    for (const [at, label] of ja.entries()) {
      expect(label, en[at]).not.toBe('')
      if (label !== 'Neiro') expect(label, en[at]).toMatch(/[ぁ-んァ-ヶ一-龠]/)
      expect(en[at]).toMatch(/^[A-Z][A-Za-z ]+$/)
    }
  })

  test('what the system expects is there, once where it looks for it', () => {
    setMenu('ja')
    const roles = items().flatMap(({ role }) => role ?? [])
    for (const role of ['undo', 'copy', 'paste', 'selectAll', 'zoomIn', 'minimize', 'close', 'quit'])
      expect(roles).toContain(role)
    expect(roles.filter((role) => role === 'quit')).toHaveLength(1)
    expect(roles.includes('about')).toBe(platform === 'darwin')
    expect(template[0]?.label).toBe(platform === 'darwin' ? 'Neiro' : 'ファイル')
  })
})

describe('a dialog', () => {
  test.each(['data-files', 'data-folder', 'model-folder', 'project-folder', 'export-folder'] as const)(
    'for %s says in the user’s language what is chosen',
    async (kind) => {
      await choosePaths(null, kind, 'ja')
      await choosePaths(null, kind, 'en')
      const [ja, en] = asked.slice(-2)
      expect(ja?.title).toMatch(/を選ぶ$/)
      expect(en?.title).toMatch(/^Choose /)
      expect(ja?.message).toBe(ja?.title)
      expect([ja?.buttonLabel, en?.buttonLabel]).toEqual(['選ぶ', 'Choose'])
      expect(ja?.properties).toContain(kind === 'data-files' ? 'openFile' : 'openDirectory')
    }
  )

  test('answers with what was chosen, and with nothing when it was cancelled', async () => {
    answer = { canceled: false, filePaths: ['/a.csv'] }
    expect(await choosePaths(null, 'data-files', 'ja')).toEqual(['/a.csv'])
    answer = { canceled: true, filePaths: ['/a.csv'] }
    expect(await choosePaths(null, 'data-files', 'ja')).toEqual([])
  })
})
