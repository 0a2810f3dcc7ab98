// What is to be seen in each picture: an address, and the state of the page before the shutter opens.
import type { Browser, Page } from 'playwright-core'
import type { Language } from '../../main/contract/language'
import { remoteWords } from '../../main/words/remote'
import { settingsWords } from '../../main/words/settings'
import { sweepWords } from '../../main/words/sweep'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { usual, visit } from '../e2e/browser'
import type { Furnished } from '../e2e/furnished'
import { roomAt, type Served } from '../e2e/served'
import { compareTitle } from '../e2e/titles'
import { Walk } from '../e2e/walk'

export interface Shot {
  readonly name: string
  readonly hash: string
  readonly ready: (page: Page) => Promise<void>
}

/** The question itself of "e.g. Do you wrap gifts?" */
const asked = (example: string): string => example.replace(/^(例：|e\.g\. )/, '')

/** a training on a busy machine */
const patience = 600_000

const wordsOf = (language: Language): typeof ja => (language === 'ja' ? ja : en)

/** null: the app as it is started for the first time. */
export function shots(furnished: Furnished | null, language: Language): readonly Shot[] {
  const words = wordsOf(language)
  const titled =
    (title: string | RegExp, then: (page: Page) => Promise<void> = async () => undefined) =>
    async (page: Page): Promise<void> => {
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
      await then(page)
    }
  const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click()
  if (!furnished)
    return [
      { name: 'home-empty', hash: '#home', ready: titled(words.home.welcome) },
      {
        name: 'home-new-project',
        hash: '#home',
        ready: titled(words.home.welcome, (page) =>
          page.getByRole('button', { name: words.home.ownFiles }).click()
        )
      },
      { name: 'runs-empty', hash: '#runs', ready: titled(words.runs.title) }
    ]
  const { sample, run, own } = furnished
  const { data, model, train, compare } = words
  return [
    {
      name: 'home',
      hash: '#home',
      ready: titled(words.home.back, (page) => page.getByRole('heading', { level: 2 }).first().waitFor())
    },
    {
      name: 'home-menu',
      hash: '#home',
      ready: titled(words.home.back, (page) =>
        page.getByRole('button', { name: words.home.moreFor(furnished.ownName) }).click()
      )
    },
    { name: 'runs', hash: '#runs', ready: titled(words.runs.title) },
    {
      name: 'models',
      hash: '#models',
      ready: titled(model.modelsTitle, (page) => page.getByText('MIT').first().waitFor())
    },
    { name: 'settings', hash: '#settings', ready: titled(words.settings.title) },
    {
      name: 'settings-below',
      hash: '#settings',
      ready: titled(words.settings.title, (page) =>
        page
          .getByRole('heading', { level: 2 })
          .last()
          .evaluate((heading) => heading.scrollIntoView({ block: 'end' }))
      )
    },
    { name: 'goal', hash: `#goal?project=${own}`, ready: titled(words.goal.title) },
    {
      name: 'data',
      hash: `#data?project=${own}`,
      ready: titled(data.title, (page) => page.getByText(data.learnt).waitFor())
    },
    {
      name: 'data-below',
      hash: `#data?project=${own}`,
      ready: titled(data.title, (page) =>
        page
          .getByRole('heading', { name: data.lengthTitle })
          .evaluate((heading) => heading.scrollIntoView({ block: 'start' }))
      )
    },
    { name: 'data-rows', hash: `#data?project=${own}`, ready: titled(data.title, tab(data.tabs.rows)) },
    {
      name: 'data-check',
      hash: `#data?project=${own}`,
      ready: titled(data.title, async (page) => {
        await tab(data.tabs.check)(page)
        await page.locator('ul.sheet li').first().waitFor({ timeout: 60_000 })
      })
    },
    { name: 'data-refused', hash: `#data?project=${own}`, ready: titled(data.title, tab(data.tabs.refused)) },
    {
      name: 'data-help',
      hash: `#data?project=${own}`,
      ready: titled(data.title, (page) => page.getByRole('button', { name: words.common.help }).click())
    },
    {
      name: 'data-browser',
      hash: `#data?project=${own}`,
      ready: titled(data.title, async (page) => {
        await page.getByRole('button', { name: data.chooseFolder }).click()
        await page.getByRole('dialog').getByRole('listitem').first().waitFor()
      })
    },
    {
      name: 'model',
      hash: `#model?project=${own}`,
      ready: titled(model.title, (page) => page.getByRole('meter').first().waitFor())
    },
    {
      name: 'train-before',
      hash: `#train?project=${own}`,
      ready: titled(train.title, (page) => page.getByRole('meter').first().waitFor())
    },
    {
      name: 'train-drawer',
      hash: `#train?project=${own}`,
      ready: titled(train.title, async (page) => {
        const drawer = page.getByRole('button', { name: train.drawer })
        await drawer.click()
        await drawer.evaluate((button) => button.scrollIntoView())
      })
    },
    {
      name: 'train-pruning',
      hash: `#train?project=${own}`,
      ready: titled(train.title, async (page) => {
        await page.getByRole('button', { name: train.drawer }).click()
        const said = settingsWords[language]
        await page.getByRole('combobox', { name: said.method.label }).selectOption('full')
        const pruning = page.getByRole('combobox', { name: said.pruning.label })
        await pruning.selectOption('layer')
        await pruning.evaluate((field) => field.scrollIntoView({ block: 'center' }))
      })
    },
    {
      name: 'train-device',
      hash: `#train?project=${own}`,
      ready: titled(train.title, async (page) => {
        await page.getByRole('button', { name: train.drawer }).click()
        const device = page.getByRole('combobox', { name: settingsWords[language].device.label })
        await device.evaluate((field) => field.scrollIntoView({ block: 'center' }))
      })
    },
    {
      name: 'train-service',
      hash: `#train?project=${own}`,
      ready: titled(train.title, async (page) => {
        const say = remoteWords(language).room
        await page.getByRole('button', { name: say.title }).click()
        const azure = page.getByRole('radio', { name: say.kinds.azure.title })
        await azure.check()
        await azure.evaluate((choice) => choice.scrollIntoView())
      })
    },
    {
      name: 'train-sweep',
      hash: `#train?project=${own}`,
      ready: titled(train.title, async (page) => {
        const say = sweepWords[language]
        await page.getByRole('button', { name: say.title }).click()
        await page.getByRole('button', { name: say.add }).click()
        await page.getByRole('combobox', { name: say.setting }).last().selectOption('schedule')
        await page.getByRole('button', { name: say.title }).evaluate((head) => head.scrollIntoView())
      })
    },
    {
      name: 'train-after',
      hash: `#train?project=${sample}&run=${run}`,
      ready: titled(train.live.finished, (page) => page.locator('canvas').waitFor())
    },
    {
      name: 'compare',
      hash: `#compare?project=${sample}`,
      ready: titled(compareTitle(words), (page) => page.getByText(compare.scores).first().waitFor())
    },
    {
      name: 'compare-vote',
      hash: `#compare?project=${sample}`,
      ready: titled(compareTitle(words), async (page) => {
        await tab(compare.tabs.vote)(page)
        await page.getByLabel(compare.vote.voter).fill(language === 'ja' ? '山田' : 'Ann')
        await page.getByRole('button', { name: compare.vote.begin }).click()
        await page.getByText(compare.vote.keys).waitFor()
      })
    },
    {
      name: 'compare-vote-before',
      hash: `#compare?project=${sample}`,
      ready: titled(compareTitle(words), tab(compare.tabs.vote))
    },
    {
      name: 'compare-scores',
      hash: `#compare?project=${sample}`,
      ready: titled(compareTitle(words), async (page) => {
        await tab(compare.tabs.scores)(page)
        await page.getByRole('table').first().waitFor({ timeout: 60_000 })
      })
    },
    {
      name: 'compare-scores-below',
      hash: `#compare?project=${sample}`,
      ready: titled(compareTitle(words), async (page) => {
        await tab(compare.tabs.scores)(page)
        const save = page.getByRole('button', { name: compare.counted.saveReport })
        await save.waitFor({ timeout: 60_000 })
        await save.scrollIntoViewIfNeeded()
      })
    },
    {
      name: 'compare-chat',
      hash: `#compare?project=${sample}`,
      ready: titled(compareTitle(words), async (page) => {
        await tab(compare.tabs.chat)(page)
        await page.getByLabel(compare.ask).fill(asked(compare.askExample))
        await page.getByRole('button', { name: compare.send }).click()
        await page.getByRole('button', { name: compare.send }).waitFor({ timeout: 120_000 })
      })
    },
    {
      name: 'export',
      hash: `#export?project=${sample}`,
      ready: titled(words.exporting.title, (page) =>
        page.getByRole('img', { name: words.exporting.stamp }).waitFor()
      )
    },
    {
      name: 'export-below',
      hash: `#export?project=${sample}`,
      ready: titled(words.exporting.title, async (page) => {
        await page.getByRole('img', { name: words.exporting.stamp }).waitFor()
        await page
          .getByRole('heading', { name: words.api.title })
          .evaluate((heading) => heading.scrollIntoView({ block: 'start' }))
      })
    }
  ]
}

/** A project whose documents are gone on with, made by clicks, in its rooms before a training. */
export async function lookAtDocuments(
  browser: Browser,
  served: Served,
  language: Language,
  take: (shot: Shot) => Promise<void>
): Promise<void> {
  const words = wordsOf(language)
  const { page, context } = await visit(browser, served.url, { ...usual, language })
  const walk = new Walk(page, language)
  await page.goto(roomAt(served.url, '#home'))
  await walk.click(words.home.newProject)
  const dialog = page.getByRole('dialog', { name: words.home.createTitle })
  await dialog.getByLabel(words.home.name).fill(language === 'ja' ? '社内規程' : 'House rules')
  await walk.button(words.home.create, dialog).click()
  await walk.title(words.goal.title)
  await page.getByRole('radio', { name: words.goal.kinds.documents.title }).check()
  const titled =
    (title: string, then: (at: Page) => Promise<void> = async () => undefined) =>
    async (at: Page): Promise<void> => {
      await at.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
      await then(at)
    }
  const here = (): string => new URL(page.url()).hash
  await take({ name: 'documents-goal', hash: here(), ready: titled(words.goal.title) })
  await walk.click(words.goal.next)
  await walk.title(words.documents.data.titleEmpty)
  await take({ name: 'documents-empty', hash: here(), ready: titled(words.documents.data.titleEmpty) })
  const text = Array.from(
    { length: 120 },
    (_, at) => `第${at + 1}条　出張の${at}件目は、所属長の承認を得て行う。`
  )
  await walk.drop('rules.txt', Buffer.from(text.join('\n\n')))
  await walk.title(words.documents.data.title)
  await take({ name: 'documents-data', hash: here(), ready: titled(words.documents.data.title) })
  await walk.onToTraining()
  await take({
    name: 'documents-train',
    hash: here(),
    ready: titled(words.train.title, (at) => at.getByRole('meter').first().waitFor({ timeout: 60_000 }))
  })
  // and what came of a training
  await page.getByRole('radio', { name: words.train.presets.quick.title }).check({ timeout: 180_000 })
  await walk.click(words.train.start)
  await walk.title(words.train.live.finished, patience)
  const after = here()
  await take({
    name: 'documents-after',
    hash: after,
    ready: titled(words.train.live.finished, (at) => at.locator('canvas').waitFor())
  })
  await walk.click(words.train.compare)
  await page.getByText(words.documents.beginning, { exact: true }).waitFor({ timeout: patience })
  await page
    .getByRole('progressbar', { name: words.compare.answering })
    .waitFor({ state: 'detached', timeout: patience })
  const compared = here()
  const seen = (at: Page): Promise<void> => at.getByRole('tab').first().waitFor()
  await take({
    name: 'documents-compare',
    hash: compared,
    ready: (at) => at.getByText(words.documents.beginning, { exact: true }).waitFor({ timeout: 60_000 })
  })
  for (const name of ['try', 'chat'] as const)
    await take({
      name: `documents-${name}`,
      hash: compared,
      ready: async (at) => {
        await seen(at)
        await at.getByRole('tab', { name: words.documents.tabs[name] }).click()
      }
    })
  await take({
    name: 'documents-export',
    hash: compared.replace('#compare', '#export'),
    ready: titled(words.exporting.title)
  })
  await context.close()
}

/** Starts a training by clicks and takes the pictures that need one. */
export async function lookAtRun(
  browser: Browser,
  served: Served,
  { sample }: Furnished,
  language: Language,
  take: (shot: Shot) => Promise<void>
): Promise<void> {
  const words = wordsOf(language)
  const { page, context } = await visit(browser, served.url, { ...usual, language })
  const walk = new Walk(page, language)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.goto(roomAt(served.url, `#train?project=${sample}&run=new`))
  await page.getByRole('radio', { name: words.train.presets.quality.title }).check()
  await page.getByLabel(words.train.questionsTitle).fill(asked(words.train.questionsExample))
  await walk.click(words.train.start)
  await walk.title(words.train.live.learning.tone, 120_000)
  const hash = new URL(page.url()).hash
  await page
    .getByText(/50|60|70/)
    .first()
    .waitFor({ timeout: 120_000 })
    .catch(() => undefined)
  await take({
    name: 'train-live',
    hash,
    ready: (at) => at.locator('canvas').waitFor({ timeout: 60_000 })
  })
  await take({
    name: 'home-training',
    hash: '#home',
    ready: (at) => at.getByRole('heading', { level: 1, name: words.home.back }).waitFor()
  })
  await walk.click(words.common.pause)
  await walk.title(words.train.live.paused)
  await take({
    name: 'train-paused',
    hash,
    ready: (at) => at.getByRole('heading', { level: 1, name: words.train.live.paused }).waitFor()
  })
  await take({
    name: 'runs-overlaid',
    hash: '#runs',
    ready: async (at) => {
      await at.getByRole('checkbox').nth(1).waitFor()
      for (const box of await at.getByRole('checkbox').all()) await box.check()
      await at.locator('canvas').waitFor()
    }
  })
  await context.close()
}
