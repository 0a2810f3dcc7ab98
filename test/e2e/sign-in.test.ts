// One address, one browser: it comes in by the address or by the file that leads there, reloads and opens tabs as it
// likes, and leaves no token where it can be found; another browser needs another address.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-sign-in-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('coming in', () => {
  const browser = suiteBrowser()

  test('by a file, as a browser is opened by --open: in at once, and the address is in no history', async () => {
    const app = await served(join(folder, 'file'))
    const { url } = app
    const file = join(folder, 'open.html')
    writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${url}">`)
    const { page, context } = await come(browser(), pathToFileURL(file).href)
    await new Walk(page, 'ja').title(ja.home.welcome)
    expect(page.url()).not.toContain('token')
    await page.reload()
    await new Walk(page, 'ja').title(ja.home.welcome)
    const tab = await context.newPage()
    await tab.goto(new URL('/', url).href)
    await new Walk(tab, 'ja').title(ja.home.welcome)
    // back leads to the file at most, never to the token
    await page.goBack().catch(() => undefined)
    expect(page.url()).not.toContain('token')

    const stranger = await come(browser(), url)
    await stranger.page.getByText('This page opens only from the address').waitFor()
    const other = await come(browser(), app.url)
    await new Walk(other.page, 'ja').title(ja.home.welcome)
  }, 60_000)
})
