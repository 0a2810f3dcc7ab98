// A preference that is taught, by clicks alone: the goal, a table of two replies to each question, its columns, the model that
// is built in, a quick try with its curves, what it came to on what was held out, and the model taken home.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { figureWords } from '../../main/words/figures'
import { wordsOf } from '../../main/words/errors'
import { settingsWords } from '../../main/words/settings'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { usual } from './browser'
import { japanesePairs } from './office-files'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-preferring-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
/** The company's reply is preferred to a blunt one. */
const rows = japanesePairs()
  .slice(0, 60)
  .map(({ question, answer }, at) => [
    question,
    answer,
    at % 2 === 0 ? 'わかりません。' : '自分で調べてください。'
  ])
  .map((cells) => cells.map(cell))
const table = `質問,良い回答,悪い回答\r\n${rows.map((cells) => cells.join(',')).join('\r\n')}\r\n`

describeWindow('a preference that is taught', () => {
  const browser = suiteBrowser()

  // the words of the other language are held to the same by their type; NEIRO_E2E_LANGUAGE=en walks in them
  const language = process.env['NEIRO_E2E_LANGUAGE'] === 'en' ? 'en' : 'ja'
  const words = { en, ja }[language]

  test('from the goal to the export', async () => {
    const { url } = await served(join(folder, language), { language })
    const { page, complaints } = await come(browser(), url, { ...usual, language })
    const walk = new Walk(page, language)
    const { preferring, data, train, compare } = words

    await walk.title(words.home.welcome)
    await walk.click(words.home.ownFiles)
    const dialog = page.getByRole('dialog', { name: words.home.createTitle })
    await dialog.getByLabel(words.home.name).fill('likes')
    await walk.button(words.home.create, dialog).click()
    await walk.title(words.goal.title)
    await page.getByRole('radio', { name: words.goal.kinds.prefer.title }).check()
    await page.getByRole('status').getByText(preferring.advice.title).waitFor()
    await walk.click(words.goal.next)

    await walk.title(data.titleEmpty)
    await walk.drop('likes.csv', Buffer.from(table))
    await walk.title(data.title)
    await walk.mapped('質問', data.roles.question)
    await walk.mapped('良い回答', data.roles.chosen)
    await walk.mapped('悪い回答', data.roles.rejected)
    await page.locator('.chat').getByText(preferring.data.verdicts.rejected, { exact: true }).waitFor()
    await page.getByText(preferring.data.few('60')).waitFor()
    // the other way round, and back: what stands in the preview is what is learnt
    const side = (column: string): ReturnType<typeof page.getByRole> =>
      page.getByRole('combobox', { name: column })
    await side('良い回答').selectOption({ label: data.roles.rejected })
    await page.locator('.chat .learn').getByText('わかりません。').waitFor()
    await walk.click(data.mappingBack)
    await page.locator('.chat .learn').getByText('月しろ茶舗').waitFor()
    await page.getByRole('tab', { name: data.tabs.rows }).click()
    await page.getByText(`${preferring.data.other}わかりません。`).first().waitFor()
    // the other reply is put right as the preferred one is
    await page.getByRole('button', { name: data.edit, exact: true }).first().click()
    const edit = page.getByRole('dialog', { name: data.edit })
    await edit.getByLabel(preferring.data.verdicts.rejected).fill('')
    await edit.getByText(preferring.data.emptyChoice).waitFor()
    await edit.getByLabel(preferring.data.verdicts.rejected).fill('それは存じません。')
    await walk.button(data.saveEdit, edit).click()
    await page.getByText(`${preferring.data.other}それは存じません。`).waitFor()

    await walk.onToTraining()
    await page.getByText(preferring.start.none).waitFor({ timeout: 180_000 })
    await page.getByText(train.reasons['FROM_BASE']?.({}) ?? '').waitFor()
    // another way is chosen and planned, and what the data cannot teach is said
    const way = page.getByRole('combobox', { name: settingsWords[language].method.label })
    expect(await way.locator('option').count()).toBe(5)
    await way.selectOption('kto')
    await page.getByText(preferring.ways.kto).waitFor()
    await page
      .getByText(wordsOf({ code: 'NO_RATED_ROWS', details: {} }, language).message)
      .first()
      .waitFor()
    await way.selectOption('orpo')
    await page.getByText(preferring.ways.orpo).waitFor()
    expect(await page.getByRole('radio', { name: train.custom }).isChecked()).toBe(true)
    await expect.poll(() => page.getByRole('button', { name: train.start }).isEnabled()).toBe(true)
    await page.getByRole('radio', { name: train.presets.quick.title }).check()
    await page.getByText(preferring.ways.dpo).waitFor()
    await walk.click(train.start)
    await walk.waitForEnd()
    await page
      .getByText(figureWords('rewardAccuracy', language, 'dpo').heldOut ?? '')
      .first()
      .waitFor()
    const shown = page.getByRole('combobox', { name: train.chart.views })
    // its loss is not called what the scores call so
    await shown.selectOption({ label: figureWords('loss', language, 'dpo').plain })
    await shown.selectOption({ label: figureWords('rewardMargin', language, 'dpo').plain })
    await page
      .getByRole('img', { name: new RegExp(figureWords('rewardMargin', language, 'dpo').training) })
      .waitFor()

    await walk.click(train.compare)
    await page
      .getByRole('heading', { level: 1, name: preferring.result.title('100\u00a0%') })
      .waitFor({ timeout: 180_000 })
    await page.getByRole('tab', { name: compare.tabs.scores }).click()
    await page.getByRole('row', { name: preferring.result.accuracy }).waitFor({ timeout: 60_000 })

    await walk.click(compare.next)
    await walk.title(words.exporting.title)
    const [peft = ''] = await walk.takeHome(['peft'])
    expect(JSON.parse(readFileSync(join(peft, 'adapter_config.json'), 'utf8'))).toMatchObject({ r: 16 })
    expect(complaints).toEqual([])
  }, 400_000)

  const rated = `質問,回答,評価\r\n${rows
    .slice(0, 24)
    .flatMap(([question = '', good = '', bad = '']) => [
      [question, good, cell('良い')],
      [question, bad, cell('悪い')]
    ])
    .map((cells) => cells.join(','))
    .join('\r\n')}\r\n`

  test.each([
    ['orpo', table],
    ['cpo', table],
    ['kto', rated]
  ] as const)(
    'by %s, to its end and its adapter',
    async (way, file) => {
      const { url } = await served(join(folder, `${language}-${way}`), { language })
      const { page, complaints } = await come(browser(), url, { ...usual, language })
      const walk = new Walk(page, language)
      const { preferring, data, train } = words

      await walk.title(words.home.welcome)
      await walk.click(words.home.ownFiles)
      const dialog = page.getByRole('dialog', { name: words.home.createTitle })
      await dialog.getByLabel(words.home.name).fill(way)
      await walk.button(words.home.create, dialog).click()
      await walk.title(words.goal.title)
      await page.getByRole('radio', { name: words.goal.kinds.prefer.title }).check()
      await walk.click(words.goal.next)
      await walk.title(data.titleEmpty)
      await walk.drop(`${way}.csv`, Buffer.from(file))
      await walk.title(data.title)
      await walk.mapped('質問', data.roles.question)

      await walk.onToTraining()
      await page.getByRole('radio', { name: train.presets.quick.title }).check({ timeout: 180_000 })
      // ratings alone are learnt by KTO unasked; the others are chosen
      if (way !== 'kto')
        await page.getByRole('combobox', { name: settingsWords[language].method.label }).selectOption(way)
      await page.getByText(preferring.ways[way]).waitFor()
      await expect.poll(() => walk.button(train.start).isEnabled(), { timeout: 60_000 }).toBe(true)
      await walk.click(train.start)
      await walk.waitForEnd()
      await walk.click(train.compare)
      await page
        .getByRole('heading', { level: 1, name: new RegExp(preferring.result.title('\\d+\\s%')) })
        .waitFor({ timeout: 180_000 })
      await walk.click(words.compare.next)
      await walk.title(words.exporting.title)
      const [peft = ''] = await walk.takeHome(['peft'])
      expect(JSON.parse(readFileSync(join(peft, 'adapter_config.json'), 'utf8'))).toMatchObject({ r: 16 })
      expect(complaints).toEqual([])
    },
    400_000
  )
})
