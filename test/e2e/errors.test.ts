// No click fails in silence: a folder that is gone, a setting that cannot be kept, an address of nothing, an app that
// ended under the window. Each says what is, and the window goes on when it can.
import { mkdirSync, mkdtempSync, renameSync, rmSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WebSocketRoute } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { wordsOf } from '../../main/words/errors'
import { ja } from '../../main/words/window/ja'
import { usual, watch } from './browser'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'
import { roomAt } from './served'

const folder = mkdtempSync(join(tmpdir(), 'neiro-errors-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const gone = wordsOf({ code: 'PROJECT_GONE', details: {} }, 'ja').message
const { lost, refused } = ja.common.connection
const name = 'サポート返信'

describeWindow('what cannot be done is said', () => {
  const browser = suiteBrowser()

  test('a project folder that is moved away under its goal page, and an address of nothing', async () => {
    const place = join(folder, 'gone')
    const { url } = await served(place)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn(name, 'こもれび文具')
    await walk.goToStep('goal')
    await walk.title(ja.goal.title)
    const project = join(place, 'neiro', 'projects', name)
    // where the user went is kept before the folder goes
    const step = (): unknown =>
      (JSON.parse(readFileSync(join(project, 'project.json'), 'utf8')) as { step: string }).step
    await expect.poll(step).toBe('goal')
    renameSync(project, join(place, '引っ越し先'))
    const { tried } = ja.goal.asks
    const sentence = page.getByRole('alert').filter({ hasText: gone })
    const answer = page.getByRole('radiogroup', { name: tried.text }).getByText(tried.answers.no)
    // the room may have asked for something itself meanwhile, and be left before the click
    await Promise.race([answer.click(), sentence.waitFor()])
    await sentence.waitFor()
    // home, where the folder can be opened again
    await walk.title(ja.home.welcome)
    await walk.button(ja.common.close, sentence).click()
    await sentence.waitFor({ state: 'detached' })

    for (const address of ['#goal?project=gone', '#train?project=../..&run=x']) {
      await page.goto(roomAt(url, address))
      await sentence.waitFor()
      await walk.title(ja.home.welcome)
      expect(await sentence.count()).toBe(1)
      await walk.button(ja.common.close, sentence).click()
    }
    expect(complaints).toEqual([])
  }, 60_000)

  test('a setting that cannot be kept', async () => {
    const place = join(folder, 'settings')
    // nothing can be written in the place of a folder
    mkdirSync(join(place, 'neiro', 'settings.json', 'in-the-way'), { recursive: true })
    const { url } = await served(place)
    const { page } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.title(ja.home.welcome)
    await page.goto(roomAt(url, '#settings'))
    await walk.title(ja.settings.title)
    await page.getByRole('radiogroup', { name: ja.settings.theme }).getByText(ja.settings.themes.dark).click()
    await page.getByRole('alert').waitFor()
    // it does not go by itself as toasts do; it goes with the page
    await new Promise((later) => setTimeout(later, 7000))
    expect(await page.getByRole('alert').count()).toBe(1)
    await walk.goHome()
    await page.getByRole('alert').waitFor({ state: 'detached' })
  }, 60_000)

  test('a connection that is cut for a moment: what happened meanwhile is shown', async () => {
    const { url } = await served(join(folder, 'cut'))
    const { page, context } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn(name, '')
    const other = await context.newPage()
    const wires: WebSocketRoute[] = []
    let broken = false
    await other.routeWebSocket('**/socket', (wire) => {
      if (broken) return void wire.close()
      wire.connectToServer()
      wires.push(wire)
    })
    const complaints = watch(other)
    await other.goto(new URL('/', url).href)
    const later = new Walk(other, 'ja')
    await later.title(ja.home.back)
    await other.getByText(name).first().waitFor()
    broken = true
    for (const wire of wires) await wire.close()
    await other.getByText(lost.title).waitFor()
    await other.getByText(lost.todo).waitFor()

    await walk.goHome()
    await page.getByRole('button', { name: ja.home.moreFor(name), exact: true }).click()
    await page.getByRole('menuitem', { name: ja.home.rename, exact: true }).click()
    await page.getByRole('dialog').getByLabel(ja.home.name).fill('問い合わせ返信')
    await page.keyboard.press('Enter')
    await page.getByText('問い合わせ返信').first().waitFor()
    expect(await other.getByText('問い合わせ返信').count()).toBe(0)

    broken = false
    await other.getByText('問い合わせ返信').first().waitFor()
    await other.getByText(lost.title).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  }, 90_000)

  test('the app ends under a training and is started anew: the old page says so, and goes on with the new one', async () => {
    const place = join(folder, 'anew')
    const first = await served(place)
    const { page, context } = await come(browser(), first.url)
    const walk = new Walk(page, 'ja')
    await walk.beginSample()
    await walk.startQuickTry('送料はいくらですか。')
    await walk.watchTraining('送料はいくらですか。')
    await first.kill()
    await page.getByText(lost.title).waitFor()
    await page.getByText(lost.safe).waitFor()

    const second = await served(place, { port: Number(new URL(first.url).port) })
    expect(second.url).not.toBe(first.url)
    await page.getByText(refused.title).waitFor()
    await page.getByText(refused.todo).waitFor()

    const anew = await context.newPage()
    await anew.goto(second.url)
    await new Walk(anew, 'ja').title(ja.home.back)
    await page.getByText(refused.title).waitFor({ state: 'detached' })
    await walk.interruptedAt()
    await walk.click(ja.train.resume)
    await walk.title(ja.train.live.learning.tone, 60_000)
  }, 240_000)

  test('a training paused from the strip can go on from there', async () => {
    const { url } = await served(join(folder, 'strip'))
    const { page, complaints } = await come(browser(), url, usual)
    const walk = new Walk(page, 'ja')
    await walk.beginSample()
    await walk.startQuickTry('送料はいくらですか。')
    await walk.watchTraining('送料はいくらですか。')
    await walk.goHome()
    const strip = page.getByRole('region', { name: `${ja.runs.presets.quick} 1` })
    await walk.button(ja.common.pause, strip).click()
    await walk.button(ja.common.resume, strip).waitFor()
    await strip.getByText(ja.common.paused).waitFor()
    await walk.button(ja.common.resume, strip).click()
    await walk.button(ja.common.pause, strip).waitFor()
    await walk.button(ja.common.open, strip).click()
    await walk.waitForEnd()
    expect(complaints).toEqual([])
  }, 240_000)
})
