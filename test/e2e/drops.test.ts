// Real drops on the served window, as the browser gets them from the system: folders, several files with a bad one
// among them, a large file that is stopped, and what falls beside the places that take files.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { japanesePairs, writeCp932, writeExcel } from './office-files'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-drops-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Carries files of this machine over the page and lets go, as the system does. */
async function drop(page: Page, at: { x: number; y: number }, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  await session.detach()
}
const middle = { x: 640, y: 420 }

describeWindow('drops', () => {
  const browser = suiteBrowser()

  async function dataRoom(
    name: string
  ): Promise<{ walk: Walk; page: Page; complaints: string[]; home: string }> {
    const home = join(folder, name)
    mkdirSync(home, { recursive: true })
    const { url } = await served(home)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn('返信', '')
    return { walk, page, complaints, home }
  }
  /** a busy machine reads a file no faster than it can */
  const patient = { timeout: 20_000 }
  const listed = (page: Page): Promise<string[]> =>
    page.getByRole('list', { name: ja.data.files, exact: true }).locator('li .name').allTextContents()

  test('a folder with folders in it: the data of all of them, the rest is counted', async () => {
    const { page, complaints, home } = await dataRoom('folder')
    const given = join(home, '問い合わせ')
    mkdirSync(join(given, '2025'), { recursive: true })
    mkdirSync(join(given, '.hidden'))
    writeExcel(join(given, 'FAQ.xlsx'), japanesePairs().slice(0, 40))
    writeCp932(join(given, '2025', '履歴.csv'), japanesePairs().slice(40, 90))
    writeFileSync(join(given, '2025', '写真.jpg'), 'x')
    writeFileSync(join(given, '.hidden', 'a.csv'), 'x')
    await drop(page, middle, given)
    await expect.poll(() => listed(page), patient).toEqual([join('2025', '履歴.csv'), 'FAQ.xlsx'])
    await page.getByText(ja.data.leftOut('1')).waitFor()
    await page.getByText(ja.data.amount.few('90')).waitFor()
    expect(complaints).toEqual([])
  }, 90_000)

  test('several at once: what cannot be read has its sentence, the others are taken', async () => {
    const { page, home } = await dataRoom('several')
    const [good, large, empty] = [join(home, 'a.csv'), join(home, '大きい.csv'), join(home, '空')]
    writeCp932(good, japanesePairs().slice(0, 30))
    writeFileSync(large, '')
    truncateSync(large, 2 * 1024 ** 3 + 1)
    mkdirSync(empty)
    const other = join(home, 'b.csv')
    writeCp932(other, japanesePairs().slice(30, 60))
    await drop(page, middle, good, large, empty, other)
    await expect.poll(() => listed(page), patient).toEqual(['a.csv', 'b.csv'])
    await page.getByText('大きい.csv は 2 GB を超えています').waitFor()
    await page.getByText('フォルダー 空 に、お手本として読める種類のファイルがありません。').waitFor()
    rmSync(large)

    // taken back, every file that goes with it is named before it goes
    await page.getByRole('button', { name: ja.data.undo(ja.data.changes.add('a.csv', 1)) }).click()
    const asked = page.getByRole('dialog', { name: ja.data.undoTitle(2) })
    expect(await asked.getByRole('listitem').allInnerTexts()).toEqual(['a.csv', 'b.csv'])
    await asked.getByRole('button', { name: ja.data.undoFiles }).click()
    await page.getByRole('heading', { level: 1, name: ja.data.titleEmpty }).waitFor()
  }, 90_000)

  test('a file that is gone when it is read is not called a lost connection', async () => {
    const { page, home } = await dataRoom('gone')
    const [gone, kept] = [join(home, '消える.csv'), join(home, 'a.csv')]
    writeCp932(gone, japanesePairs().slice(0, 10))
    writeCp932(kept, japanesePairs().slice(10, 30))
    await page.route('**/upload**', async (route) => {
      // between the drop and the sending
      if (route.request().url().includes(encodeURIComponent('消える'))) {
        rmSync(gone, { force: true })
        await route.abort()
      } else await route.continue()
    })
    await drop(page, middle, gone, kept)
    await page.getByText('消える.csv を読めませんでした').waitFor()
    await expect.poll(() => listed(page), patient).toEqual(['a.csv'])
  }, 90_000)

  test('a large one shows its bytes and can be stopped; nothing of it stays', async () => {
    const { page, walk, home } = await dataRoom('large')
    const large = join(home, '大きい.csv')
    writeFileSync(large, '質問,回答\n')
    truncateSync(large, 1024 ** 3)
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 20 * 1024 ** 2
    })
    await drop(page, middle, large)
    const bar = page.getByRole('progressbar', { name: ja.data.receiving('大きい.csv') })
    await bar.waitFor()
    await page.getByText(/ \/ 1\.1\u00a0GB$/).waitFor()
    await walk.click(ja.data.cancelReceiving)
    await bar.waitFor({ state: 'detached' })
    await walk.title(ja.data.titleEmpty)
    const uploads = join(home, 'neiro', 'uploads')
    await expect.poll(() => readdirSync(uploads, { recursive: true }).length).toBe(0)
    expect(await page.getByRole('alert').count()).toBe(0)
  }, 90_000)

  test('beside the places that take files, a drop does not lead away', async () => {
    const { page, walk, home } = await dataRoom('beside')
    const file = join(home, 'a.csv')
    writeCp932(file, japanesePairs().slice(0, 10))
    const before = page.url()
    await drop(page, { x: 60, y: 700 }, file)
    await walk.goHome()
    await walk.title(ja.home.back)
    await drop(page, middle, file)
    await expect.poll(() => page.url().split('#')[0]).toBe(before.split('#')[0])
    await page.getByText('返信').first().waitFor()
  }, 90_000)
})
