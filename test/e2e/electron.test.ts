// The desktop shell: the built main and preload bundles, unmodified, on real Electron where its binary is here and
// else on the stand-in. Files come through the system's dialog, training goes on without a window, quitting saves.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../renderer/i18n/ja'
import { watch } from './browser'
import { japanesePairs, writeCp932, writeExcel } from './office-files'
import { openShell, shellName, type Shell } from './shell'
import { describeWindow } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-shell-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const place = (name: string): string => {
  const made = join(folder, name)
  mkdirSync(made)
  return made
}

describeWindow(`on ${shellName}`, () => {
  test('the page is isolated and sandboxed, goes nowhere, and may ask for nothing', async () => {
    const shell = await openShell(place('locked'))
    const page = await shell.page()
    expect(await shell.webPreferences()).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false
    })
    expect(
      await page.evaluate(() => [typeof globalThis.process, typeof (globalThis as never)['require']])
    ).toEqual(['undefined', 'undefined'])
    const here = page.url()
    const pages = page.context().pages().length
    await page.evaluate(() => {
      const it = globalThis as unknown as { location: { href: string }; open(url: string): void }
      it.open('https://example.org/')
      it.location.href = 'https://example.org/'
    })
    await page.getByRole('heading', { level: 1, name: ja.home.welcome }).waitFor()
    await expect.poll(() => page.context().pages().length).toBe(pages)
    expect(page.url()).toBe(here)
    if (await shell.records()) {
      for (const name of ['media', 'geolocation', 'notifications'])
        expect(await shell.order('permission', { name })).toBe('denied')
      expect((await shell.records())?.menu.map((item) => item.label)).toContain('ファイル')
    }
    await shell.quit()
  })

  test('files through the dialog, a training without its window, quitting that saves', async () => {
    const home = place('path')
    const excel = join(home, 'FAQ.xlsx')
    const table = join(home, '過去分.csv')
    writeExcel(excel, japanesePairs().slice(0, 60))
    writeCp932(table, japanesePairs().slice(60, 110))
    let shell = await openShell(home)
    let page = await shell.page()
    const complaints = watch(page)
    let walk = new Walk(page, 'ja')

    await walk.beginOwn('返信', 'こもれび文具')
    await shell.choose([excel])
    await walk.click(ja.data.chooseFiles)
    await walk.filesSay(ja.data.pairs('60'))
    await shell.choose([table])
    await walk.click(ja.data.chooseFiles)
    await walk.filesSay(ja.data.pairs('50'))
    await walk.onToTraining()
    await walk.startQuickTry('送料はいくらですか。')
    await walk.watchTraining('送料はいくらですか。')
    expect((await shell.records())?.utilities.length ?? 1).toBeGreaterThan(0)
    expect((await shell.records())?.awake ?? 1).toBe(1)
    expect(complaints).toEqual([])

    await page.close()
    const records = await shell.records()
    if (records) {
      expect(records.tray?.tip).toContain('Neiro')
      await shell.order('tray', { label: records.tray?.items[0]?.label })
    } else await shell.order('emit', { event: 'activate' })
    page = await shell.page()
    walk = new Walk(page, 'ja')
    await walk.click(ja.home.go.training)
    await walk.title(ja.train.live.title)
    await shell.quit()

    shell = await openShell(home)
    page = await shell.page()
    walk = new Walk(page, 'ja')
    await walk.click(ja.home.go.train)
    await page.getByRole('button', { name: ja.train.resume }).click()
    await walk.waitForEnd()
    await expectAsleep(shell)
    await walk.click(ja.train.compare)
    await page.getByText(ja.compare.better).waitFor({ timeout: 120_000 })
    await walk.click(ja.compare.next)
    const [adapter = ''] = await walk.takeHome(['peft'])
    expect(existsSync(join(adapter, 'adapter_model.safetensors'))).toBe(true)
    await walk.click(ja.exporting.show)
    await expect.poll(async () => (await shell.records())?.shown ?? [adapter]).toEqual([adapter])
    await shell.quit()
  }, 400_000)
})

/** The machine may sleep again when nothing is trained. */
const expectAsleep = (shell: Shell): Promise<void> =>
  expect.poll(async () => (await shell.records())?.awake ?? 0).toBe(0)
