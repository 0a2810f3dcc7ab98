// The check-up by clicks: what is found, masked with a look at it first, taken back; a value that is allowed; a word that must
// not be there; in both languages and both themes, within the width of the window.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { augmentWords, effectOf } from '../../main/words/augment'
import { checkUpWords } from '../../main/words/findings'
import { ja } from '../../main/words/window/ja'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-check-up-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const words = checkUpWords.ja
const pictures = process.env['NEIRO_PICTURES']

const rows = [
  ['電話は何番ですか。', '担当の佐藤（090-1234-5678）までお電話ください。'],
  ['メールはありますか。', 'm.tanaka@mail.example へお送りください。'],
  ['送料はいくらですか。', '送料は全国一律500円です。'],
  ['送料はいくらですか。', '送料は全国一律550円です。'],
  ['在庫はありますか。', '店頭とオンラインの両方でお求めいただけます。'],
  ['在庫はありますか。', '店頭とオンラインの両方でお求めいただけます。'],
  ['名入れはできますか。', '<p>名入れを承っております。最安値保証です。</p>'],
  ['見本はありますか。', '見本を差し上げております。お申し付けください。']
]

const finding = (page: Page, kind: keyof typeof words.findings): Locator =>
  page.getByRole('listitem').filter({ hasText: words.findings[kind].title })

describeWindow('the check-up', () => {
  const browser = suiteBrowser()

  test('is read, repaired and taken back by clicks', async () => {
    const home = join(folder, 'home')
    mkdirSync(home)
    writeFileSync(join(home, 'faq.csv'), `質問,回答\n${rows.map((cells) => cells.join(',')).join('\n')}\n`)
    const { url } = await served(home)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn('返信', 'こもれび文具')
    await walk.pick(join(home, 'faq.csv'))
    await walk.filesSay(ja.data.pairs('8'))
    const tab = page.getByRole('tab', { name: new RegExp(`^${ja.data.tabs.check}`) })
    await tab.click()

    const personal = finding(page, 'personal-data')
    await personal
      .getByRole('button', { name: words.room.examplesOf(words.findings['personal-data'].title) })
      .click()
    await personal.getByText('［お名前1］').first().waitFor()
    await personal.getByRole('cell', { name: '090-1234-5678', exact: true }).waitFor()
    await personal.getByRole('button', { name: `${words.room.allow}: m.tanaka@mail.example` }).click()
    await expect
      .poll(() => personal.getByRole('cell', { name: 'm.tanaka@mail.example', exact: true }).count())
      .toBe(0)
    if (pictures) await page.screenshot({ path: join(pictures, 'check-up-ja.png') })

    await personal.getByRole('button', { name: `${words.repairs.mask}: ` }).click()
    const done = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: words.room.undo, exact: true }) })
    await done.waitFor()
    await page.getByRole('tab', { name: ja.data.tabs.rows }).click()
    await page.getByText('［電話番号1］').first().waitFor()
    expect(await page.getByText('090-1234-5678').count()).toBe(0)
    await page.getByText('m.tanaka@mail.example').first().waitFor()

    await tab.click()
    await finding(page, 'duplicates').getByRole('button', { name: words.repairs['keep-one'] }).click()
    await expect.poll(() => done.count()).toBe(2)
    await done.filter({ hasText: words.findings['personal-data'].title }).getByRole('button').click()
    await expect.poll(() => done.count()).toBe(1)
    await personal.waitFor()

    await page.getByLabel(words.room.choices.forbidden).fill('最安値保証')
    await page.getByRole('button', { name: words.room.add }).first().click()
    await finding(page, 'forbidden-words').waitFor()
    await page.reload()
    // what is found is counted before anybody looks
    await expect.poll(() => tab.textContent()).toMatch(/\d/)
    await tab.click()
    await finding(page, 'forbidden-words').waitFor()
    if (pictures) {
      await page.evaluate(`document.documentElement.dataset.theme = 'dark'`)
      await page.screenshot({ path: join(pictures, 'check-up-ja-dark.png'), fullPage: true })
    }
    // only what a finding is about is listed; all of it is left out in one step, and comes back in one
    const { many } = ja.data
    await page.evaluate(`delete document.documentElement.dataset.theme`)
    await page.getByRole('tab', { name: ja.data.tabs.rows }).click()
    await page.getByRole('button', { name: many.filterBy }).click()
    await page.getByRole('combobox', { name: many.filter }).selectOption('personal-data')
    const listed = page.getByRole('region', { name: ja.data.tabs.rows }).getByRole('checkbox')
    await expect.poll(() => listed.count()).toBe(1)
    await page.getByText('090-1234-5678').first().waitFor()
    await page.getByRole('combobox', { name: many.filter }).selectOption('all')
    await page.getByRole('combobox', { name: many.order }).selectOption('longest')
    await expect.poll(() => page.getByRole('row').nth(1).innerText()).toContain('m.tanaka@')
    await listed.first().check()
    await listed.nth(1).check()
    await page.getByText(many.selected('2'), { exact: true }).waitFor()
    if (pictures) await page.screenshot({ path: join(pictures, 'rows-selected-ja.png') })
    await walk.click(many.drop)
    await expect.poll(() => listed.count()).toBe(5)
    await page.getByLabel(many.selectAll('5')).check()
    await walk.click(many.replace)
    await page.getByLabel(many.from).fill('送料')
    await page.getByLabel(many.to).fill('配送料')
    await walk.click(many.apply)
    await page.getByText('配送料はいくらですか。').first().waitFor()
    for (let step = 0; step < 2; step++) await page.locator('.undo').getByRole('button').click()
    await expect.poll(() => listed.count()).toBe(7)
    expect(await page.getByText('配送料').count()).toBe(0)
    // others are made of them, looked at first, marked, and taken back by one click
    const made = augmentWords.ja
    await tab.click()
    await page.getByRole('button', { name: made.title }).click()
    await page.getByRole('combobox', { name: made.share }).selectOption('1')
    await page.getByRole('button', { name: made.look }).click()
    await page.getByRole('cell', { name: made.kinds.synonyms.label }).first().waitFor()
    if (pictures) await page.screenshot({ path: join(pictures, 'augment-ja.png'), fullPage: true })
    await page.locator('#augment').getByRole('button').last().click()
    await page.getByText(effectOf('ja')).waitFor()
    await page.getByRole('tab', { name: ja.data.tabs.rows }).click()
    await page.getByText(made.tag(made.kinds.synonyms.label)).first().waitFor()
    await page.locator('.undo').getByRole('button').click()
    await expect.poll(() => listed.count()).toBe(7)
    // what was found is not there either once nothing is answered any more, and is again when it is
    await page.getByRole('tab', { name: new RegExp(`^${ja.data.tabs.files}`) }).click()
    const answers = page.getByRole('combobox', { name: '回答' })
    await answers.selectOption(ja.data.roles.none)
    await expect.poll(() => tab.textContent()).not.toMatch(/\d/)
    await tab.click()
    await page.getByText(words.room.noExamples).waitFor()
    expect(await page.getByRole('button', { name: words.repairs.mask }).count()).toBe(0)
    await page.getByRole('tab', { name: new RegExp(`^${ja.data.tabs.files}`) }).click()
    await answers.selectOption(ja.data.roles.answer)
    await expect.poll(() => tab.textContent()).toMatch(/\d/)
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(wide).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })
})
