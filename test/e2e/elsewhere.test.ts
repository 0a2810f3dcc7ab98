// A training on another machine by clicks: what would leave is shown first, nothing is connected to before the user agrees,
// a refusal leaves nothing, and the result comes home. A folder in Japanese, a Ray cluster (played) in English, an Azure resource
// (played) in both.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { remoteWords } from '../../main/words/remote'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import type { Language } from '../../main/contract/language'
import { adapterThere, stepLine } from '../services/runners/played-place'
import { PlayedCluster } from '../services/runners/played-cluster'
import { PlayedOpenAi } from '../services/runners/played-openai'
import { faults } from './axe'
import { usual } from './browser'
import { furnishedWindow } from './furnished-window'
import { roomAt } from './served'
import { come, describeWindow, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-elsewhere-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function opened(
  browser: Browser,
  { served, furnished }: ReturnType<ReturnType<typeof furnishedWindow>>,
  language: Language
) {
  const { page } = await come(browser, served.url, { ...usual, language })
  const walk = new Walk(page, language)
  const words = language === 'ja' ? ja : en
  const say = remoteWords(language).room
  await page.goto(roomAt(served.url, '#settings'))
  await page.getByText(language === 'ja' ? '日本語' : 'English', { exact: true }).click()
  await walk.title(words.settings.title)
  await page.goto(roomAt(served.url, `#train?project=${furnished.sample}&run=new`))
  await walk.title(words.train.title)
  await page.getByRole('button', { name: say.title }).click()
  return { page, walk, words, say }
}

describeWindow('a training on another machine', () => {
  const browser = suiteBrowser()
  const window = furnishedWindow(folder)
  const cluster = new PlayedCluster()
  beforeAll(() => cluster.start())
  afterAll(() => cluster.stop())

  const open = (language: Language) => opened(browser(), window(), language)

  test('into a folder, and back from it', async () => {
    const { page, walk, words, say } = await open('ja')
    const { browser: files } = words.common
    const look = walk.button(say.look)
    await look.waitFor()
    expect(await look.isDisabled()).toBe(true)
    await walk.button(say.choose).click()
    const chooser = page.getByRole('dialog')
    await walk.button(files.thisFolder, chooser).click()
    await chooser.waitFor({ state: 'detached' })
    await look.click()
    const leaving = page.getByRole('dialog')
    await leaving.getByText(/お手本 \d+ 件と検証用のお手本 \d+ 件の文章すべて/).waitFor()
    await leaving.getByText(say.kept).waitFor()
    expect(await faults(page)).toEqual([])
    const before = readdirSync(folder)
    await walk.button(say.agree.folder, leaving).click()
    await walk.title(say.byHand)
    const [name = ''] = readdirSync(folder).filter((one) => !before.includes(one))
    const dir = join(folder, name)
    await page.getByText(say.byHandText(dir)).waitFor()
    expect(readdirSync(dir)).toEqual(expect.arrayContaining(['README.md', 'recipe.json', 'train.py']))
    expect(await walk.button(words.train.resume).count()).toBe(0)
    await page.getByRole('navigation').getByText(say.awaited).waitFor()
    // home says so too, and leads to where it is taken back
    await walk.goHome()
    await page.getByRole('heading', { name: words.home.headline.awaited }).waitFor()
    await page.getByText(words.home.state.awaited).first().waitFor()
    expect(await page.getByText(words.home.state.paused).count()).toBe(0)
    await walk.click(words.home.go.awaited)
    await walk.title(say.byHand)

    trained(dir)
    await walk.button(say.takeBack).click()
    const home = page.getByRole('dialog')
    await home.getByLabel(files.path).fill(dir)
    await walk.button(files.goTo, home).click()
    await walk.button(files.thisFolder, home).click()
    await walk.title(words.train.live.finished)
    expect(await faults(page)).toEqual([])
  }, 120_000)

  test('to a Ray cluster: refused, nothing is sent; agreed to, it trains there and comes home', async () => {
    const { page, walk, words, say } = await open('en')
    await page.getByRole('radio', { name: say.kinds.ray.title }).check()
    const where = page.getByLabel(say.where.ray)
    await where.fill('10.0.0.5')
    await walk.button(say.look).click()
    await page.getByText(/Write it like http/).waitFor()
    await where.fill(cluster.address)
    await walk.button(say.look).click()
    const leaving = page.getByRole('dialog', { name: new RegExp(cluster.address) })
    await leaving.getByText(/the weights of the base model/).waitFor()
    await walk.button(say.refuse, leaving).click()
    await leaving.waitFor({ state: 'detached' })
    expect(cluster.connections).toBe(0)

    await walk.button(say.look).click()
    await leaving.getByText(say.kept).waitFor()
    expect(cluster.connections).toBe(0)
    await walk.button(say.agree.ray, leaving).click()
    await page.getByText(say.trains(remoteWords('en').places.ray(cluster.address))).waitFor()
    expect(await faults(page)).toEqual([])
    await expect.poll(() => cluster.asked).toContain('POST /api/jobs/')
    cluster.finished(10)
    await walk.title(words.train.live.finished, 30_000)
    await page.getByText(say.trained(remoteWords('en').places.ray(cluster.address))).waitFor()
  }, 120_000)
})

describeWindow('a training at a service', () => {
  const browser = suiteBrowser()
  const window = furnishedWindow(folder)

  test.each(['ja', 'en'] as const)(
    'in Azure, by its key and after a word (%s)',
    async (language) => {
      const azure = new PlayedOpenAi()
      await azure.start()
      try {
        const { page, walk, words, say } = await opened(browser(), window(), language)
        const { cloud } = say
        await page.getByRole('radio', { name: say.kinds.azure.title }).check()
        const look = walk.button(say.look)
        expect(await look.isDisabled()).toBe(true)
        await page.getByLabel(cloud.where.azure).fill(azure.origin)
        await page.getByLabel(cloud.model, { exact: true }).fill('gpt-4.1-mini-2025-04-14')
        await page.getByLabel(cloud.price).fill('abc')
        await page.getByText(cloud.priceProblem).waitFor()
        await page.getByLabel(cloud.price).fill('３')
        await page.getByText(cloud.keyStates.none).waitFor()
        expect(await look.isDisabled()).toBe(true)
        await page.getByLabel(cloud.key, { exact: true }).fill('az-e2e')
        await walk.button(cloud.keepKey).click()
        await page.getByText(cloud.keyStates.kept).waitFor()
        expect(await page.getByLabel(cloud.key, { exact: true }).inputValue()).toBe('')
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-${language}`)
        await look.click()
        const leaving = page.getByRole('dialog', { name: new RegExp(azure.origin) })
        await leaving.getByText(/3/).first().waitFor()
        const agree = walk.button(say.agree.azure, leaving)
        if (await agree.isDisabled()) await leaving.getByRole('switch').click()
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-leaving-${language}`)
        await walk.button(say.refuse, leaving).click()
        await leaving.waitFor({ state: 'detached' })
        await look.click()
        await leaving.getByText(say.kept).waitFor()
        expect(azure.connections).toBe(0)
        azure.script.push(
          (job) => {
            job.status = 'running'
            azure.step(job, 1, 2, { full_valid_loss: 2 })
          },
          (job) => {
            azure.step(job, 2, 2, { full_valid_loss: 1 })
            azure.succeed(job, 'gpt-4.1-mini.ft-office')
          }
        )
        if (await agree.isDisabled()) await leaving.getByRole('switch').click()
        await agree.click()
        const place = remoteWords(language).places.azure(azure.origin)
        await page.getByText(cloud.result('gpt-4.1-mini.ft-office', place)).waitFor({ timeout: 60_000 })
        await walk.title(words.train.live.finished)
        expect([...azure.keys]).toEqual(['Bearer az-e2e'])
        // nothing leads to where it could not be compared
        expect(await walk.button(words.train.compare).count()).toBe(0)
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-finished-${language}`)
      } finally {
        await azure.stop()
      }
    },
    180_000
  )
})

/** Looked at where NEIRO_SHOTS names a folder. */
async function shot(page: Page, name: string): Promise<void> {
  const into = process.env['NEIRO_SHOTS']
  if (into === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(into, `${name}-${colorScheme}.png`), fullPage: true })
  }
}

/** What train.py leaves when it has come to its end. */
function trained(dir: string): void {
  const write = (name: string, text: string): void => {
    mkdirSync(join(dir, 'output/adapter'), { recursive: true })
    writeFileSync(join(dir, 'output', name), text)
  }
  expect(readFileSync(join(dir, 'README.md'), 'utf8')).toContain('neiro take-back')
  expect(basename(dir)).not.toBe('')
  write('status.json', JSON.stringify({ state: 'finished', step: 40, total_steps: 40, checkpoint: 40 }))
  write('metrics.jsonl', `${JSON.stringify(stepLine(40))}\n`)
  const entries = Object.entries(adapterThere).map(([name, text]) => {
    write(`adapter/${name}`, text)
    return { name, size: text.length, sha256: createHash('sha256').update(text).digest('hex') }
  })
  write('adapter/sealed.json', JSON.stringify({ files: entries }))
}
