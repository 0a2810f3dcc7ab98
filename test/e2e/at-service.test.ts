// A training at a service by clicks, and the model that comes of it compared and talked to: what would leave is shown before it
// does, each time. Azure in both languages to the end; OpenAI with what can come between. The services are played (played-openai.ts).
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cloudWords } from '../../main/words/cloud'
import { remoteWords } from '../../main/words/remote'
import { PlayedOpenAi } from '../services/runners/played-openai'
import { faults } from './axe'
import { openedElsewhere, shot } from './elsewhere-room'
import { saveReports, voteTenTimes } from './evaluation-walk'
import { furnishedWindow } from './furnished-window'
import { agree, besideHere, forbiddenAndCut } from './service-walk'
import { describeWindow, suiteBrowser } from './suite'

const folder = mkdtempSync(join(tmpdir(), 'neiro-at-service-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const base = 'gpt-4.1-mini-2025-04-14'

describeWindow('a training at Azure', () => {
  const browser = suiteBrowser()
  /** of the office; there is none at first */
  const policyFile = join(folder, 'policy.json')
  const window = furnishedWindow(folder, undefined, { env: { NEIRO_POLICY: policyFile } })

  test.each(['ja', 'en'] as const)(
    'by its key and after a word, then compared and talked to (%s)',
    async (language) => {
      const azure = new PlayedOpenAi()
      await azure.start()
      try {
        const { page, walk, words, say } = await openedElsewhere(browser(), window(), language)
        const { cloud } = say
        const { asking } = cloudWords(language)
        await page.getByRole('radio', { name: say.kinds.azure.title }).check()
        const look = walk.button(say.look)
        expect(await look.isDisabled()).toBe(true)
        await page.getByLabel(cloud.where.azure).fill(azure.origin)
        await page.getByLabel(cloud.model, { exact: true }).fill(base)
        await page.getByLabel(cloud.price).fill('abc')
        await page.getByText(cloud.priceProblem).waitFor()
        await page.getByLabel(cloud.price).fill('３')
        await page.getByText(cloud.keyStates.none).waitFor()
        expect(await look.isDisabled()).toBe(true)
        await page.getByLabel(cloud.key, { exact: true }).fill('az-e2e')
        await walk.button(cloud.keepKey).click()
        await page.getByText(cloud.keyStates.kept).waitFor()
        await expect.poll(() => page.getByLabel(cloud.key, { exact: true }).inputValue()).toBe('')
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-${language}`)
        await look.click()
        const leaving = page.getByRole('dialog', { name: new RegExp(azure.origin) })
        await leaving.getByText(/3/).first().waitFor()
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-leaving-${language}`)
        await walk.button(say.refuse, leaving).click()
        await leaving.waitFor({ state: 'detached' })
        await look.click()
        await leaving.getByText(say.kept).waitFor()
        expect(azure.connections).toBe(0)
        azure.script.push(
          (job) => {
            job.status = 'running'
            azure.step(job, 1, 2, { full_valid_loss: 2 })
          },
          (job) => {
            azure.step(job, 2, 2, { full_valid_loss: 1 })
            azure.succeed(job, 'gpt-4.1-mini.ft-office')
          }
        )
        await agree(leaving, walk.button(say.agree.azure, leaving))
        const place = remoteWords(language).places.azure(azure.origin)
        await page.getByText(cloud.result('gpt-4.1-mini.ft-office', place)).waitFor({ timeout: 60_000 })
        await walk.title(words.train.live.finished)
        expect([...azure.keys]).toEqual(['Bearer az-e2e'])
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-finished-${language}`)

        // nothing is asked by itself, and Azure answers only under the name of a deployment
        await walk.click(words.train.compare)
        await page.getByText(asking.there('gpt-4.1-mini.ft-office', place)).waitFor()
        await walk.click(asking.look)
        await page
          .getByText(/gpt-4\.1-mini\.ft-office/)
          .nth(1)
          .waitFor()
        await page.getByLabel(asking.deployment).fill('office')
        await walk.click(asking.keep)
        await page.getByText(asking.there('office', place)).waitFor()
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-compare-${language}`)
        await walk.click(asking.look)
        const asked = page.getByRole('dialog', { name: new RegExp(azure.origin) })
        await asked.getByText(asking.model('office')).waitFor()
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-asking-${language}`)
        await walk.button(asking.refuse, asked).click()
        await asked.waitFor({ state: 'detached' })
        expect(azure.questions).toEqual([])

        // one of them is against its rules, one comes while it is busy
        azure.troubles.push(
          {
            ...{ at: /^POST \/chat/, times: 1, status: 400 },
            error: { message: 'The prompt was filtered', code: 'content_filter' }
          },
          {
            ...{ at: /^POST \/chat/, times: 1, status: 429, headers: { 'retry-after': '2' } },
            error: { message: 'slow down' }
          }
        )
        azure.answer = () => 'こもれび文具です。送料は 550 円です。'
        await walk.click(asking.look)
        await agree(asked, walk.button(asking.agree, asked))
        await page.getByText(asking.busy(`azure:${azure.origin}`, '2')).waitFor({ timeout: 180_000 })
        await page.getByText(asking.refused('The prompt was filtered')).waitFor({ timeout: 60_000 })
        await walk.button(words.compare.cancel).waitFor({ state: 'detached', timeout: 120_000 })
        await walk.button(words.common.next).click()
        await page.getByText('こもれび文具です。送料は 550 円です。').first().waitFor({ timeout: 60_000 })
        await page.getByText(asking.noLoss).waitFor()
        expect(azure.questions.every(({ model }) => model === 'office')).toBe(true)
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-pairs-${language}`)
        await page.getByRole('tab', { name: words.compare.tabs.scores }).click()
        await page.getByText(asking.unmeasured).waitFor({ timeout: 60_000 })
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-scores-${language}`)

        // its answers are voted on and reported like any others
        await voteTenTimes(walk, language)
        await saveReports(walk, browser(), folder, { language, pdf: false })
        const report = readFileSync(join(folder, 'report.html'), 'utf8')
        expect(report).toContain(place)

        // a conversation: a word once, and another where something personal is written
        const before = azure.questions.length
        await page.getByRole('tab', { name: words.compare.tabs.chat }).click()
        await page.getByLabel(words.compare.ask).fill('送料は？')
        await walk.click(words.compare.send)
        await asked.getByText(asking.talk).waitFor()
        await shot(page, `azure-talk-${language}`)
        expect(azure.questions).toHaveLength(before)
        await agree(asked, walk.button(asking.agree, asked))
        await page.getByText('こもれび文具です。送料は 550 円です。').first().waitFor({ timeout: 60_000 })
        expect(azure.questions).toHaveLength(before + 1)
        await walk.button(words.compare.send).waitFor()
        await page.getByLabel(words.compare.ask).fill('090-1234-5678 にお電話ください')
        await walk.click(words.compare.send)
        await asked.getByText(asking.personal).waitFor()
        expect(await walk.button(asking.agree, asked).isDisabled()).toBe(true)
        await walk.button(asking.refuse, asked).click()
        expect(azure.questions).toHaveLength(before + 1)
        await page.getByLabel(words.compare.ask).fill('納期は？')
        await walk.click(words.compare.send)
        await expect.poll(() => azure.questions.length, { timeout: 60_000 }).toBe(before + 2)
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-chat-${language}`)
        await forbiddenAndCut(walk, azure, policyFile, language)
        await shot(page, `azure-cut-${language}`)

        // it stays there
        await walk.button(words.compare.next).click()
        await walk.title(words.exporting.title)
        await page
          .getByText(asking.notExported(''))
          .or(page.getByText(/書き出せません|cannot be exported/))
          .first()
          .waitFor()
        await shot(page, `azure-export-${language}`)
        expect(departures(azure.origin).map(({ examples }) => examples.heldOut > 0)).toEqual([true, false])

        // beside a training of this PC
        await walk.goToStep('compare')
        await besideHere(walk, azure, window().furnished.run, language)
        expect(await faults(page)).toEqual([])
        await shot(page, `azure-beside-${language}`)
      } finally {
        await azure.stop()
      }
    },
    600_000
  )

  /** Of what was asked, as it is kept with the run. */
  function departures(origin: string): readonly { readonly examples: { readonly heldOut: number } }[] {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    return files
      .filter((name) => name.endsWith('asked.json'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .filter((text) => text.includes(origin))
      .flatMap((text) => (JSON.parse(text) as { departures: { examples: { heldOut: number } }[] }).departures)
  }
})
