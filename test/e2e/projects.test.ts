// Projects and runs as things one keeps: renamed, put away and brought back, overlaid; and a project folder that
// was moved elsewhere opens again, with its runs, at the step where it was left.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { figureWords } from '../../main/words/figures'
import { ja } from '../../main/words/window/ja'
import { furnish, openApp, train, type Furnished } from './furnished'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'
import { roomAt } from './served'

const folder = mkdtempSync(join(tmpdir(), 'neiro-projects-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Opens the list of acts of one thing and does one of them. */
async function act(page: Page, of: string, what: string): Promise<void> {
  await page.getByRole('button', { name: of, exact: true }).click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}

describeWindow('what one keeps', () => {
  const browser = suiteBrowser()
  let furnished: Furnished
  beforeAll(async () => {
    furnished = await furnish(folder, 'ja')
    const app = await openApp(folder, 'ja')
    await train(app, furnished.sample, [])
    await app.close()
  }, 300_000)

  test('a project is renamed, put away, and brought back', async () => {
    const { url } = await served(folder)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.title(ja.home.back)
    await act(page, ja.home.moreFor(furnished.ownName), ja.home.rename)
    const dialog = page.getByRole('dialog', { name: ja.home.rename })
    expect(await dialog.getByLabel(ja.home.name).inputValue()).toBe(furnished.ownName)
    await dialog.getByText(join(folder, 'neiro')).waitFor()
    await dialog.getByLabel(ja.home.name).fill('問い合わせ返信')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    const row = page.getByRole('button', { name: /^問い合わせ返信/ })
    await row.waitFor()

    await act(page, ja.home.moreFor('問い合わせ返信'), ja.home.remove)
    await row.waitFor({ state: 'detached' })
    await walk.click(ja.common.undo)
    await row.waitFor()
    expect(complaints).toEqual([])
  }, 60_000)

  test('the head of the rail goes over to another project; a folder that is none cannot be chosen as one', async () => {
    const { url } = await served(folder)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.title(ja.home.back)
    await page.goto(roomAt(url, `#goal?project=${furnished.own}`))
    await walk.title(ja.goal.title)
    const rail = page.getByRole('navigation', { name: ja.common.navLabel })
    await rail.getByTitle('問い合わせ返信').click()
    await page.getByRole('menuitem', { name: /^見本の口調/ }).click()
    await rail.getByTitle('見本の口調').waitFor()
    expect(page.url()).toContain(`project=${furnished.sample}`)
    // rail and train room speak of the same run, also where no address names one
    await walk.title(ja.train.live.finished)
    await rail.getByRole('link', { name: `${ja.runs.presets.quick} 2` }).waitFor()
    await page.goto(roomAt(url, `#data?project=${furnished.sample}`))
    await walk.title(ja.data.title)
    await walk.goToStep('train')
    await walk.title(ja.train.live.finished)
    await rail.getByTitle('見本の口調').click()
    await page.getByRole('menuitem', { name: ja.common.allProjects }).click()
    await walk.title(ja.home.back)

    await walk.click(ja.home.openFolder)
    const dialog = page.getByRole('dialog')
    await dialog.getByText(ja.common.browser.fitsNot['project-folder']).waitFor()
    expect(await walk.button(ja.common.browser.thisFolder, dialog).count()).toBe(0)
    await walk.button(ja.common.browser.usual.home, dialog).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  }, 60_000)

  test('runs are renamed, put away, brought back, and laid over one another', async () => {
    const { url } = await served(folder)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.title(ja.home.back)
    await page.goto(roomAt(url, '#runs'))
    await walk.title(ja.runs.title)
    const full = (name: string): string => ja.runs.ofProject('見本の口調', name)
    const first = full(`${ja.runs.presets.quick} 1`)
    await act(page, ja.runs.moreFor(first), ja.runs.rename)
    const dialog = page.getByRole('dialog', { name: ja.runs.rename })
    await dialog.getByLabel(ja.runs.columns.run).fill('はじめの学習')
    await page.keyboard.press('Enter')
    await page.getByRole('cell', { name: 'はじめの学習', exact: true }).waitFor()

    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page
      .getByRole('img', {
        name: ja.runs.lossOf(full('はじめの学習'), figureWords('loss', 'ja', null).heldOut)
      })
      .waitFor()
    await page.getByText(ja.runs.noDifferences).waitFor()

    await act(page, ja.runs.moreFor(full('はじめの学習')), ja.runs.remove)
    await page.getByRole('cell', { name: 'はじめの学習', exact: true }).waitFor({ state: 'detached' })
    await walk.click(ja.common.undo)
    await page.getByRole('cell', { name: 'はじめの学習', exact: true }).waitFor()
    expect(complaints).toEqual([])
  }, 60_000)

  test('a project folder that was moved opens again where it was left', async () => {
    const elsewhere = join(folder, '書類')
    mkdirSync(elsewhere)
    renameSync(join(folder, 'neiro', 'projects', '見本の口調'), join(elsewhere, '見本（引っ越し）'))
    const { url } = await served(folder)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.title(ja.home.back)
    await expect.poll(() => page.getByText('見本の口調').count()).toBe(0)
    await walk.browse(ja.home.openFolder, ['書類', '見本（引っ越し）'])
    await walk.title(ja.train.live.finished)
    await walk.goHome()
    await page.getByRole('cell', { name: 'はじめの学習', exact: true }).waitFor()
    expect(complaints).toEqual([])
  }, 60_000)
})
