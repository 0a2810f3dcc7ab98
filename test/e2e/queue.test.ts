// Several runs of one project, by clicks: a second one is prepared and waits while the first trains, says its
// place, is begun by hand when the first is paused; and what was paused goes on, or is ended where it stands.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { compareTitle } from './titles'
import { until } from './until'
import { Walk } from './walk'
import { roomAt } from './served'

const folder = mkdtempSync(join(tmpdir(), 'neiro-queue-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { train } = ja

describeWindow('several runs', () => {
  const browser = suiteBrowser()

  test('wait for one another, and for the user', async () => {
    const { url } = await served(folder)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    const openRun = (name: string): Promise<void> =>
      page
        .getByRole('row')
        .filter({ hasText: name })
        .getByRole('button', { name: ja.runs.open, exact: true })
        .click()

    // the first one, long enough for all that follows
    await walk.beginSample()
    await page.getByRole('radio', { name: train.presets.quality.title }).check()
    await page.getByRole('button', { name: train.drawer }).click()
    await page.locator('#epochs').fill('150')
    await page.locator('#epochs').blur()
    await walk.click(train.start)
    await walk.title(train.live.learning.tone, 60_000)

    // the second one is prepared meanwhile, and waits
    await walk.click(train.again)
    await walk.title(train.title)
    await page.getByText(train.queued).waitFor()
    await page.getByRole('radio', { name: train.presets.quick.title }).check()
    await walk.click(train.start)
    await walk.title(train.live.waiting)
    await page.getByText(train.queuePlace('1')).waitFor()

    // the first is paused: the second says that it can be begun, and is
    await page.goto(roomAt(url, '#runs'))
    await openRun(ja.runs.presets.custom)
    await walk.title(train.live.learning.tone)
    await walk.click(ja.common.pause)
    await walk.title(train.live.paused)
    await page.getByText(train.othersWait).waitFor()
    await page.goto(roomAt(url, '#runs'))
    await openRun(ja.runs.states.waiting)
    await page.getByText(train.queueRests).waitFor()
    await walk.click(train.startNow)
    await walk.waitForEnd()

    // the first is ended where it stands, compared, and could still go on
    await page.goto(roomAt(url, '#runs'))
    await openRun(ja.runs.presets.custom)
    await walk.title(train.live.paused)
    await walk.click(train.stop)
    await walk.title(compareTitle(ja))
    await page.goto(roomAt(url, '#runs'))
    await openRun(ja.runs.states.stopped)
    await walk.title(train.live.stopped)
    const stepsDone = async (): Promise<number> => {
      const text = await page.getByText(/ \/ 3,000 ステップ/).textContent()
      return Number(text?.match(/・([\d,]+) \//)?.[1]?.replace(',', ''))
    }
    const ended = await stepsDone()
    await walk.click(train.resume)
    await until(async () => (await stepsDone()) > ended || null)
    await walk.click(ja.common.pause)
    await walk.title(train.live.paused)
    expect(complaints).toEqual([])
  }, 240_000)
})
