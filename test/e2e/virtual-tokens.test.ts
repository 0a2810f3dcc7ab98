// An adapter of learnt tokens before each example, by clicks alone: chosen in the drawer with its own settings and none of LoRA's,
// trained, compared, and taken home in the one form that it has.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { wordsOf } from '../../main/words/errors'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { usual } from './browser'
import { japanesePairs } from './office-files'
import { takePictures } from './pictures'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-virtual-tokens-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const rows = japanesePairs()
  .slice(0, 24)
  .map(({ question, answer }) => `"${question}","${answer}"`)
const faq = Buffer.from(['質問,回答', ...rows].join('\r\n'))

describeWindow('learnt tokens before each example', () => {
  const browser = suiteBrowser()
  const language = process.env['NEIRO_E2E_LANGUAGE'] === 'en' ? 'en' : 'ja'
  const words = { en, ja }[language]
  const { train } = words

  test('chosen in the drawer, trained, and taken home as PEFT alone', async () => {
    const { url } = await served(join(folder, language), { language })
    const { page, complaints } = await come(browser(), url, { ...usual, language })
    const walk = new Walk(page, language)
    await walk.beginOwn('tokens', '')
    await walk.drop('faq.csv', faq)
    await walk.onToTraining()
    await page.getByRole('radio', { name: train.presets.quick.title }).check({ timeout: 180_000 })
    if (!(await page.locator('#loraRank').isVisible())) await page.getByText(train.drawer).click()
    await page.locator('#adapter').selectOption('p-tuning')
    await page.locator('#encoderWidth').waitFor()
    for (const gone of ['loraRank', 'loraAlpha', 'targetPattern', 'wholeModules'])
      expect(await page.locator(`#${gone}`).count(), gone).toBe(0)
    for (const [id, value] of Object.entries({ virtualTokens: '6', learningRate: '0.01', maxSteps: '4' })) {
      await page.locator(`#${id}`).fill(value)
      await page.locator(`#${id}`).blur()
    }
    await page.locator('#virtualTokens').scrollIntoViewIfNeeded()
    await takePictures(page, `tokens-drawer-${language}`)
    await expect.poll(() => walk.button(train.start).isEnabled(), { timeout: 60_000 }).toBe(true)
    await walk.click(train.start)
    await walk.waitForEnd()
    await walk.click(train.compare)
    await walk.compared()
    await walk.click(words.compare.next)
    await walk.title(words.exporting.title)
    await page.getByText(wordsOf({ code: 'NOT_MERGEABLE', details: {} }, language).message).waitFor()
    expect(await page.getByRole('heading', { name: words.exporting.kinds.merged.title }).count()).toBe(0)
    await takePictures(page, `tokens-export-${language}`)
    const [dir = ''] = await walk.takeHome(['peft'])
    const config = JSON.parse(readFileSync(join(dir, 'adapter_config.json'), 'utf8')) as object
    expect(config).toMatchObject({ peft_type: 'P_TUNING', num_virtual_tokens: 6 })
    expect(complaints).toEqual([])
  }, 400_000)
})
