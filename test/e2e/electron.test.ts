// The desktop shell: the built main and preload bundles, unmodified, on real Electron where its binary is here and
// else on the stand-in. Files come through the system's dialog, training goes on without a window, quitting saves.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { watch } from './browser'
import { japanesePairs, writeCp932, writeExcel } from './office-files'
import { needsBrowser, openShell, shellName, type Shell } from './shell'
import { describeWindow } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-shell-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const place = (name: string): string => {
  const made = join(folder, name)
  mkdirSync(made)
  return made
}

/** A shell that ends with its test, however that goes. */
async function opened(home: string): Promise<Shell> {
  const shell = await openShell(home)
  onTestFinished(() => shell.kill())
  return shell
}

const preferences: Readonly<Record<string, boolean>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false
}
const describeShell = needsBrowser ? describeWindow : describe

describeShell(`on ${shellName}`, () => {
  test('the page is isolated and sandboxed, goes nowhere, and may ask for nothing', async () => {
    const shell = await opened(place('locked'))
    const page = await shell.page()
    const made = await shell.webPreferences()
    expect(Object.keys(made)).toEqual(
      expect.arrayContaining(['contextIsolation', 'sandbox', 'nodeIntegration', 'webSecurity'])
    )
    // Electron tells only some; what the window was made with is asserted in test/shell too
    for (const [name, value] of Object.entries(made))
      if (name in preferences) expect({ [name]: value }).toEqual({ [name]: preferences[name] })
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
      expect((await shell.records())?.opened).toEqual([])
    }
    await shell.quit()
  })

  test('a link that Neiro points to goes to the browser, any other goes nowhere', async () => {
    const shell = await opened(place('links'))
    // real Electron would open the developer's own browser
    if (!(await shell.records())) return
    const page = await shell.page()
    const pages = page.context().pages().length
    const urls = [
      'https://huggingface.co.example.org/',
      'http://huggingface.co/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://huggingface.co/Qwen'
    ]
    for (const url of urls)
      await page.evaluate((to) => void (globalThis as unknown as { open(url: string): void }).open(to), url)
    // a link is asked for in the same way
    await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { createElement(name: string): HTMLLink; body: { append(link: HTMLLink): void } }
      }
      interface HTMLLink {
        href: string
        target: string
        click(): void
      }
      const link = Object.assign(document.createElement('a'), {
        href: 'https://huggingface.co/models',
        target: '_blank'
      })
      document.body.append(link)
      link.click()
    })
    await expect
      .poll(async () => (await shell.records())?.opened, { timeout: 5000 })
      .toEqual(['https://huggingface.co/Qwen', 'https://huggingface.co/models'])
    await expect.poll(() => page.context().pages().length).toBe(pages)
    await shell.quit()
  })

  test('the menu speaks the language that is chosen in the app', async () => {
    const shell = await opened(place('language'))
    const page = await shell.page()
    const labels = async (): Promise<string[] | undefined> =>
      (await shell.records())?.menu.flatMap(({ label, submenu }) => [
        label,
        ...submenu.flatMap((item) => item.label ?? [])
      ])
    if (await shell.records())
      expect(await labels()).toEqual(expect.arrayContaining(['ファイル', '元に戻す']))
    await page.evaluate(() =>
      (globalThis as unknown as { api: { call(name: string, args: object): Promise<unknown> } }).api.call(
        'app.setSettings',
        { language: 'en' }
      )
    )
    if (await shell.records())
      await expect.poll(labels).toEqual(expect.arrayContaining(['File', 'Undo', 'Quit Neiro']))
    await shell.quit()
  })

  test('a page that crashes is loaded again; one that crashes again at once is said to be gone', async () => {
    const shell = await opened(place('crash'))
    const page = await shell.page()
    await page.evaluate(() => {
      ;(globalThis as unknown as { document: { body: { append(text: string): void } } }).document.body.append(
        'before-the-crash'
      )
    })
    expect(await shell.text()).toContain('before-the-crash')
    await shell.crashPage()
    const shown = (): Promise<boolean> =>
      shell.text().then(
        (text) => text.includes(ja.home.welcome) && !text.includes('before-the-crash'),
        () => false
      )
    await expect.poll(shown, { timeout: 20_000 }).toBe(true)
    if (await shell.records()) {
      await shell.crashPage()
      await expect.poll(async () => (await shell.records())?.messages.length, { timeout: 10_000 }).toBe(1)
      expect((await shell.records())?.messages[0]?.buttons).toEqual(['もう一度表示', '閉じる'])
      await shell.order('press', { button: 0 })
      await expect.poll(shown, { timeout: 20_000 }).toBe(true)
    }
    await shell.quit()
  }, 90_000)

  test('a model file that is dropped on the model room is on the list and chosen', async () => {
    const shell = await opened(place('model'))
    const page = await shell.page()
    const complaints = watch(page)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn('返信', 'こもれび文具')
    // only the stand-in can be told where a file of a test lies
    if (await shell.records()) {
      await page.evaluate((file) => {
        const it = globalThis as unknown as {
          __standInPaths: Record<string, string>
          location: { hash: string }
        }
        it.__standInPaths = { 'tone.gguf': file }
        it.location.hash = it.location.hash.replace(/^#\w+/, '#model')
      }, gguf)
      await walk.title(ja.model.title)
      await walk.button(ja.model.addFile).dispatchEvent('drop', { dataTransfer: await transferOf(page) })
      const arrived = page.getByRole('radio', { name: /llama-Q4_0/ })
      await arrived.and(page.locator(':checked')).waitFor()
    }
    expect(complaints).toEqual([])
    await shell.quit()
  })

  test('files through the dialog, a training without its window, quitting that saves', async () => {
    const home = place('path')
    const excel = join(home, 'FAQ.xlsx')
    const table = join(home, '過去分.csv')
    writeExcel(excel, japanesePairs().slice(0, 60))
    writeCp932(table, japanesePairs().slice(60, 110))
    let shell = await opened(home)
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

    await shell.closeWindow()
    if (await shell.records()) {
      // the window's own end is told a moment after the page's
      await expect.poll(async () => (await shell.records())?.tray?.tip).toMatch(/^Neiro は学習を続けています/)
      await shell.order('tray', { label: 'ウィンドウを開く' })
    } else await shell.emit('activate')
    page = await shell.page()
    walk = new Walk(page, 'ja')
    await walk.click(ja.home.go.training)
    await walk.title(ja.train.live.learning.tone)
    await shell.quit()

    shell = await opened(home)
    page = await shell.page()
    walk = new Walk(page, 'ja')
    await walk.click(ja.home.go.paused)
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

const gguf = resolve(import.meta.dirname, '../golden-2/llama-gguf/llama-Q4_0.gguf')

/** What the system hands over with a file. */
const transferOf = (page: Page): ReturnType<Page['evaluateHandle']> =>
  page.evaluateHandle(() => {
    const it = globalThis as unknown as {
      DataTransfer: new () => { items: { add(file: unknown): void } }
      File: new (parts: unknown[], name: string) => unknown
    }
    const made = new it.DataTransfer()
    made.items.add(new it.File([], 'tone.gguf'))
    return made
  })

/** The machine may sleep again when nothing is trained. */
const expectAsleep = (shell: Shell): Promise<void> =>
  expect.poll(async () => (await shell.records())?.awake ?? 0).toBe(0)
