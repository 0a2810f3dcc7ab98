// The whole path as a new user walks it, by clicks alone in a real browser: first window, built-in sample, quick
// try, live curves, comparison with votes and a signed-off report, export. In Japanese and in English, on the window that `neiro serve` shows.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { usual } from './browser'
import { evaluateByCommand, learnTheVotes, saveReports, tryAnotherWay, voteTenTimes } from './evaluation-walk'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-path-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('from the first window to the exported model', () => {
  const browser = suiteBrowser()

  test.each([
    ['ja', 'ギフト包装はできますか。'],
    ['en', 'Do you wrap gifts?']
  ] as const)(
    'the built-in sample in %s',
    async (language, question) => {
      const home = join(folder, language)
      const window = await served(home, { language })
      const { page, complaints } = await come(browser(), window.url, { ...usual, language })
      const walk = new Walk(page, language)
      await walk.beginSample()
      await walk.startQuickTry(question)
      await walk.watchTraining(question)
      await walk.waitForEnd()
      await walk.compare(question, async () => {
        if (language === 'ja') await tryAnotherWay(walk, language)
        await voteTenTimes(walk, language)
        await saveReports(walk, browser(), home, { language, pdf: language === 'ja' })
      })
      const [merged = '', peft = ''] = await walk.takeHome(['merged', 'peft'])
      expect(readdirSync(merged)).toEqual(
        expect.arrayContaining(['config.json', 'model.safetensors', 'tokenizer.json'])
      )
      expect(readdirSync(peft)).toEqual(
        expect.arrayContaining(['adapter_config.json', 'adapter_model.safetensors'])
      )
      await walk.click(walk.words.exporting.home)
      await walk.title(walk.words.home.back)
      await page.getByRole('cell', { name: walk.words.runs.states.finished }).waitFor()
      if (language === 'en') await learnTheVotes(walk)
      expect(complaints).toEqual([])
      if (language === 'ja') {
        await window.stop()
        await evaluateByCommand(home, { LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' })
      }
    },
    400_000
  )
})
