// Several runs of one project, by clicks: a second one is prepared and waits while the first trains, says its
// place, is begun by hand when the first is paused; and what was paused goes on, or is ended where it stands.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sweepWords } from '../../main/words/sweep'
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
    // ended, and left while it comes to its end: nobody is taken along to the compare room
    await walk.click(train.stop)
    await walk.goHome()
    const first = page.getByRole('row').filter({ hasText: ja.runs.presets.custom })
    await first.getByText(ja.runs.states.stopped).waitFor({ timeout: 60_000 })
    await walk.title(ja.home.back)
    expect(new URL(page.url()).hash).toBe('#home')
    await page.goto(roomAt(url, '#runs'))
    await openRun(ja.runs.presets.custom)
    await walk.title(train.live.stopped)

    // two learning rates are tried in the same queue: their runs take no room from the user, and nobody is called the better
    // one without an interval
    const said = sweepWords.ja
    await walk.click(train.again)
    await walk.title(train.title)
    await page.getByRole('button', { name: said.title }).click()
    await page.getByLabel(said.values).nth(0).fill('４')
    await page.getByLabel(said.values).nth(1).fill('1e-3、3e-3')
    await page.getByLabel(said.steps).fill('4')
    await page.getByText(said.size('2', '2', '8')).waitFor()
    await walk.click(said.start)
    await page.getByText(said.again).waitFor({ timeout: 120_000 })
    await walk.title(train.title)
    const verdicts = [
      ['1', '2'],
      ['2', '1']
    ].flatMap(([first = '', other = '']) => [said.verdict.clear(first), said.verdict.unclear(first, other)])
    const note = await page.locator('section.sweep').innerText()
    expect(verdicts.filter((verdict) => note.includes(verdict))).toHaveLength(1)
    await page.getByRole('img', { name: said.picture }).waitFor()
    await walk.click(said.useOf('2'))
    await page.getByText(said.used('2')).waitFor()
    expect(await page.getByRole('radio', { name: train.custom }).isChecked()).toBe(true)
    expect(complaints).toEqual([])
  }, 300_000)
})
