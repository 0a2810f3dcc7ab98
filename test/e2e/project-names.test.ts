// A second project of one name: the window says what it will be called before it is made, and the two are told apart after.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { usual } from './browser'
import { openApp } from './furnished'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-names-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('home', () => {
  const browser = suiteBrowser()

  test.each([
    ['ja', ja, 'light', '問い合わせ'],
    ['en', en, 'dark', 'Inquiries']
  ] as const)(
    'numbers a project whose name is taken, in %s',
    async (language, words, theme, name) => {
      const home = join(folder, language)
      const app = await openApp(home, language)
      await app.call('projects.create', { name, company: '', sample: false })
      await app.close()
      const { url } = await served(home, { language })
      const { page, complaints } = await come(browser(), url, { ...usual, language, theme })
      const walk = new Walk(page, language)
      await walk.title(words.home.back)
      await walk.click(words.home.newProject)
      const dialog = page.getByRole('dialog', { name: words.home.createTitle })
      await dialog.getByLabel(words.home.name).fill(name)
      await dialog.getByText(words.home.nameTaken(name, `${name} 2`)).waitFor()
      await walk.button(words.home.create, dialog).click()
      const rail = page.getByRole('navigation', { name: words.common.navLabel })
      await rail.getByTitle(`${name} 2`, { exact: true }).click()
      await page.getByRole('menuitem', { name, exact: true }).waitFor()
      expect(complaints).toEqual([])
    },
    60_000
  )
})
