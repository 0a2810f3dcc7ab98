// Text that others wrote is shown, never run: HTML in the data, in names and in what a model answers stays text
// in every room where it appears.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { plainName } from '../../main/files/plain-name'
import { tinyModel } from '../fixtures/tiny-model'
import { furnishedWindow } from './furnished-window'
import { come, describeWindow, suiteBrowser } from './suite'
import { Walk } from './walk'
import { roomAt } from './served'

const hostile = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>'
/** no slash may stand in a name on disk */
const hostileName = '<img src=x onerror=globalThis.ran=1>'
const folder = mkdtempSync(join(tmpdir(), 'neiro-text-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('foreign text', () => {
  const browser = suiteBrowser()
  const window = furnishedWindow(folder)

  const arrive = async (): Promise<{
    page: Page
    context: BrowserContext
    walk: Walk
    complaints: string[]
  }> => {
    const visited = await come(browser(), window().served.url)
    return { ...visited, walk: new Walk(visited.page, 'ja') }
  }
  /** The text is there as text, and nothing of it became an element or ran. */
  const shownAsText = async (page: Page, text: string): Promise<void> => {
    await page.getByText(text).first().waitFor()
    expect(await page.locator('#app img, #app script, #app iframe').count()).toBe(0)
    expect(await page.evaluate(() => (globalThis as { ran?: number }).ran)).toBeUndefined()
  }

  test('in the data and in the names of project, company and file', async () => {
    const { page, walk, complaints } = await arrive()
    const file = join(folder, `${hostileName}.csv`)
    const cell = `"${hostile.replaceAll('"', '""')}"`
    writeFileSync(file, `質問,回答\n${cell},${cell}\nはい,${cell}\nいいえ,はい\n`)
    await walk.click(ja.home.newProject)
    const dialog = page.getByRole('dialog', { name: ja.home.createTitle })
    await dialog.getByLabel(ja.home.name).fill(hostile)
    await dialog.getByLabel(ja.home.company).fill(hostile)
    await walk.button(ja.home.create, dialog).click()
    await walk.title(ja.goal.title)
    await shownAsText(page, hostile)
    await walk.click(ja.goal.next)
    await walk.title(ja.data.titleEmpty)
    await walk.pick(file)
    await walk.title(ja.data.title)
    // signs that no file of Windows has are taken out when it is handed over
    await shownAsText(page, plainName(`${hostileName}.csv`))
    await shownAsText(page, hostile)
    await page.getByText(ja.data.raw).click()
    await shownAsText(page, hostile)
    await page.getByRole('tab', { name: ja.data.tabs.rows }).click()
    await page.getByRole('cell', { name: hostile }).first().waitFor()
    await shownAsText(page, hostile)
    await walk.goHome()
    await walk.title(ja.home.back)
    await shownAsText(page, hostile)
    expect(complaints).toEqual([])
  })

  test('in the name of a model', async () => {
    renameSync(tinyModel('llama', folder), join(folder, hostileName))
    const { page, walk, complaints } = await arrive()
    await page.getByRole('link', { name: ja.common.models }).click()
    await walk.browse(ja.model.add, [hostileName])
    await shownAsText(page, hostileName)
    expect(complaints).toEqual([])
  })

  test('in what a model answers', async () => {
    const { page, context, complaints } = await arrive()
    // the model's words are replaced on their way to the page
    await context.routeWebSocket(/\/socket$/, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => socket.send(spoiltAnswers(String(message))))
    })
    const at = (hash: string): string => roomAt(window().served.url, hash)
    await page.goto(at(`#compare?project=${window().furnished.sample}`))
    await page.reload()
    await shownAsText(page, hostile)
    await page.goto(at(`#train?project=${window().furnished.sample}&run=${window().furnished.run}`))
    await page.reload()
    await shownAsText(page, hostile)
    expect(complaints).toEqual([])
  })
})

/** Every field of a message that holds a model's words. */
function spoiltAnswers(message: string): string {
  return JSON.stringify(JSON.parse(message), (key, value: unknown) =>
    typeof value === 'string' && ['base', 'tuned', 'answer', 'text'].includes(key) ? hostile : value
  )
}
