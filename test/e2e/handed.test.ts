// What the system hands over while the app starts and while it runs: projects are opened, data are offered to the
// project that is open, in both languages' words.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { watch } from './browser'
import { japanesePairs, writeCp932, writeExcel } from './office-files'
import { openShell, type Shell } from './shell'
import { describeWindow } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-handed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function opened(home: string, ...words: string[]): Promise<Shell> {
  const shell = await openShell(home, words)
  onTestFinished(() => shell.kill())
  return shell
}

describeWindow('handed over', () => {
  test('a table at the first start makes a project; a second start, a Mac and a project’s file', async () => {
    const home = join(folder, 'home')
    mkdirSync(home)
    const [table, book] = [join(home, '過去の 返信.csv'), join(home, 'FAQ.xlsx')]
    writeCp932(table, japanesePairs().slice(0, 30))
    writeExcel(book, japanesePairs().slice(30, 70))
    let shell = await opened(home, table)
    let page = await shell.page()
    const complaints = watch(page)
    let walk = new Walk(page, 'ja')
    const dialog = page.getByRole('dialog', { name: ja.home.handed.title })
    await dialog.getByText('過去の 返信.csv', { exact: true }).waitFor()
    expect(await dialog.getByLabel(ja.home.handed.into).locator('option').allInnerTexts()).toEqual([
      ja.home.handed.fresh('過去の 返信')
    ])
    await walk.button(ja.home.handed.add, dialog).click()
    await walk.title(ja.data.title)
    await walk.filesSay(ja.data.pairs('30'))

    if (await shell.records()) {
      await shell.order('second', { argv: ['electron', '.', '--lang=ja', 'FAQ.xlsx'], folder: home })
      await dialog.getByText('FAQ.xlsx', { exact: true }).waitFor()
      await walk.button(ja.home.handed.leave, dialog).click()
      await dialog.waitFor({ state: 'detached' })
      // not wanted: nothing was added
      expect(await page.getByText(ja.data.pairs('40')).count()).toBe(0)
      expect(await shell.order('openFile', { path: book })).toBe(true)
      await walk.button(ja.home.handed.add, dialog).click()
      await walk.filesSay(ja.data.pairs('40'))

      writeFileSync(join(home, 'tone.gguf'), 'x')
      await shell.order('second', { argv: ['electron', '.', 'tone.gguf'], folder: home })
      await page.getByText('tone.gguf はモデルのファイルで').waitFor()
    }
    await walk.goHome()
    await shell.quit()

    const [name = ''] = readdirSync(join(home, 'neiro/projects'))
    const opening = join(home, 'neiro/projects', name, 'project.neiro')
    expect(existsSync(opening)).toBe(true)
    shell = await opened(home, opening)
    page = await shell.page()
    walk = new Walk(page, 'ja')
    await walk.title(ja.data.title)
    await walk.filesSay(ja.data.pairs('40'))
    expect(complaints).toEqual([])
    await shell.quit()
  }, 120_000)
})
