// The data room put right by clicks: a header below a title, a sheet that is not wanted, a choice taken back to
// automatic; rows as read; an edit that cannot be saved keeps what was typed; an undo that came too late is said.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { xlsx } from '../fixtures/write-xlsx'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-data-room-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { data } = ja
const pairs = (count: number, of: string): string[][] =>
  Array.from({ length: count }, (_, i) => [`${of}の質問${i}`, `${of}の回答${i}`])

const select = (page: Page, name: string): Locator => page.getByRole('combobox', { name, exact: true })
const chosen = (page: Page, name: string): Promise<string | null> =>
  select(page, name).locator('option:checked').textContent()
const tab = (page: Page, name: string): Promise<void> =>
  page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
const rowOf = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text })

describeWindow('the data room', () => {
  const browser = suiteBrowser()

  test('what was read wrongly is put right', async () => {
    const home = join(folder, 'right')
    mkdirSync(home)
    const lines = pairs(12, '表').map((cells, i) => [i + 1, ...cells].join(';'))
    writeFileSync(join(home, '履歴.csv'), ['応対記録', '番号;質問;回答', ...lines].join('\n'))
    const sheets = [
      { name: '返品', rows: [['質問', '回答'], ...pairs(5, '返品')] },
      { name: '古い版', rows: [['質問', '回答'], ...pairs(3, '古い版')] }
    ]
    writeFileSync(join(home, '一覧.xlsx'), xlsx(sheets))
    const { url } = await served(home)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn('返信', 'こもれび文具')

    await walk.pick(join(home, '履歴.csv'))
    await walk.click(data.select('履歴.csv'))
    await select(page, data.headerRow).selectOption(data.headerChosen)
    const number = page.getByRole('spinbutton', { name: data.headerNumber(data.headerRow) })
    await number.fill('2')
    await number.press('Enter')
    await walk.filesSay(data.pairs('12'))
    await page.getByText(data.delimiters[';']).first().waitFor()
    expect(await chosen(page, data.headerRow)).toBe(data.headerChosen)

    // the user's own choice is shown, and automatic is one of the choices
    await select(page, data.encoding).selectOption('utf-8')
    await expect.poll(() => chosen(page, data.encoding)).toBe('UTF-8')
    await walk.button(data.undo(data.changes.overrides('履歴.csv'))).waitFor()
    await select(page, data.encoding).selectOption(data.automaticAgain)
    await expect.poll(() => chosen(page, data.encoding)).toBe(data.automatic('UTF-8'))
    // a choice that cannot be is refused, and the select goes back to how things are
    await select(page, data.encoding).selectOption('utf-16le')
    await page.getByText('履歴.csv の 2 行目から下には、何もありません').waitFor()
    await expect.poll(() => chosen(page, data.encoding)).toBe(data.automatic('UTF-8'))

    await walk.pick(join(home, '一覧.xlsx'))
    await walk.filesSay(data.pairs('8'))
    await walk.click(data.select('一覧.xlsx'))
    await page.getByRole('switch', { name: '古い版' }).click()
    await walk.filesSay(data.pairs('5'))
    expect(await page.getByRole('switch', { name: '返品' }).isDisabled()).toBe(true)

    // one step back and forward again, by a button and by the keys of every editor
    await walk.click(data.undo(data.changes.overrides('一覧.xlsx')))
    await walk.filesSay(data.pairs('8'))
    await walk.click(data.redo(data.changes.overrides('一覧.xlsx')))
    await walk.filesSay(data.pairs('5'))
    // a key while something changes does nothing
    const ready = (name: string): Promise<void> => expect.poll(() => walk.button(name).isEnabled()).toBe(true)
    await ready(data.undo(data.changes.overrides('一覧.xlsx')))
    await page.keyboard.press('Control+z')
    await walk.filesSay(data.pairs('8'))
    await ready(data.redo(data.changes.overrides('一覧.xlsx')))
    await page.keyboard.press('Control+Shift+z')
    await walk.filesSay(data.pairs('5'))

    await tab(page, data.tabs.rows)
    // of a list only what is in sight is drawn
    await page.getByRole('searchbox').fill('返品の質問0')
    const row = rowOf(page, '返品の質問0')
    await row.getByText('一覧.xlsx', { exact: true }).waitFor()
    await row.getByText('返品', { exact: true }).waitFor()
    expect(await page.getByRole('searchbox').getAttribute('maxlength')).toBe('200')
    await page.getByRole('switch', { name: data.asRead }).click()
    await select(page, data.asReadFile).selectOption({ label: '履歴.csv' })
    await page.getByRole('columnheader', { name: '番号', exact: true }).waitFor()
    expect(await rowOf(page, '表の質問0').getByRole('cell').allTextContents()).toEqual([
      '3',
      '1',
      '表の質問0',
      '表の回答0'
    ])
    expect(complaints).toEqual([])
  }, 120_000)

  test('what could not be saved or taken back is said, and nothing typed is lost', async () => {
    const home = join(folder, 'failed')
    mkdirSync(home)
    const lines = pairs(6, '表').map((cells) => cells.join(','))
    writeFileSync(join(home, '表.csv'), ['質問,回答', ...lines].join('\n'))
    writeFileSync(join(home, '文章.txt'), '文章だけのファイルです。')
    const { url } = await served(home)
    const { page, context, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn('返信', 'こもれび文具')
    await walk.pick(join(home, '表.csv'))
    await walk.filesSay(data.pairs('6'))
    await walk.pick(join(home, '文章.txt'))
    await walk.filesSay(data.pairs('1'))
    await tab(page, data.tabs.rows)

    // a plain text has no question
    await walk.button(data.edit, rowOf(page, '文章だけ')).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(data.columns.text).waitFor()
    expect(await dialog.getByLabel(data.columns.question).count()).toBe(0)
    await page.keyboard.press('Escape')

    await walk.button(data.edit, rowOf(page, '表の質問1')).click()
    await dialog.getByLabel(data.columns.question).fill(' ')
    expect(await walk.button(data.saveEdit, dialog).isDisabled()).toBe(true)
    await dialog.getByLabel(data.columns.question).fill('苦心の質問')
    // meanwhile the pair is left out in another window
    const other = await context.newPage()
    await other.goto(page.url())
    await new Walk(other, 'ja').title(data.title)
    await tab(other, data.tabs.rows)
    await walk.button(data.drop1, rowOf(other, '表の質問1')).click()
    await other.getByText(data.dropped).waitFor()
    await walk.button(data.saveEdit, dialog).click()
    await dialog.getByRole('alert').or(dialog.getByText('もうデータに入っていません')).first().waitFor()
    expect(await dialog.getByLabel(data.columns.question).inputValue()).toBe('苦心の質問')
    await page.keyboard.press('Escape')

    // here something newer is changed, so the other window's undo comes too late
    await walk.button(data.drop1, rowOf(page, '表の質問3')).click()
    await page.getByText(data.dropped).waitFor()
    await other.getByRole('status').getByRole('button', { name: ja.common.undo, exact: true }).click()
    await other.getByText('そのあとに別の変更があったため').waitFor()
    await walk.button(ja.common.undo, page.getByRole('status')).click()
    await rowOf(page, '表の質問3').waitFor()
    expect(complaints).toEqual([])
  }, 120_000)

  test('every column that is learnt from is shown as such, also in another window, as soon as it is', async () => {
    const home = join(folder, 'true')
    mkdirSync(home)
    const lines = pairs(6, '表').map(([question, answer], i) =>
      [i + 1, `件名${i}`, question, answer].join(',')
    )
    writeFileSync(join(home, 'メール.csv'), ['番号,件名,本文,返信', ...lines].join('\n'))
    const { url } = await served(home)
    const { page, context, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn('返信', 'こもれび文具')
    await walk.pick(join(home, 'メール.csv'))
    await walk.filesSay(data.pairs('6'))

    // used columns first, the subject is one of them, and the preview says the same
    const mapper = page.getByRole('main').getByRole('combobox')
    const names = async (): Promise<(string | null)[]> =>
      Promise.all((await mapper.all()).slice(0, 4).map((one) => one.getAttribute('aria-label')))
    await expect.poll(names).toEqual(['本文', '返信', '件名', '番号'])
    await walk.mapped('件名', data.roles.subject)
    await walk.mapped('番号', data.roles.none)
    await page.getByText(/件名0\s+表の質問0/).waitFor()
    // a part given to another column and taken back leaves it as it was
    await select(page, '番号').selectOption(data.roles.input)
    await page.getByText(/件名0\s+表の質問0\s+1/).waitFor()
    await select(page, '番号').selectOption(data.roles.none)
    await walk.mapped('件名', data.roles.subject)
    await page.getByText(/件名0\s+表の質問0/).waitFor()
    // without an answer it says so, and what was chosen stays
    await select(page, '返信').selectOption(data.roles.none)
    await page.getByText('「回答」にする列が選ばれていません').waitFor()
    await walk.mapped('件名', data.roles.subject)
    await select(page, '返信').selectOption(data.roles.answer)
    await walk.filesSay(data.pairs('6'))

    const other = await context.newPage()
    await other.goto(page.url())
    const there = new Walk(other, 'ja')
    await there.filesSay(data.pairs('6'))
    await tab(page, data.tabs.rows)
    await walk.button(data.drop1, rowOf(page, '表の質問3')).click()
    await page.getByText(data.dropped).waitFor()
    await there.filesSay(data.pairs('5'))

    // a row that is corrected out of a search says so
    await page.getByRole('searchbox').fill('質問4')
    await expect.poll(() => rowOf(page, '表の質問1').count()).toBe(0)
    await walk.button(data.edit, rowOf(page, '表の質問4')).click()
    await page.getByRole('dialog').getByLabel(data.columns.question).fill('別の言い方')
    await walk.button(data.saveEdit, page.getByRole('dialog')).click()
    await page.getByText(data.vanished('質問4')).waitFor()
    await walk.click(data.searchNothing)
    await rowOf(page, '別の言い方').waitFor()
    expect(await page.getByText(data.vanished('質問4')).count()).toBe(0)
    expect(complaints).toEqual([])
  }, 120_000)
})
