// A user's own files on the same path, by clicks alone: an Excel book in Japanese (two sheets, header in the third
// row) through the window's own browser of folders, and a CP932 table dropped onto the page.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { usual } from './browser'
import { japanesePairs, writeCp932, writeExcel } from './office-files'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { compareTitle } from './titles'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-own-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const question = '送料はいくらですか。'

describeWindow('a user’s own files', () => {
  const browser = suiteBrowser()

  test.each([
    ['ja', ja],
    ['en', en]
  ] as const)(
    'an Excel book with two sheets, in %s',
    async (language, words) => {
      const home = join(folder, `excel-${language}`)
      const inside = join(home, '書類')
      mkdirSync(inside, { recursive: true })
      writeExcel(join(inside, 'FAQ_2026年度.xlsx'), japanesePairs().slice(0, 80))
      const { url } = await served(home, { language })
      const { page, complaints } = await come(browser(), url, { ...usual, language })
      const walk = new Walk(page, language)

      await walk.beginOwn('返信', 'こもれび文具')
      await walk.browse(words.data.chooseFolder, ['書類', 'FAQ_2026年度.xlsx'])
      await walk.title(words.data.title)
      await walk.filesSay(words.data.pairs('80'))
      await walk.mapped('お客様からの質問', words.data.roles.question)
      await walk.mapped('回答文', words.data.roles.answer)
      await walk.mapped('番号', words.data.roles.none)
      await page.getByText(japanesePairs()[0]?.answer ?? '').waitFor()

      await walk.onToTraining()
      await walk.startQuickTry(question)
      await walk.watchTraining(question)
      await walk.waitForEnd()
      await walk.compare(question)
      const [merged = '', peft = ''] = await walk.takeHome(['merged', 'peft'])
      expect(readdirSync(merged)).toContain('model.safetensors')
      expect(readdirSync(peft)).toContain('adapter_model.safetensors')
      expect(complaints).toEqual([])
    },
    400_000
  )

  test('a CP932 table, dropped', async () => {
    const home = join(folder, 'csv')
    mkdirSync(home, { recursive: true })
    const file = join(home, '問い合わせ履歴.csv')
    writeCp932(file, japanesePairs().slice(0, 80))
    const { url } = await served(home)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')

    await walk.beginOwn('返信', 'こもれび文具')
    await walk.drop('問い合わせ履歴.csv', readFileSync(file))
    await walk.title(ja.data.title)
    await walk.filesSay(ja.data.pairs('80'))
    await page.getByText(/^Shift_JIS・/).waitFor()
    await page
      .getByText(japanesePairs()[0]?.question ?? '')
      .first()
      .waitFor()

    await walk.onToTraining()
    await walk.startQuickTry(question)
    await walk.watchTraining(question)
    // as soon as there is something to compare
    await walk.click(ja.train.stop)
    await walk.title(compareTitle(ja))
    await walk.compared()
    await walk.click(ja.compare.next)
    await walk.title(ja.exporting.title)
    const [peft = ''] = await walk.takeHome(['peft'])
    expect(readdirSync(peft)).toContain('adapter_model.safetensors')
    expect(complaints).toEqual([])
  }, 400_000)
})
