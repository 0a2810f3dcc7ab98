// Runs of the command line in the window: listed by where they came from, opened, resumed, renamed, put away and laid
// over one another.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { runNeiro } from '../cli/neiro-process'
import { neiro } from '../fixtures/neiro-cli'
import { places } from '../fixtures/places'
import { japanesePairs } from './office-files'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-terminal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const env = { NEIRO_HOME: join(folder, 'neiro'), HOME: folder, LC_ALL: 'en_US.UTF-8' }

describeWindow('runs of the command line', () => {
  const browser = suiteBrowser()

  test('are listed, opened, resumed and laid over one another', async () => {
    const faq = join(folder, 'faq.csv')
    const rows = japanesePairs().slice(0, 40)
    writeFileSync(
      faq,
      `質問,回答\n${rows.map(({ question, answer }) => `"${question}","${answer}"`).join('\n')}\n`
    )
    const tune = (name: string): string[] => [
      ...['tune', '--model', places.starterModelDir, '--data', faq, '--name', name, '--max-steps', '30'],
      ...['--epochs', '100', '--evaluation-steps', '10', '--early-stopping-patience', '0']
    ]
    const whole = await neiro(tune('端末から'), env)
    expect(whole.status, whole.stderr).toBe(0)
    const begun = await runNeiro(tune('途中の学習'), { env, interruptAt: ['Run folder'] })
    expect(begun.status, begun.stderr).toBe(130)

    const { url } = await served(folder)
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    await page.getByRole('link', { name: ja.common.runs, exact: true }).click()
    await walk.title(ja.runs.title)
    for (const name of ['端末から', '途中の学習'])
      expect(await row(name).textContent()).toContain(ja.runs.commandLine)

    // the finished one, with its curves and what came of it; there is no room to compare it in
    await walk.button(ja.runs.open, row('端末から')).click()
    await walk.title(ja.train.live.finished)
    await page.getByText(/検証の損失は [\d.]+ から [\d.]+ に/).waitFor()
    await page.locator('canvas').waitFor()
    expect(await walk.button(ja.train.compare).count()).toBe(0)
    await page.getByRole('main').getByRole('button', { name: ja.runs.title }).click()
    await walk.title(ja.runs.title)

    // the other goes on from here, to its end
    await walk.button(ja.runs.resume, row('途中の学習')).click()
    await row('途中の学習').getByText(ja.runs.states.finished).waitFor({ timeout: 120_000 })

    for (const name of ['端末から', '途中の学習']) await row(name).getByRole('checkbox').check()
    await page.locator('canvas').waitFor()
    const legend = page.locator('section.sheet ul[aria-hidden] li')
    expect((await legend.allInnerTexts()).map((text) => text.trim()).sort()).toEqual(
      ['途中の学習', '端末から'].map((name) => ja.runs.ofProject(ja.runs.commandLine, name)).sort()
    )
    // trained on the same file by the same seed: comparable
    expect(await page.getByText(ja.runs.otherHeldOut.title).count()).toBe(0)

    await row('途中の学習').getByRole('button', { name: /操作/ }).click()
    await page.getByRole('menuitem', { name: ja.runs.remove }).click()
    await row('途中の学習').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  }, 300_000)
})
