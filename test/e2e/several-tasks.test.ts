// Several tasks in one training, by clicks alone: a file of answers and one of labels, each read as often as is said in the drawer,
// the weight of the labels beside it, to the end, and what the run remembers of it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { figureWords } from '../../main/words/figures'
import { settingsWords } from '../../main/words/settings'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { usual } from './browser'
import { japanesePairs } from './office-files'
import { takePictures } from './pictures'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-several-tasks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const csv = (header: string, rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(
    [header, ...rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))].join(
      '\r\n'
    )
  )
const answers = japanesePairs()
  .slice(0, 30)
  .map(({ question, answer }) => [question, answer])
const labels = Array.from({ length: 40 }, (_, at) =>
  at % 2 === 0 ? [`注文 ${at} の返金をお願いします。`, '返品'] : [`荷物 ${at} がまだ届きません。`, '配送']
)

describeWindow('several tasks at once', () => {
  const browser = suiteBrowser()
  const language = process.env['NEIRO_E2E_LANGUAGE'] === 'en' ? 'en' : 'ja'
  const words = { en, ja }[language]
  const { train, preferring, data } = words

  test('two files, each with its weight', async () => {
    const home = join(folder, language)
    const { url } = await served(home, { language })
    const { page, complaints } = await come(browser(), url, { ...usual, language })
    const picture = (name: string): Promise<void> => takePictures(page, `${name}-${language}`)
    const walk = new Walk(page, language)
    await walk.beginOwn('tasks', '')
    await walk.drop('faq.csv', csv('質問,回答', answers))
    await walk.title(data.title)
    await walk.drop('mails.csv', csv('本文,ラベル', labels))
    await walk.filesSay(data.forExperts)
    await picture('tasks-data')
    await walk.onToTraining()
    await page.getByRole('radio', { name: train.presets.quick.title }).check({ timeout: 180_000 })
    await page
      .getByRole('combobox', { name: settingsWords[language].method.label })
      .selectOption('multi-task')
    await page.getByText(preferring.ways['multi-task']).waitFor()
    if (!(await page.locator('#labelWeight').isVisible())) await page.getByText(train.drawer).click()
    const fill = async (id: string, value: string): Promise<void> => {
      await page.locator(`#${id}`).fill(value)
      await page.locator(`#${id}`).blur()
    }
    await fill('labelWeight', '2')
    await fill('maxSteps', '6')
    await fill('heldOutRatio', '0.2')
    const settled = (): Promise<void> =>
      expect.poll(() => page.locator('[aria-busy=true]').count(), { timeout: 60_000 }).toBe(0)
    await settled()
    const [faq, mails] = [page.getByLabel('faq.csv'), page.getByLabel('mails.csv')]
    // nothing starts with what is no weight
    await faq.fill('たくさん')
    await faq.blur()
    await page.getByText(train.outOfRange('0', '100')).waitFor()
    expect(await walk.button(train.start).isEnabled()).toBe(false)
    await faq.fill('２')
    await faq.blur()
    await mails.fill('0.5')
    await mails.blur()
    await settled()
    // below what stays in sight
    await mails.evaluate((field) => field.scrollIntoView({ block: 'center' }))
    await picture('tasks-drawer')
    await expect.poll(() => walk.button(train.start).isEnabled(), { timeout: 60_000 }).toBe(true)
    await walk.click(train.start)
    await walk.waitForEnd()
    const { fileWeights } = train
    await page
      .getByText(
        fileWeights.ofRun(
          [fileWeights.times('faq.csv', '2'), fileWeights.times('mails.csv', '0.5')].join(
            words.common.between
          )
        )
      )
      .waitFor()
    await page.getByRole('combobox', { name: train.chart.views }).selectOption({
      label: figureWords('accuracy', language, 'multi-task').plain
    })
    await picture('tasks-end')
    const runs = join(home, 'neiro', 'projects', 'tasks', 'runs')
    const [dir = ''] = readdirSync(runs)
    // each kind has a file of its own
    const rows = (part: string, has: string): number =>
      readdirSync(join(runs, dir, 'data'))
        .filter((name) => name.startsWith(part))
        .flatMap((name) => readFileSync(join(runs, dir, 'data', name), 'utf8').split('\n'))
        .filter((line) => line.includes(has)).length
    const [learntLabels, heldLabels] = ['train', 'held-out'].map((part) => rows(part, '"label'))
    const [learntAnswers, heldAnswers] = ['train', 'held-out'].map((part) => rows(part, '"messages"'))
    expect(learntAnswers).toBe(2 * (answers.length - (heldAnswers ?? 0)))
    expect(learntLabels).toBe(Math.floor(0.5 * (labels.length - (heldLabels ?? 0))))
    expect([heldAnswers, heldLabels].every((count) => (count ?? 0) > 0)).toBe(true)
    // the same again has the same weights
    await walk.click(train.sameAgain)
    await walk.title(train.title)
    if (!(await page.locator('#labelWeight').isVisible())) await page.getByText(train.drawer).click()
    expect(await page.getByLabel('mails.csv').inputValue()).toBe('0.5')
    await page.goBack()
    await walk.title(train.live.finished)
    await walk.click(train.compare)
    await walk.compared()
    await picture('tasks-compare')
    expect(complaints).toEqual([])
  }, 400_000)
})
