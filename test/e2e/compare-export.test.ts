// Changes of mind in the last two rooms: a cancelled export leaves the verified one with its stamp, a cancelled
// comparison stays cancelled, and two runs have two conversations. The engine is held still (SIGSTOP) where a click
// has to come in the middle of its work.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wordsOf } from '../../main/words/errors'
import { ja } from '../../main/words/window/ja'
import { furnish, openApp, train, type Furnished } from './furnished'
import { roomAt, type Served } from './served'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { compareTitle } from './titles'
import { until } from './until'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-minds-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** no screen: what the window offers must not depend on the machine of the test */
const noScreen = { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } }

/** Half a folder that a killed export left. */
const leftIn = (where: string): string[] =>
  readdirSync(where, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /exports.*\.tmp-[\d.]+-[0-9a-f]+$/.test(name)
  )

/** Does it while nothing is calculated. */
async function whileStill(neiro: Served, work: () => Promise<void>): Promise<void> {
  const engines = await until(async () => {
    const all = neiro.engines()
    return all.length > 0 ? all : null
  })
  for (const pid of engines) process.kill(pid, 'SIGSTOP')
  try {
    await work()
  } finally {
    for (const pid of engines) process.kill(pid, 'SIGCONT')
  }
}

describeWindow('a change of mind', () => {
  const browser = suiteBrowser()
  let furnished: Furnished
  let first: string
  let second: string
  beforeAll(async () => {
    furnished = await furnish(folder, 'ja')
    const app = await openApp(folder, 'ja')
    second = (await train(app, furnished.sample, [])).name
    ;({ name: first } = await app.call('runs.get', { id: furnished.run }))
    // the newest was chosen by its start
    await app.call('projects.update', { id: furnished.sample, chosenRun: furnished.run })
    await app.close()
  }, 300_000)

  const open = async (room: 'compare' | 'export'): Promise<{ neiro: Served; page: Page; walk: Walk }> => {
    const neiro = await served(folder, noScreen)
    const { page, context } = await come(browser(), neiro.url)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const walk = new Walk(page, 'ja')
    await walk.title(ja.home.back)
    await page.goto(roomAt(neiro.url, `#${room}?project=${furnished.sample}`))
    await walk.title(room === 'compare' ? compareTitle(ja) : ja.exporting.title)
    return { neiro, page, walk }
  }

  test('an export that is cancelled leaves the verified one in sight, and says so quietly', async () => {
    const { neiro, page, walk } = await open('export')
    const card = page
      .getByRole('main')
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: ja.exporting.kinds.merged.title }) })
    const stamp = card.getByRole('img', { name: ja.exporting.stamp })
    await stamp.waitFor()
    await whileStill(neiro, async () => {
      await walk.button(ja.exporting.again, card).click()
      await card.getByRole('progressbar', { name: ja.exporting.writing }).waitFor()
      expect(await stamp.isVisible()).toBe(true)
      await walk.button(ja.exporting.cancel, card).click()
    })
    const said = wordsOf({ code: 'EXPORT_CANCELLED', details: {} }, 'ja')
    await card.getByText(said.message).waitFor()
    await card.getByText(ja.exporting.keptDone).waitFor()
    expect([await stamp.isVisible(), await card.getByRole('alert').count()]).toEqual([true, 0])

    // without a file manager the path is what can be taken along
    await walk.button(ja.exporting.copyPath, card).click()
    await page.getByText(ja.exporting.copied).waitFor()
    const held = await page.evaluate('navigator.clipboard.readText()')
    expect(held).toBe(await card.locator('.path .code').textContent())
    // and again, to its end: the stamp of today, no word of the cancelled one
    await walk.button(ja.exporting.again, card).click()
    await card.getByText(said.message).waitFor({ state: 'detached' })
    await card.getByRole('progressbar').waitFor({ state: 'detached', timeout: 120_000 })
    await walk.button(ja.exporting.again, card).waitFor()
    expect([await stamp.isVisible(), await card.getByText(said.message).count()]).toEqual([true, 0])
  }, 180_000)

  test('an export whose app was killed is said to be cut off, beside the verified one, until the next', async () => {
    const first = await open('export')
    const cardOf = (page: Page): Locator =>
      page
        .getByRole('main')
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: ja.exporting.kinds.merged.title }) })
    await whileStill(first.neiro, async () => {
      await first.walk.button(ja.exporting.again, cardOf(first.page)).click()
      // it has begun: its folder lies beside the verified one
      await until(async () => leftIn(folder).length > 0 || null)
      await first.neiro.kill()
    })

    const { page, walk } = await open('export')
    const card = cardOf(page)
    const said = wordsOf({ code: 'EXPORT_CUT_OFF', details: {} }, 'ja')
    await card.getByText(said.message).waitFor()
    await card.getByText(ja.exporting.keptDone).waitFor()
    const stamp = card.getByRole('img', { name: ja.exporting.stamp })
    expect([await stamp.isVisible(), await card.getByRole('alert').count()]).toEqual([true, 0])
    expect(leftIn(folder)).toEqual([])
    if (process.env['NEIRO_PICTURES']) await page.screenshot({ path: process.env['NEIRO_PICTURES'] })
    await walk.button(ja.exporting.again, card).click()
    await card.getByText(said.message).waitFor({ state: 'detached' })
    await card.getByRole('progressbar').waitFor({ state: 'detached', timeout: 120_000 })
    await walk.button(ja.exporting.again, card).waitFor()
    expect(await card.getByText(said.message).count()).toBe(0)
  }, 180_000)

  test('a comparison that is cancelled does not begin again by itself', async () => {
    const { neiro, page, walk } = await open('compare')
    await page.getByText(ja.compare.scores).first().waitFor()
    const answering = page.getByRole('progressbar', { name: ja.compare.answering })
    await whileStill(neiro, async () => {
      await page.getByRole('combobox', { name: ja.compare.run }).selectOption({ label: second })
      await answering.waitFor()
      await walk.click(ja.compare.cancel)
    })
    const paused = page.getByText(ja.compare.pausedEarly)
    await paused.waitFor()
    await page.getByRole('tab', { name: ja.compare.tabs.chat }).click()
    await page.getByLabel(ja.compare.ask).waitFor()
    await page.getByRole('tab', { name: ja.compare.tabs.pairs }).click()
    await paused.waitFor()
    // long enough for it to have begun, had it wanted to
    await new Promise((later) => setTimeout(later, 1500))
    expect([await paused.isVisible(), await answering.count()]).toEqual([true, 0])

    await walk.click(ja.compare.start)
    const question = page.locator('p.question')
    await question.waitFor({ timeout: 60_000 })
    expect(await question.getAttribute('lang')).toBe('ja')
  }, 180_000)

  test('two runs have two conversations', async () => {
    const { page, walk } = await open('compare')
    const run = page.getByRole('combobox', { name: ja.compare.run })
    const here = (await run.locator('option:checked').textContent()) ?? ''
    const there = here === first ? second : first
    await page.getByRole('tab', { name: ja.compare.tabs.chat }).click()
    const bubbles = (text: string): Promise<number> =>
      page.locator('.bubble.user').filter({ hasText: text }).count()
    const ask = async (question: string): Promise<void> => {
      await page.getByLabel(ja.compare.ask).fill(question)
      await walk.click(ja.compare.send)
      await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 60_000 }).toBe(0)
      expect(await bubbles(question)).toBe(1)
      expect(await page.locator('.bubble.tuned').last().getAttribute('lang')).toBe('ja')
    }
    await ask('ギフト包装はできますか。')
    await run.selectOption({ label: there })
    await expect.poll(() => bubbles('ギフト包装')).toBe(0)
    await ask('送料はいくらですか。')
    await run.selectOption({ label: here })
    await expect.poll(() => bubbles('ギフト包装')).toBe(1)
    expect(await bubbles('送料')).toBe(0)

    // a wrong setting says what to enter, holds the question, and one click takes everything back
    await page.getByText(ja.compare.settings, { exact: true }).click()
    const topP = page.getByRole('textbox', { name: ja.compare.fields.topP.label })
    await topP.fill('7')
    await topP.blur()
    await page.getByText(ja.compare.wrong.large('7')).waitFor()
    await page.getByLabel(ja.compare.ask).fill('はい')
    await page.getByText(ja.compare.settingsWrong).waitFor()
    expect(await walk.button(ja.compare.send).isDisabled()).toBe(true)
    await walk.click(ja.compare.defaults)
    expect([await topP.inputValue(), await walk.button(ja.compare.send).isDisabled()]).toEqual(['1', false])
  }, 180_000)
})
