// Before a training by hand: questions that are not learnt, settings of one's own with their time and the memory in
// sight, a share held out, 0 by its meaning; and a whole model trained in the window, compared and taken home.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { settingsWords } from '../../main/words/settings'
import { ja } from '../../main/words/window/ja'
import { japanesePairs } from './office-files'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { compareTitle } from './titles'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-own-settings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { train } = ja

describeWindow('settings of one’s own', () => {
  const browser = suiteBrowser()

  test('are a choice with its time; a whole model is trained, compared, exported, and watched again', async () => {
    const { url } = await served(folder)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginSample()
    const questions = page.getByLabel(train.questionsTitle)
    await expect.poll(async () => lines(await questions.inputValue()).length).toBe(3)
    const offered = lines(await questions.inputValue())
    const known = new Set(japanesePairs().map(({ question }) => question.replace(/\s+/g, ' ').trim()))
    for (const question of offered) expect(known).toContain(question)

    const own = page.locator('label').filter({ hasText: train.customText })
    expect(await own.textContent()).toMatch(/約\d+/)
    await own.getByRole('radio').check()
    // the drawer opens, and the memory stays in sight while it is scrolled
    const memory = page.getByRole('meter', { name: train.memoryTitle })
    const share = page.locator('#heldOutRatio')
    await share.scrollIntoViewIfNeeded()
    expect(await inSight(page, memory)).toBe(true)
    expect(await page.locator('#evaluationSteps').inputValue()).toBe(train.zero.automatic)
    expect(await page.locator('#checkpointSteps').inputValue()).toBe(train.zero.automatic)

    // a length that cuts answers is said before the start, and mended from there
    await page.locator('#maxSeqLength').fill('20')
    await page.locator('#maxSeqLength').blur()
    await page.getByText(/回答の終わりが切れます/).waitFor()
    await page.getByRole('button', { name: /^上限を \d+トークンにする$/ }).click()
    await expect.poll(() => page.getByText(/回答の終わりが切れます/).count()).toBe(0)

    await share.fill('0.2')
    await share.blur()
    await page.locator('#evaluationSteps').fill('20')
    await page.locator('#evaluationSteps').blur()
    await page.locator('#evaluationSteps').fill(train.zero.automatic)
    await page.locator('#evaluationSteps').blur()
    expect(await page.locator('#evaluationSteps').inputValue()).toBe(train.zero.automatic)
    await page.getByRole('combobox', { name: settingsWords.ja.method.label }).selectOption('full')
    await page.locator('#learningRate').fill('0.0005')
    await page.locator('#learningRate').blur()
    await page.locator('#maxSteps').fill('24')
    await page.locator('#maxSteps').blur()
    await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0)
    await walk.click(train.start)
    await walk.title(train.live.finished, 180_000)
    await page.getByText(/検証の損失は [\d.]+ から [\d.]+ に下がりました。/).waitFor()
    const runs = join(folder, 'neiro', 'projects', '見本の口調', 'runs')
    const [dir = ''] = readdirSync(runs)
    const kept = JSON.parse(readFileSync(join(runs, dir, 'run.json'), 'utf8')) as {
      trainExamples: number
      heldOutExamples: number
      questions: string[]
    }
    // what is watched is not learnt, also where another share is held out
    const heldOut = readFileSync(join(runs, dir, 'data', 'held-out.jsonl'), 'utf8')
    for (const question of kept.questions) expect(heldOut).toContain(question)
    await page
      .getByText(kept.questions[0] ?? '', { exact: true })
      .first()
      .waitFor()
    const total = kept.trainExamples + kept.heldOutExamples
    expect(kept.heldOutExamples / total).toBeCloseTo(0.2, 1)
    expect(readdirSync(join(runs, dir, 'model'))).toContain('config.json')

    // the same again: with its questions, too
    await walk.click(train.sameAgain)
    await walk.title(train.title)
    expect(lines(await questions.inputValue())).toEqual(kept.questions)
    expect(await own.getByRole('radio').isChecked()).toBe(true)
    await page.goBack()
    await walk.title(train.live.finished)

    await walk.click(train.compare)
    await walk.title(compareTitle(ja))
    await walk.compared()
    await walk.click(ja.compare.next)
    await walk.title(ja.exporting.title)
    // there is no difference that could be handed on by itself
    expect(await page.getByRole('heading', { name: ja.exporting.kinds.peft.title }).count()).toBe(0)
    const [merged = ''] = await walk.takeHome(['merged'])
    expect(readdirSync(merged)).toEqual(expect.arrayContaining(['config.json', 'tokenizer.json']))
    expect(complaints).toEqual([])
  }, 400_000)
})

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

/** Whether all of it lies within what is scrolled. */
async function inSight(page: Page, part: ReturnType<Page['locator']>): Promise<boolean> {
  const [box, around] = [await part.boundingBox(), await page.locator('main > .body').boundingBox()]
  if (!box || !around) return false
  return box.y >= around.y - 1 && box.y + box.height <= around.y + around.height + 1
}
