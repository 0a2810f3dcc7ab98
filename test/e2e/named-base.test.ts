// After a run that learnt its model whole, what another one is held against is that run: it is called by its name in every room,
// and never the base model; taken home alone, its difference says that the other one is needed, too.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Language } from '../../main/contract/language'
import type { Settings } from '../../main/contract/settings'
import type { RunView } from '../../main/contract/window/training'
import { windowWords } from '../../main/words/window'
import { openApp } from './furnished'
import { japanesePairs, writeExcel } from './office-files'
import { roomAt } from './served'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { until } from './until'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-named-base-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const patience = 300_000

/** A whole model that learnt for two steps, another two steps on top of it, and their answers. */
async function twoRuns(place: string, language: Language): Promise<{ project: string; run: string }> {
  mkdirSync(place)
  const excel = join(place, 'faq.xlsx')
  writeExcel(excel, japanesePairs().slice(0, 40))
  const app = await openApp(place, language)
  try {
    const { id: project } = await app.call('projects.create', { name: 'faq', company: '', sample: false })
    const refs = await app.addPaths([excel])
    await app.call('data.add', { project, fileIds: refs.map(({ id }) => id) })
    const [model] = await app.call('models.list', {})
    await app.call('projects.update', { id: project, modelId: model?.id ?? '', step: 'train' })
    const [quick] = await app.call('train.presets', { project })
    if (!quick) throw new Error('no preset')
    const trained = async (settings: Partial<Settings>, start?: string): Promise<RunView> => {
      const { id } = await app.call('runs.startRun', {
        ...{ project, preset: 'custom', part: 1, questions: [] },
        settings: { ...quick.settings, maxSteps: 2, ...settings },
        ...(start !== undefined && { start })
      })
      return until(async () => {
        const run = await app.call('runs.get', { id })
        if (run.state === 'failed') throw new Error(JSON.stringify(run.error))
        return run.state === 'finished' ? run : null
      }, patience)
    }
    const whole = await trained({ method: 'full' })
    await app.call('runs.rename', { id: whole.id, name: '全体' })
    const { id: run } = await trained({}, whole.id)
    await app.call('evaluation.start', { run, limit: 2 })
    await until(async () => (await app.call('evaluation.get', { run })).state === 'done' || null, patience)
    return { project, run }
  } finally {
    await app.close()
  }
}

describeWindow('a run on what another one learnt whole', () => {
  const browser = suiteBrowser()

  test.each(['ja', 'en'] as const)(
    'names that one in %s',
    async (language) => {
      const place = join(folder, language)
      const { project, run } = await twoRuns(place, language)
      const words = windowWords[language]
      const { url } = await served(place, { language })
      const { page, complaints } = await come(browser(), url, {
        language,
        theme: 'light',
        width: 1280,
        height: 800
      })
      const walk = new Walk(page, language)
      const main = page.getByRole('main')
      const go = async (room: string): Promise<void> => {
        await page.goto(roomAt(url, `#${room}?project=${project}&run=${run}`))
      }
      const picture = async (name: string): Promise<void> => {
        const output = process.env['NEIRO_TEST_PICTURES']
        if (output) await page.screenshot({ path: join(output, `${name}-${language}.png`), fullPage: true })
      }
      /** what is there says the name, and calls nothing the base model */
      const named = async (): Promise<void> => {
        await main.getByText('全体', { exact: true }).filter({ visible: true }).first().waitFor()
        expect(await main.innerText()).not.toMatch(/もとのモデル|base model/i)
      }
      await go('compare')
      await main.getByText('全体', { exact: true }).filter({ visible: true }).first().waitFor()
      await named()
      await picture('pairs')
      const tab = (name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click()
      await tab(words.compare.tabs.scores)
      await named()
      await picture('scores')
      await tab(words.compare.tabs.chat)
      await page.getByText(words.compare.chatLead('全体')).waitFor()
      await picture('chat')
      await go('export')
      await page.getByText(words.exporting.besides.peft('全体')).waitFor()
      await picture('export')
      expect(await walk.button(words.exporting.write).count()).toBeGreaterThan(1)
      expect(complaints).toEqual([])
    },
    900_000
  )
})
