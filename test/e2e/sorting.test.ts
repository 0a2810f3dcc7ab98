// Texts that are sorted, by clicks alone: the goal, a table with a column of labels, an encoder that is fetched from the
// hub, a quick try, how well it sorts and the rows behind a cell, a text that is tried, a file sorted whole, both exports.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { tinyModel } from '../fixtures/tiny-model'
import { modelFromFolder, startHub } from '../hub/hub-server'
import { usual } from './browser'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-sorting-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const things = ['ノート', '万年筆', '封筒', '手帳', 'はさみ', '鉛筆']
const said: Readonly<Record<string, readonly string[]>> = {
  配送: [
    'がまだ届きません。',
    'の配送日を知りたいです。',
    'の荷物はいつ着きますか。',
    'の発送はお済みですか。'
  ],
  返品: ['を返品したいです。', 'の返金をお願いします。', 'を交換してください。', 'は不良品なので返します。'],
  請求: [
    'の請求書をください。',
    'の領収書が必要です。',
    'の支払い方法を教えてください。',
    'の代金を二重に払いました。'
  ]
}
const table = `本文,分類\r\n${Object.entries(said)
  .flatMap(([label, ends]) => ends.flatMap((end) => things.map((thing) => `${thing}${end},${label}`)))
  .join('\r\n')}\r\n`

describeWindow('texts that are sorted', () => {
  const browser = suiteBrowser()

  // the words of the other language are held to the same by their type; NEIRO_E2E_LANGUAGE=en walks in them
  const language = process.env['NEIRO_E2E_LANGUAGE'] === 'en' ? 'en' : 'ja'
  const words = { en, ja }[language]

  test('from the goal to the exports', async () => {
    const hub = await startHub({
      models: [modelFromFolder('acme/sorter', tinyModel('bert-classifier', folder), { family: 'bert' })]
    })
    onTestFinished(() => hub.stop())
    const env = { HF_ENDPOINT: hub.address }
    const { url } = await served(join(folder, language), { language, env })
    const { page, complaints } = await come(browser(), url, { ...usual, language })
    const walk = new Walk(page, language)
    const { sorting } = words

    await walk.title(words.home.welcome)
    await walk.click(words.home.ownFiles)
    const dialog = page.getByRole('dialog', { name: words.home.createTitle })
    await dialog.getByLabel(words.home.name).fill('mails')
    await walk.button(words.home.create, dialog).click()
    await walk.title(words.goal.title)
    await page.getByRole('radio', { name: words.goal.kinds.sort.title }).check()
    await page.getByRole('status').getByText(words.goal.sortAdvice.title).waitFor()
    await walk.click(words.goal.next)

    await walk.title(words.data.titleEmpty)
    await walk.drop('mails.csv', Buffer.from(table))
    await walk.title(words.data.title)
    await walk.mapped('本文', sorting.data.sortedText)
    await walk.mapped('分類', words.data.roles.label)
    await page.getByText(sorting.data.one('3')).waitFor()
    await page.getByRole('row', { name: '返品 24' }).waitFor()
    await page.getByText(sorting.data.equal('24')).waitFor()
    await page.getByText(words.data.previewOf('1', '72')).waitFor()

    await walk.click(words.data.next)
    await walk.title(words.model.title)
    // those that read both ways are offered, and come before those that write
    const encoders = page.getByRole('radiogroup', { name: words.catalogue.others })
    await encoders
      .getByRole('radio', { name: /ModernBERT-Ja/ })
      .nth(1)
      .waitFor()
    await page.getByLabel(words.catalogue.searchLabel).fill('acme/sorter')
    await walk.click(words.catalogue.look('acme/sorter'))
    await walk.click(words.catalogue.download)
    const here = page.getByRole('radiogroup', { name: words.model.listLabel })
    await here.getByRole('radio', { name: /sorter/, checked: true }).waitFor({ timeout: 60_000 })
    await walk.click(words.model.next)
    await walk.title(words.train.title)
    await page.getByRole('radio', { name: words.train.presets.quick.title }).check({ timeout: 180_000 })
    expect(await page.getByLabel(words.train.questionsTitle).count()).toBe(0)
    await walk.click(words.train.start)
    await walk.waitForEnd()

    await walk.click(words.train.compare)
    await page.getByRole('heading', { level: 2, name: sorting.classes }).waitFor({ timeout: 180_000 })
    const right = page.getByRole('button', { name: /^(返品 を 返品 |\d+ rows: 返品 taken for 返品)/ })
    await right.click()
    await page.getByRole('heading', { name: sorting.ofCell('返品', '返品') }).waitFor()

    await page.getByRole('tab', { name: sorting.tabs.try }).click()
    await page.getByLabel(sorting.tryTitle).fill('定規を返品したいです。')
    await walk.click(sorting.tryAct)
    await page.getByRole('row', { name: /返品/ }).waitFor()

    await page.getByRole('tab', { name: sorting.tabs.file }).click()
    writeFileSync(
      join(folder, language, 'new.csv'),
      '番号,本文\r\n7,定規がまだ届きません。\r\n8,定規の請求書をください。\r\n'
    )
    const [picker] = await Promise.all([page.waitForEvent('filechooser'), walk.click(sorting.fileAct)])
    await picker.setFiles(join(folder, language, 'new.csv'))
    await page.getByText(sorting.fileRows('2')).waitFor()
    const downloaded = page.waitForEvent('download', { timeout: 60_000 })
    await walk.click(sorting.fileStart('2'))
    const download = await downloaded
    const rows = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(rows).toHaveLength(3)
    expect(rows[1]).toMatch(/^"7","定規がまだ届きません。","(配送|返品|請求)","[01]\.\d{4}"/)
    await page.getByText(sorting.fileDone('2', download.suggestedFilename())).waitFor()

    await walk.click(words.compare.next)
    await walk.title(words.exporting.title)
    expect(await page.getByRole('heading', { name: words.exporting.kinds.gguf.title }).count()).toBe(0)
    const [merged = '', peft = ''] = await walk.takeHome(['merged', 'peft'])
    expect(readdirSync(peft)).toContain('adapter_model.safetensors')
    const config = JSON.parse(readFileSync(join(merged, 'config.json'), 'utf8')) as object
    expect(config).toMatchObject({ model_type: 'bert', id2label: { '0': '請求', '1': '返品', '2': '配送' } })
    expect(complaints).toEqual([])
  }, 400_000)
})
