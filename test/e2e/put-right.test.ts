// Files as they come, put right by clicks alone: a row without an answer, columns that belong together, mails in one
// text, a book with a password, files that were removed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-right-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { data } = ja
/** a folder for pictures, where somebody wants to look at each step */
const pictures = process.env['NEIRO_STEP_PICTURES']
let taken = 0
async function look(page: Page, name: string): Promise<void> {
  if (pictures)
    await page.screenshot({ path: join(pictures, `${String(++taken).padStart(2, '0')}-${name}.png`) })
}

const table =
  '番号,商品,質問,回答\n1,急須,割れていました,お取り替えいたします。\n2,湯呑,色は選べますか,\n3,急須,蓋だけ買えますか,承ります。\n'
const mail = (n: number, question: string, answer: string): string =>
  `差出人: 店\n件名: Re: 件${n}\n\n${answer}\n\n-----Original Message-----\n差出人: 客\n件名: 件${n}\n\n${question}\n\n`
const mails =
  mail(1, '送料はいくらですか？', '全国一律五百円です。') +
  mail(2, '返品できますか？', '八日以内なら承ります。')

describeWindow('files are put right', () => {
  const browser = suiteBrowser()

  test('a row, columns, mails, removed files; nothing of a protected book stays', async () => {
    const home = join(folder, 'home')
    const { url } = await served(home)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    const tab = (name: string) => page.getByRole('tab', { name }).click()
    const preview = (text: string) => page.locator('.right .bubble').filter({ hasText: text }).first()
    await walk.beginOwn('返信', 'こもれび文具')
    await walk.drop('faq.csv', Buffer.from(table))
    await walk.title(data.title)
    await walk.filesSay(data.pairs('2'))
    await look(page, 'read')

    // the row without an answer
    await tab(data.tabs.refused)
    await look(page, 'refused')
    await page.getByRole('button', { name: `${data.putRight} faq.csv 3` }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel(data.columns.question).inputValue()).toBe('色は選べますか')
    await expect.poll(() => walk.button(data.putRightSave, dialog).isDisabled()).toBe(true)
    await dialog.getByLabel(data.columns.answer).fill('青と白からお選びいただけます。')
    await look(page, 'put-right')
    await walk.button(data.putRightSave, dialog).click()
    await page.getByText(data.noRefused).waitFor()
    await page.getByText(data.putRightDone).waitFor()
    await tab(data.tabs.rows)
    await page.getByText('青と白からお選びいただけます。').waitFor()
    await look(page, 'rows')

    // two columns are one question, in the order that is chosen; what the preview shows is what is learnt
    await tab(data.tabs.files)
    await page.getByLabel('商品', { exact: true }).selectOption('question+')
    await preview('割れていました\n\n急須').waitFor()
    await look(page, 'joined')
    await walk.click(data.moveUp('商品'))
    await preview('急須\n\n割れていました').waitFor()
    expect(await page.getByLabel('商品', { exact: true }).inputValue()).toBe('question')

    // a text of mails, split by choice
    await walk.drop('mails.txt', Buffer.from(mails))
    await walk.click(data.select('mails.txt'))
    await page.getByText(data.splitFound.mails).waitFor()
    await look(page, 'mails')
    await walk.click(data.splitDo)
    await expect.poll(() => page.getByLabel(data.splitTitle).inputValue()).toBe('mails')
    await page.getByText('全国一律五百円です。', { exact: true }).waitFor()
    await look(page, 'split')

    // a book that nobody can read leaves nothing, neither in the project nor with the uploads
    const book = readFileSync(resolve(import.meta.dirname, '../fixtures/office/protected.xlsx'))
    await walk.drop('給与.xlsx', book)
    await walk.button(`${data.remove} 給与.xlsx`).waitFor()
    await look(page, 'protected')
    const kept = readdirSync(home, { recursive: true, encoding: 'utf8' })
    expect(kept.filter((name) => name.endsWith('給与.xlsx'))).toEqual([])

    // files that were removed: counted, emptied at one click
    await walk.click(`${data.remove} mails.txt`)
    await page.getByText('いまは使っていないファイルのコピーが 1個').waitFor()
    await look(page, 'copies')
    await walk.click(data.emptyCopies)
    await walk.button(data.emptyCopies).waitFor({ state: 'detached' })
    const after = readdirSync(home, { recursive: true, encoding: 'utf8' })
    expect(after.filter((name) => name.endsWith('mails.txt'))).toEqual([])
    expect(await page.getByText(/^戻す/).count()).toBe(0)

    // after a new start all is as it was
    await page.reload()
    await walk.title(data.title)
    await walk.filesSay(data.pairs('3'))
    expect(complaints).toEqual([])
  }, 240_000)
})
