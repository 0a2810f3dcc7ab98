// What was shown as saved stays saved, whatever is killed and whenever: the trainer, the whole app, or the tab.
// A training goes on, or resumes from its last checkpoint; edits and stamps are there again.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { Chance } from '../services/random'
import { furnish } from './furnished'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'
import { roomAt } from './served'

const folder = mkdtempSync(join(tmpdir(), 'neiro-lives-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('killed at any moment', () => {
  const browser = suiteBrowser()

  test('a training whose trainer is killed says what is saved and resumes from there', async () => {
    const { url, children } = await served(join(folder, 'trainer'))
    const { page } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginSample()
    await walk.startQuickTry('送料はいくらですか。')
    await walk.watchTraining('送料はいくらですか。')
    for (const child of children()) process.kill(child, 'SIGKILL')
    const saved = await walk.interruptedAt()
    await walk.click(ja.train.resume)
    await walk.title(ja.train.live.learning.tone)
    await walk.waitForEnd()
    expect(saved).toBeGreaterThanOrEqual(0)
  }, 300_000)

  test('a training goes on without its tab, and a new tab shows it from the start', async () => {
    const { url } = await served(join(folder, 'tab'))
    const { page, context } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginSample()
    await walk.startQuickTry('送料はいくらですか。')
    await walk.watchTraining('送料はいくらですか。')
    const before = await walk.stepsDone()
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    await again.goto(new URL('/', url).href)
    const later = new Walk(again, 'ja')
    await later.title(ja.home.back)
    await later.click(ja.home.go.training)
    await later.waitForEnd()
    expect(await later.stepsDone()).toBeGreaterThanOrEqual(before)
  }, 300_000)

  test('the whole app killed in the middle: run, edits and stamps are there again, and the run resumes', async () => {
    const place = join(folder, 'app')
    const { own, sample, run } = await furnish(place, 'ja')
    const first = await served(place)
    const before = await come(browser(), first.url)
    const at = (url: string, hash: string): string => roomAt(url, hash)

    // an edit of the data, shown as saved
    await before.page.goto(at(first.url, `#data?project=${own}`))
    await before.page.getByRole('tab', { name: ja.data.tabs.rows }).click()
    await before.page.getByRole('button', { name: ja.data.edit }).first().click()
    await before.page.getByRole('dialog').getByLabel(ja.data.columns.answer).fill('直した答えです。')
    await before.page.getByRole('dialog').getByRole('button', { name: ja.data.saveEdit }).click()
    await before.page.getByRole('cell', { name: '直した答えです。' }).waitFor()

    // a training in the middle
    await before.page.goto(at(first.url, `#train?project=${sample}&run=new`))
    const walk = new Walk(before.page, 'ja')
    await walk.startQuickTry('送料はいくらですか。')
    await walk.watchTraining('送料はいくらですか。')
    await first.kill()

    const second = await served(place)
    const after = await come(browser(), second.url)
    const later = new Walk(after.page, 'ja')
    await after.page.goto(at(second.url, `#data?project=${own}`))
    await after.page.getByRole('tab', { name: ja.data.tabs.rows }).click()
    await after.page.getByRole('cell', { name: '直した答えです。' }).waitFor()

    await after.page.goto(at(second.url, `#export?project=${sample}`))
    await after.page.getByRole('img', { name: ja.exporting.stamp }).waitFor()
    await after.page.goto(at(second.url, `#train?project=${sample}&run=${run}`))
    await later.title(ja.train.live.finished)

    await after.page.goto(at(second.url, '#runs'))
    await after.page
      .getByRole('row')
      .filter({ hasText: ja.runs.states.interrupted })
      .getByText(ja.runs.open)
      .click()
    await later.interruptedAt()
    await later.click(ja.train.resume)
    await later.waitForEnd()
  }, 400_000)

  test('killed again and again at random moments, a training ends with the same bits', async () => {
    const place = join(folder, 'again')
    const { sample } = await furnish(place, 'ja')
    const runs = join(place, 'neiro', 'projects', '見本の口調', 'runs')
    const [undisturbed = ''] = readdirSync(runs)
    const seed = Date.now() % 100_000
    const chance = new Chance(seed)
    let saved = 0
    let killed = 0
    for (;;) {
      const app = await served(place)
      const { page } = await come(browser(), app.url)
      const walk = new Walk(page, 'ja')
      if (killed === 0) {
        await page.goto(roomAt(app.url, `#train?project=${sample}&run=new`))
        await walk.startQuickTry('送料はいくらですか。')
      } else {
        await page.goto(roomAt(app.url, '#runs'))
        const row = page.getByRole('row').filter({ hasText: `${ja.runs.presets.quick} 2` })
        const { finished, interrupted } = ja.runs.states
        await row.getByText(finished).or(row.getByText(interrupted)).waitFor()
        // it may have been done just before the last blow
        if (await row.getByText(finished).isVisible()) break
        await row.getByText(ja.runs.open).click()
        const step = await walk.interruptedAt()
        expect(step, `seed ${seed}`).toBeGreaterThanOrEqual(saved)
        saved = step
        await walk.click(ja.train.resume)
      }
      await walk.title(ja.train.live.learning.tone, 60_000)
      if (killed < 4) {
        await new Promise((later) => setTimeout(later, chance.below(1000)))
        // the app alone, or its trainer a moment before it
        if (chance.below(2) === 0) for (const child of app.children()) process.kill(child, 'SIGKILL')
        await app.kill()
        killed++
      } else {
        await walk.waitForEnd()
        break
      }
    }
    const [other = ''] = readdirSync(runs).filter((name) => name !== undisturbed)
    for (const part of ['adapter', 'best'])
      expect(
        readFileSync(join(runs, other, part, 'adapter_model.safetensors')).equals(
          readFileSync(join(runs, undisturbed, part, 'adapter_model.safetensors'))
        ),
        `${part}, seed ${seed}`
      ).toBe(true)
  }, 400_000)
})
