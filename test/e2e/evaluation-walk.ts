// In the compare room, by clicks and keys: another way answers, ten votes, a report that is signed off, as HTML and as PDF; and
// the same evaluation from the command line.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Download } from 'playwright-core'
import { expect } from 'vitest'
import type { Language } from '../../main/contract/language'
import { evaluationWords } from '../../main/words/evaluation'
import { runNeiro } from '../cli/neiro-process'
import type { Walk } from './walk'

/** what nobody is called */
const hostile = '=HYPERLINK("http://x.example")<img src=x onerror=alert(1)>佐藤'

/** Another instruction beside base and tuned. */
export async function tryAnotherWay(walk: Walk, language: Language): Promise<void> {
  const { page, words } = walk
  const { ways } = words.compare
  await walk.click(ways.open)
  const dialog = page.getByRole('dialog', { name: ways.title })
  await dialog.getByRole('switch', { name: ways.prompt }).click()
  // a draft stands there, from what the examples have in common
  expect(await dialog.getByRole('textbox', { name: ways.promptText }).inputValue()).toMatch(/\S{6}/u)
  await walk.button(ways.begin, dialog).click()
  const name = evaluationWords[language].candidates.prompt
  await page.getByText(name, { exact: true }).first().waitFor({ timeout: 180_000 })
  await page
    .getByRole('progressbar', { name: words.compare.answering })
    .waitFor({ state: 'detached', timeout: 180_000 })
}

/** By keys alone; the result is shown after the last one, and not before. */
export async function voteTenTimes(walk: Walk, language: Language): Promise<void> {
  const { page, words } = walk
  const { vote, tabs } = words.compare
  const said = evaluationWords[language].votes
  await page.getByRole('tab', { name: tabs.vote }).click()
  await walk.title(vote.title)
  await page.getByLabel(vote.voter).fill(hostile)
  await walk.click(vote.begin)
  for (let at = 1; at <= 10; at++) {
    await page.getByText(vote.progress(String(at), '10'), { exact: true }).waitFor()
    expect(await page.getByText(said.winRate).count()).toBe(0)
    const key = (['ArrowRight', 'ArrowLeft', 'ArrowDown'] as const)[at % 3] ?? 'ArrowRight'
    for (let question = 0; question < 4; question++) await page.keyboard.press(key)
    await page.keyboard.press('Enter')
  }
  await page.getByText(said.voters('1')).waitFor()
}

/** From home: what was voted for becomes data of the project, and a training goes on from the one that was voted on. */
export async function learnTheVotes(walk: Walk): Promise<void> {
  const { page, words } = walk
  const { preferring, compare, data, train } = words
  await walk.click(words.home.go.exported)
  await walk.goToStep('compare')
  await page.getByRole('tab', { name: compare.tabs.vote }).click()
  await walk.click(preferring.votes.act)
  await walk.title(data.title)
  await page
    .getByRole('button', { name: /Votes \(/ })
    .first()
    .click()
  await page.locator('.chat').getByText(preferring.data.verdicts.chosen, { exact: true }).waitFor()
  await walk.click(data.next)
  await walk.title(words.model.title)
  await walk.click(words.model.next)
  await walk.title(train.title)
  await page.getByText(train.reasons['GOES_ON']?.({}) ?? '').waitFor({ timeout: 180_000 })
  const start = page.getByRole('combobox', { name: preferring.start.title }).locator('option:checked')
  expect(await start.textContent()).toMatch(/^Continue from/)
  await walk.click(train.start)
  await walk.waitForEnd()
  await page.getByText(train.reasons['GOES_ON']?.({}) ?? '').waitFor({ state: 'detached' })
}

/** Signed off and saved; opened in a browser that reaches nothing, it asks for nothing and runs nothing. */
export async function saveReports(
  walk: Walk,
  browser: Browser,
  folder: string,
  o: { readonly language: Language; readonly pdf: boolean }
): Promise<void> {
  const { page, words } = walk
  const { counted, tabs } = words.compare
  const said = evaluationWords[o.language]
  await page.getByRole('tab', { name: tabs.scores }).click()
  await page.getByLabel(said.report.signedBy).fill(hostile)
  await page.getByLabel(said.report.comment).fill('<b>OK</b>')
  const saved = async (button: string): Promise<Buffer> => {
    const [file] = await Promise.all([
      page.waitForEvent('download', { timeout: 120_000 }),
      walk.click(button)
    ])
    return contentOf(file)
  }
  const html = join(folder, 'report.html')
  writeFileSync(html, await saved(counted.saveReport))
  const context = await browser.newContext({ offline: true })
  const report = await context.newPage()
  const asked: string[] = []
  report.on('request', (request) => asked.push(request.url()))
  report.on('dialog', (dialog) => {
    asked.push(dialog.message())
    void dialog.dismiss()
  })
  await report.goto(`file://${html}`)
  const text = await report.locator('body').innerText()
  for (const part of [hostile, '<b>OK</b>', said.report.signedOn, said.votes.voters('1')])
    expect(text).toContain(part)
  expect(asked).toEqual([`file://${html}`])
  expect(await report.locator('script, img, link, iframe, b').count()).toBe(0)
  // its first page is one page of paper: A4 less its margins
  await report.emulateMedia({ media: 'print' })
  await report.setViewportSize({ width: 718, height: 1047 })
  expect((await report.locator('.first').boundingBox())?.height).toBeLessThan(1047)
  await context.close()
  if (o.pdf) expect((await saved(counted.savePdf)).subarray(0, 5).toString()).toBe('%PDF-')
}

/** From nothing the command line comes to the same answers, in the same folder. */
export async function evaluateByCommand(home: string, env: Readonly<Record<string, string>>): Promise<void> {
  const dir = evaluationsIn(home)
  const byClicks = linesIn(dir)
  const head = byClicks.findLast((line) => 'head' in line)?.['head'] as { candidates: { prompt?: string }[] }
  const prompt = head.candidates.find((one) => one.prompt !== undefined)?.prompt ?? ''
  const folders = readdirSync(dir)
  rmSync(dir, { recursive: true })
  const args = [
    'eval',
    '--run',
    'latest',
    '--limit',
    '30',
    '--prompt',
    prompt,
    '--report',
    join(home, 'report.pdf')
  ]
  const { status, stderr } = await runNeiro(args, { env: { ...env, NEIRO_HOME: join(home, 'neiro') } })
  expect([status, stderr]).toEqual([0, ''])
  expect(readdirSync(dir)).toEqual(folders)
  expect(answersOf(linesIn(dir))).toEqual(answersOf(byClicks))
  expect(readFileSync(join(home, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
}

function evaluationsIn(home: string): string {
  const found = readdirSync(join(home, 'neiro'), { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isDirectory() && entry.name === 'evaluations'
  )
  if (!found) throw new Error('no evaluation')
  return join(found.parentPath, found.name)
}

function linesIn(dir: string): Record<string, unknown>[] {
  const [sheet = ''] = readdirSync(dir)
  return readFileSync(join(dir, sheet, 'items.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** What was said by whom, in any order and however long it took. */
const answersOf = (lines: readonly Record<string, unknown>[]): string[] =>
  lines
    .filter((line) => 'answer' in line)
    .map(({ item, candidate, answer }) => JSON.stringify([item, candidate, answer]))
    .sort()

const contentOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path())
