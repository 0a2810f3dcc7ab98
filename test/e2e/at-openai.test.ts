// A training at OpenAI (played) by clicks, with what can come between: a pause that is refused, one that is not, Neiro killed twice, a
// cancel; and the key on the settings page.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cloudWords } from '../../main/words/cloud'
import { remoteWords } from '../../main/words/remote'
import { PlayedOpenAi } from '../services/runners/played-openai'
import { faults } from './axe'
import { usual } from './browser'
import { openedElsewhere, shot } from './elsewhere-room'
import { furnish } from './furnished'
import { roomAt } from './served'
import { agree } from './service-walk'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const home = mkdtempSync(join(tmpdir(), 'neiro-at-openai-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const base = 'gpt-4.1-mini-2025-04-14'

describeWindow('a training at OpenAI', () => {
  const browser = suiteBrowser()

  test('is paused, taken up by another Neiro after a kill, and cancelled there', async () => {
    const openai = new PlayedOpenAi()
    await openai.start()
    try {
      const furnished = await furnish(home, 'ja')
      let window = await served(home)
      const { page, walk, words, say } = await openedElsewhere(browser(), { served: window, furnished }, 'en')
      const { cloud } = say
      await page.getByRole('radio', { name: say.kinds.openai.title }).check()
      await page.getByLabel(cloud.where.openai, { exact: true }).fill(`${openai.origin}/v1`)
      await page.getByLabel(cloud.model, { exact: true }).fill(base)
      await page.getByLabel(cloud.key, { exact: true }).fill('sk-e2e')
      await walk.button(cloud.keepKey).click()
      await page.getByText(cloud.keyStates.kept).waitFor()
      await shot(page, 'openai-en')
      await walk.button(say.look).click()
      const leaving = page.getByRole('dialog', { name: new RegExp(openai.origin) })
      await leaving.getByText(cloudWords('en').leaving.ends).waitFor()
      await leaving.getByText(cloudWords('en').leaving.noPrice).waitFor()
      expect(openai.connections).toBe(0)
      openai.script.push((job) => {
        job.status = 'running'
        openai.step(job, 1, 6)
      })
      await agree(leaving, walk.button(say.agree.openai, leaving))
      const pause = walk.button(words.train.pause)
      await expect.poll(() => openai.jobs[0]?.status, { timeout: 60_000 }).toBe('running')

      // a service that cannot pause says so, and it goes on there
      openai.troubles.push({
        ...{ at: /^POST .fine_tuning.jobs.ftjob.pause/, times: 1, status: 400 },
        error: { message: 'too early to pause' }
      })
      await pause.click()
      await page.getByText(/cannot pause this training \(too early to pause\)/).waitFor({ timeout: 60_000 })
      await page.getByText(cloud.left).waitFor()
      expect(await faults(page)).toEqual([])
      await shot(page, 'openai-left-en')
      await walk.button(words.train.resume).click()
      await pause.click()
      await walk.title(words.train.live.paused, 60_000)
      expect(openai.jobs[0]?.status).toBe('paused')
      await shot(page, 'openai-paused-en')

      // ended with the window open, and begun anew: it is the same job
      const room = new URL(page.url()).hash
      await window.kill()
      window = await served(home)
      const { page: again } = await come(browser(), window.url, { ...usual, language: 'en' })
      const later = new Walk(again, 'en')
      await again.goto(roomAt(window.url, room))
      await later.title(words.train.live.paused)
      await later.button(words.train.resume).click()
      await expect.poll(() => openai.jobs[0]?.status, { timeout: 60_000 }).toBe('running')
      await later.button(words.train.pause).waitFor()
      await window.kill()
      window = await served(home)
      const { page: third } = await come(browser(), window.url, { ...usual, language: 'en' })
      const last = new Walk(third, 'en')
      await third.goto(roomAt(window.url, room))
      await third.getByText(cloud.left).waitFor()
      openai.script.push((job) => {
        openai.step(job, 4, 6)
        job.checkpoints.push({ step_number: 4, fine_tuned_model_checkpoint: 'ft:office:step-4' })
      })
      await last.button(words.train.resume).click()
      await third
        .getByText(/step 4/i)
        .first()
        .waitFor({ timeout: 60_000 })
        .catch(() => undefined)
      await last.button(cloud.end).click()
      const place = remoteWords('en').places.openai(`${openai.origin}/v1`)
      await third.getByText(cloud.result('ft:office:step-4', place)).waitFor({ timeout: 60_000 })
      await last.title(words.train.live.finished)
      await third.getByText(/The model of step 4/).waitFor()
      expect([openai.jobs.length, openai.files.length, openai.jobs[0]?.status]).toEqual([1, 2, 'cancelled'])
      expect([...openai.keys]).toEqual(['Bearer sk-e2e'])
      expect(await faults(third)).toEqual([])
      await shot(third, 'openai-cancelled-en')

      // the key is known by its address on the settings page, and goes from there
      const { keys } = cloudWords('en')
      await third.goto(roomAt(window.url, '#settings'))
      await last.title(words.settings.title)
      await third.getByText(place, { exact: true }).waitFor()
      await last.button(keys.add).click()
      await third.getByText(keys.get.openai).or(third.getByText(keys.get.azure)).waitFor()
      expect(await faults(third)).toEqual([])
      await shot(third, 'settings-keys-en')
      await last.button(keys.removeOf(place)).click()
      await third.getByText(keys.none).waitFor()
      await third.getByText('日本語', { exact: true }).click()
      await third.getByText(cloudWords('ja').keys.none).waitFor()
      await shot(third, 'settings-keys-ja')
    } finally {
      await openai.stop()
    }
  }, 400_000)
})
