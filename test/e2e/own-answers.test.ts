// What experts choose, by clicks alone: a model that learns from its own answers by a rule that is set in the drawer, and one
// that gives replies points, each to its end, to what is said of it, and to the export.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { wordsOf } from '../../main/words/errors'
import { figureWords } from '../../main/words/figures'
import { settingsWords } from '../../main/words/settings'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { neiro } from '../fixtures/neiro-cli'
import { usual } from './browser'
import { japanesePairs } from './office-files'
import { takePictures } from './pictures'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-own-answers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('what experts choose', () => {
  const browser = suiteBrowser()
  const language = process.env['NEIRO_E2E_LANGUAGE'] === 'en' ? 'en' : 'ja'
  const words = { en, ja }[language]
  const { train, preferring } = words

  test('its own answers, by a rule of the drawer', async () => {
    const home = join(folder, 'grpo')
    mkdirSync(home)
    const marks = join(home, 'marks.cjs')
    writeFileSync(
      marks,
      "require('node:readline').createInterface({ input: process.stdin }).on('line', () => console.log(0.5))\n"
    )
    const { url } = await served(home, { language })
    const { page, complaints } = await come(browser(), url, { ...usual, language })
    const picture = (name: string): Promise<void> => takePictures(page, `${name}-${language}`)
    const walk = new Walk(page, language)
    await walk.beginSample()
    await page.getByRole('radio', { name: train.presets.quick.title }).check({ timeout: 180_000 })
    await page.getByRole('combobox', { name: settingsWords[language].method.label }).selectOption('grpo')
    await page.getByText(preferring.ways.grpo).waitFor()
    await expect.poll(() => walk.button(train.start).isEnabled(), { timeout: 60_000 }).toBe(true)
    // without a rule it is told which there are, and nothing begins
    await walk.click(train.start)
    await page
      .getByText(wordsOf({ code: 'NO_REWARD_RULE', details: {} }, language).message)
      .first()
      .waitFor()
    const fill = async (id: string, value: string): Promise<void> => {
      await page.locator(`#${id}`).fill(value)
      await page.locator(`#${id}`).blur()
    }
    if (!(await page.locator('#rewardLength').isVisible())) await page.getByText(train.drawer).click()
    await fill('rewardLength', '-30')
    await fill('answersPerQuestion', '4')
    await fill('answerTokens', '24')
    await fill('maxSteps', '4')
    await fill('batchSize', '4')
    // a program of one's own is chosen here, and agreed to at the terminal: no page can say that
    await walk.click(train.judges.choose)
    const places = page.getByRole('dialog', { name: words.common.browser.choose.program })
    await places.getByRole('button', { name: 'marks.cjs' }).click()
    await walk.button(words.common.browser.theseFiles(1), places).click()
    const asked = page.getByRole('dialog', { name: train.judges.askTitle('marks.cjs') })
    await asked.getByText(train.judges.askText).waitFor()
    await picture('grpo-agree')
    await walk.button(train.judges.look, asked).click()
    await asked.getByText(train.judges.notYet).waitFor()
    const agreed = await neiro(['agree', marks, '--run-program'], {
      HOME: home,
      NEIRO_HOME: join(home, 'neiro')
    })
    expect(agreed.status, agreed.stderr).toBe(0)
    await walk.button(train.judges.look, asked).click()
    await asked.waitFor({ state: 'hidden' })
    await page.getByText('marks.cjs').waitFor()
    await picture('grpo-drawer')
    await expect.poll(() => page.locator('[aria-busy=true]').count(), { timeout: 60_000 }).toBe(0)
    await walk.click(train.start)
    await walk.waitForEnd()
    await page
      .getByText(figureWords('reward', language, 'grpo').heldOut ?? '')
      .first()
      .waitFor()
    const shown = page.getByRole('combobox', { name: train.chart.views })
    await shown.selectOption({ label: figureWords('divergence', language, 'grpo').plain })
    await picture('grpo-end')
    // the same again is marked by the same program
    await walk.click(train.sameAgain)
    await walk.title(train.title)
    if (!(await page.locator('#rewardLength').isVisible())) await page.getByText(train.drawer).click()
    await page.getByText('marks.cjs').waitFor()
    await page.getByRole('combobox', { name: settingsWords[language].method.label }).selectOption('ppo')
    await page.getByText('marks.cjs').scrollIntoViewIfNeeded()
    await picture('ppo-drawer')
    await page.goBack()
    await walk.title(train.live.finished)
    await walk.click(train.compare)
    await walk.compared()
    expect(complaints).toEqual([])
  }, 400_000)

  test('points for replies', async () => {
    const { url } = await served(join(folder, 'reward'), { language })
    const { page, complaints } = await come(browser(), url, { ...usual, language })
    const picture = (name: string): Promise<void> => takePictures(page, `${name}-${language}`)
    const walk = new Walk(page, language)
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const rows = japanesePairs()
      .slice(0, 40)
      .map(({ question, answer }) => [question, answer, 'わかりません。'].map(cell).join(','))
    await walk.title(words.home.welcome)
    await walk.click(words.home.ownFiles)
    const dialog = page.getByRole('dialog', { name: words.home.createTitle })
    await dialog.getByLabel(words.home.name).fill('points')
    await walk.button(words.home.create, dialog).click()
    await walk.title(words.goal.title)
    await page.getByRole('radio', { name: words.goal.kinds.prefer.title }).check()
    await walk.click(words.goal.next)
    await walk.title(words.data.titleEmpty)
    await walk.drop('points.csv', Buffer.from(`質問,良い回答,悪い回答\r\n${rows.join('\r\n')}\r\n`))
    await walk.title(words.data.title)
    await walk.onToTraining()
    await page.getByRole('radio', { name: train.presets.quick.title }).check({ timeout: 180_000 })
    await page.getByRole('combobox', { name: settingsWords[language].method.label }).selectOption('reward')
    await page.getByText(preferring.ways.reward).waitFor()
    // it begins with the model, whatever was learnt before
    expect(await page.getByText(preferring.start.title).count()).toBe(0)
    await expect.poll(() => walk.button(train.start).isEnabled(), { timeout: 60_000 }).toBe(true)
    await walk.click(train.start)
    await walk.waitForEnd()
    await picture('reward-end')
    await walk.click(train.compare)
    await page
      .getByRole('heading', { level: 1, name: new RegExp(preferring.points.title('100\\s%', '\\d+')) })
      .waitFor({ timeout: 60_000 })
    await page.getByText(preferring.points.meaning).waitFor()
    await picture('reward-compare')
    await walk.click(words.compare.next)
    await walk.title(words.exporting.title)
    await picture('reward-export')
    const [merged = ''] = await walk.takeHome(['merged'])
    expect(JSON.parse(readFileSync(join(merged, 'config.json'), 'utf8'))).toMatchObject({ num_labels: 1 })
    expect(complaints).toEqual([])
  }, 400_000)
})
