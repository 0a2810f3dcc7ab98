// Personal data from the file to the trained model, by clicks: masked, learnt from, asked for. What was masked stands in no
// byte that the training wrote; what was planted and not masked is found there, and said.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkUpWords } from '../../main/words/findings'
import { leakWords } from '../../main/words/leak'
import { ja } from '../../main/words/window/ja'
import { japanesePairs } from './office-files'
import { roomAt } from './served'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { compareTitle } from './titles'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-leak-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const check = checkUpWords.ja
const leak = leakWords.ja
const pictures = process.env['NEIRO_STEP_PICTURES']

const secrets = ['kanta.mogami@mail.example', '090-8642-1357']
const planted = 'あけぼの合言葉58213'
const asked = '送料はいくらですか。'

/** The files of a folder in which these bytes stand. */
function filesWith(dir: string, words: string): string[] {
  const bytes = Buffer.from(words)
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((file) => statSync(file).isFile() && readFileSync(file).includes(bytes))
}

describeWindow('what the model was not to learn', () => {
  const browser = suiteBrowser()

  test('is masked, searched for in every file of the training, and asked for', async () => {
    const home = join(folder, 'home')
    mkdirSync(home)
    const rows = japanesePairs()
      .slice(0, 60)
      .map(({ question, answer }, i) => {
        const secret = i % 5 === 0 ? `ご連絡先は${secrets[(i / 5) % secrets.length]}です。` : ''
        const word = i % 7 === 0 ? `${planted}とお伝えください。` : ''
        return JSON.stringify({ question, answer: `${answer}${secret}${word}` })
      })
    writeFileSync(join(home, 'faq.jsonl'), `${rows.join('\n')}\n`)
    const neiro = await served(home)
    const { page, complaints } = await come(browser(), neiro.url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn('返信', 'こもれび文具')
    await walk.pick(join(home, 'faq.jsonl'))
    await walk.filesSay(ja.data.pairs('60'))
    await page.getByRole('tab', { name: new RegExp(`^${ja.data.tabs.check}`) }).click()
    const found = page
      .getByRole('listitem')
      .filter({ hasText: check.findings['personal-data'].title })
      .getByRole('button', { name: `${check.repairs.mask}: ` })
    await found.click()
    await page.getByRole('button', { name: check.room.undo, exact: true }).waitFor()
    await page.getByRole('tab', { name: new RegExp(`^${ja.data.tabs.files}`) }).click()

    await walk.onToTraining()
    await walk.startQuickTry(asked)
    await walk.watchTraining(asked)
    await walk.waitForEnd()
    await walk.click(ja.train.compare)
    await walk.title(compareTitle(ja))
    await walk.compared()
    await page.getByRole('tab', { name: ja.compare.tabs.scores }).click()

    await page.getByRole('button', { name: leak.ask, exact: true }).click()
    await page.getByText(leak.none).waitFor({ timeout: 180_000 })
    await page.getByText(leak.clean).waitFor()
    if (pictures) await page.screenshot({ path: join(pictures, 'leak-clean.png') })
    const projects = join(home, 'neiro', 'projects')
    const runs = readdirSync(projects).map((name) => join(projects, name, 'runs'))
    for (const secret of secrets) expect(runs.flatMap((dir) => filesWith(dir, secret))).toEqual([])

    // what nobody recognises as personal is found where it was planted
    expect(runs.flatMap((dir) => filesWith(dir, planted)).length).toBeGreaterThan(0)
    await page.getByLabel(leak.planted).fill(planted)
    await page.getByRole('button', { name: leak.again, exact: true }).click()
    await page.getByText(leak.inRun('1')).waitFor({ timeout: 180_000 })
    if (pictures) await page.screenshot({ path: join(pictures, 'leak-planted.png') })
    const hash = new URL(page.url()).hash
    expect(complaints).toEqual([])

    // the next life of the app still knows how many, and which words they were stands nowhere
    await neiro.stop()
    const { url } = await served(home)
    const { page: later } = await come(browser(), url)
    await later.goto(roomAt(url, hash))
    await later.getByRole('tab', { name: ja.compare.tabs.scores }).click()
    await later.getByText(leak.kept(new Date().toISOString().slice(0, 10))).waitFor()
    await later.getByText(leak.inRun('1')).waitFor()
    if (pictures) await later.screenshot({ path: join(pictures, 'leak-kept.png') })
    for (const secret of secrets) expect(runs.flatMap((dir) => filesWith(dir, secret))).toEqual([])
  }, 400_000)
})
