// A house's documents that are gone on with, by clicks alone: the goal with its honest word, a Word file, a text and a table, what
// is kept out, a quick try, what it came to, unseen pages side by side, a text that is begun, and the model taken home.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { wordsOf } from '../../main/words/errors'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { docx, p } from '../fixtures/write-docx'
import { usual } from './browser'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-documents-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const things = [
  '出張旅費',
  '交際費',
  '備品',
  '会議室',
  '社用車',
  '有給休暇',
  '研修',
  '健康診断',
  '防災訓練',
  '名刺'
]
const ends = [
  'の申請は、所属長の承認を得て行う。',
  'の記録は、総務部が五年間保管する。',
  'の費用は、月末までに精算する。'
]
/** A rule of so many articles: 90 of them are several parts. */
const rule = (subject: string, articles: number): string[] => [
  `${subject}に関する規程`,
  ...Array.from({ length: articles }, (_, at) => {
    const thing = things[(at * 7 + subject.length) % things.length] ?? ''
    return `第${at + 1}条　${subject}に係る${thing}${ends[(at * 5) % ends.length] ?? ''}`
  })
]

describeWindow('documents that are gone on with', () => {
  const browser = suiteBrowser()

  // the words of the other language are held to the same by their type; NEIRO_E2E_LANGUAGE=en walks in them
  const language = process.env['NEIRO_E2E_LANGUAGE'] === 'en' ? 'en' : 'ja'
  const words = { en, ja }[language]

  test('from the goal to the export', async () => {
    const { url } = await served(join(folder, language), { language })
    const { page, complaints } = await come(browser(), url, { ...usual, language })
    const walk = new Walk(page, language)
    const { documents, data, train, compare, goal } = words

    await walk.title(words.home.welcome)
    await walk.click(words.home.ownFiles)
    const dialog = page.getByRole('dialog', { name: words.home.createTitle })
    await dialog.getByLabel(words.home.name).fill('rules')
    await walk.button(words.home.create, dialog).click()
    await walk.title(goal.title)
    await page.getByRole('radio', { name: goal.kinds.documents.title }).check()
    await page.getByRole('status').getByText(documents.advice.title).waitFor()
    await walk.click(goal.next)

    await walk.title(documents.data.titleEmpty)
    await page.getByText(documents.honest).waitFor()
    await walk.drop('travel.docx', docx(rule('旅費', 90).map((line) => p(line))))
    await walk.title(documents.data.title)
    await page.getByRole('heading', { name: documents.data.mapTitle }).waitFor()
    await page.getByText(documents.data.mapText).waitFor()
    // nothing is to be mapped, and what is learnt is all of it
    expect(await page.getByRole('combobox', { name: 'text' }).count()).toBe(0)
    await page.locator('.chat .learn').getByText('旅費に関する規程').waitFor()
    await walk.drop('parties.txt', Buffer.from(rule('懇親会', 90).join('\n\n')))
    // of questions and answers both are read, as text
    await walk.drop('faq.csv', Buffer.from('質問,回答\r\n締切はいつですか。,月末の営業日です。\r\n'))
    await page
      .getByRole('button', { name: /faq\.csv/ })
      .first()
      .click()
    await walk.mapped('質問', data.roles.text)
    await walk.mapped('回答', data.rolesBehind['text+'])
    await page.locator('.chat .learn').getByText('月末の営業日です。').waitFor()
    expect(await page.getByText(data.fields['not-read']('回答', '1')).count()).toBe(0)
    const [before = '', after = ''] = documents.data.few('|').split('|')
    await page.getByText(new RegExp(`${before}\\d+${after}`)).waitFor()

    await walk.onToTraining()
    const quick = page.getByRole('radio', { name: train.presets.quick.title })
    await quick.waitFor({ timeout: 180_000 })
    await page.getByText(documents.honest).waitFor()
    await quick.check()
    await page.getByText(documents.ways.continued).waitFor()
    await page.getByText(train.reasons['KEEPS_TALKING']?.({}) ?? '').waitFor()
    await page.getByLabel(documents.beginnings).fill('第3条　旅費に係る研修の')
    await walk.click(train.start)
    await walk.title(train.live.learning.documents, 180_000)
    await page.getByText('第3条　旅費に係る研修の').first().waitFor()
    await walk.waitForEnd()

    await walk.click(train.compare)
    await page
      .getByRole('heading', { level: 1, name: new RegExp(documents.result.better('.+', '.+')) })
      .waitFor({ timeout: 180_000 })
    await page.getByText(documents.honest).waitFor()
    await page.getByRole('heading', { name: documents.beginning }).waitFor({ timeout: 180_000 })
    await page.getByText(documents.showReal).click()
    await page.getByText(documents.real).waitFor()
    await page.getByRole('tab', { name: documents.tabs.try }).click()
    await page.getByLabel(documents.try.label, { exact: true }).fill('第8条　旅費に係る')
    await walk.click(documents.try.act)
    const begun = page.locator('section').filter({ hasText: '第8条　旅費に係る' })
    await begun.locator('[aria-busy="false"]').waitFor({ timeout: 180_000 })
    expect(await page.getByText(wordsOf({ code: 'UNEXPECTED', details: {} }, language).message).count()).toBe(
      0
    )

    await walk.click(compare.next)
    await walk.title(words.exporting.title)
    const [peft = ''] = await walk.takeHome(['peft'])
    expect(JSON.parse(readFileSync(join(peft, 'adapter_config.json'), 'utf8'))).toMatchObject({ r: 32 })
    expect(complaints).toEqual([])
  }, 400_000)
})
