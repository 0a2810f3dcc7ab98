// By clicks, of a model that a service keeps: the office forbids it and allows it again, the line is cut, and it answers
// beside a training of this PC.
import { rmSync, writeFileSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Language } from '../../main/contract/language'
import { cloudWords } from '../../main/words/cloud'
import { wordsOf } from '../../main/words/errors'
import type { PlayedOpenAi } from '../services/runners/played-openai'
import type { Walk } from './walk'

/** What stands in the sample may look personal: then a word of its own is needed. */
export async function agree(leaving: Locator, button: Locator): Promise<void> {
  await button.waitFor()
  if (await button.isDisabled()) await leaving.getByRole('switch').click()
  await button.click()
}

/** In a conversation that was agreed to. */
export async function forbiddenAndCut(
  walk: Walk,
  service: PlayedOpenAi,
  policyFile: string,
  language: Language
): Promise<void> {
  const { page, words } = walk
  const place = `azure:${service.origin}`
  const ask = async (question: string): Promise<void> => {
    await page.getByLabel(words.compare.ask).fill(question)
    await walk.click(words.compare.send)
  }
  const before = service.questions.length
  writeFileSync(policyFile, JSON.stringify({ trainElsewhere: false }))
  await ask('在庫は？')
  const forbidden = { code: 'ELSEWHERE_FORBIDDEN', details: { place, file: policyFile } }
  await page.getByText(wordsOf(forbidden, language).message).waitFor({ timeout: 60_000 })
  expect(service.questions).toHaveLength(before)
  rmSync(policyFile)

  service.troubles.push({ at: /^POST \/chat/, times: 1, cut: 'in the middle' })
  await ask('色は？')
  await page.getByText(cutAt[language](service.origin)).first().waitFor({ timeout: 60_000 })
  expect(service.questions).toHaveLength(before)
  await walk.button(words.compare.send).waitFor()
  await ask('色はどうですか？')
  await expect.poll(() => service.questions.length, { timeout: 60_000 }).toBe(before + 1)
  await walk.button(words.compare.send).waitFor()
}

/** by the name that people know */
const cutAt: Readonly<Record<Language, (origin: string) => RegExp>> = {
  ja: (origin) => new RegExp(`Azure OpenAI \\(${origin}\\) につながりません`),
  en: (origin) => new RegExp(`Azure OpenAI \\(${origin}\\) cannot be reached`)
}

/** In the compare room of a training here, whose own answers are there already. The line is cut once. */
export async function besideHere(
  walk: Walk,
  service: PlayedOpenAi,
  run: string,
  language: Language
): Promise<void> {
  const { page, words } = walk
  const { ways } = words.compare
  const { asking } = cloudWords(language)
  const asked = page.getByRole('dialog', { name: new RegExp(service.origin) })
  const before = service.questions.length
  await page.getByRole('combobox', { name: words.compare.run }).selectOption(run)
  await page.getByRole('tab', { name: words.compare.tabs.pairs }).click()
  await walk.click(ways.open)
  const dialog = page.getByRole('dialog', { name: ways.title })
  await dialog.getByRole('group', { name: asking.ways }).getByRole('switch').first().click()
  await walk.button(ways.begin, dialog).click()
  await asked.getByText(asking.model('office')).waitFor()
  expect(service.questions).toHaveLength(before)
  service.troubles.push({ at: /^POST \/chat/, times: 1, cut: 'in the middle' })
  await agree(asked, walk.button(asking.agree, asked))
  await page.getByText(cutAt[language](service.origin)).first().waitFor({ timeout: 120_000 })
  // what came is kept, and the rest is asked after another word
  await page
    .getByRole('button', { name: new RegExp(`^(${words.compare.goOn}|${words.compare.start})$`) })
    .click()
  await agree(asked, walk.button(asking.agree, asked))
  await expect.poll(() => service.questions.length, { timeout: 60_000 }).toBeGreaterThan(before)
  await page
    .getByRole('progressbar', { name: words.compare.answering })
    .waitFor({ state: 'detached', timeout: 180_000 })
  await page.locator('.others').getByText(service.answer('office', '')).first().waitFor({ timeout: 60_000 })
  await walk.button(words.compare.goOn).waitFor({ state: 'detached' })
}
