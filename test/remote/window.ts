// A Ray cluster of this machine by clicks alone, in both languages: the sample is sent after a word, learnt by two processes,
// watched, and compared when it has come home.
import { join } from 'node:path'
import { remoteWords } from '../../main/words/remote'
import { openBrowser, usual, visit } from '../e2e/browser'
import { startServed } from '../e2e/served'
import { compareTitle } from '../e2e/titles'
import { Walk } from '../e2e/walk'
import type { Ask } from './asks'
import { killThose, ports, up } from './cluster'

/** milliseconds for a training on two busy cores */
const patience = 900_000

export async function tryWindow(venv: string, work: string, ask: Ask): Promise<void> {
  const temp = join(work, 'w')
  const cluster = up(venv, temp)
  const browser = await openBrowser()
  try {
    for (const language of ['ja', 'en'] as const) {
      const served = await startServed(join(work, `window-${language}`), { language })
      try {
        const { page, complaints } = await visit(browser, served.url, { ...usual, language })
        const walk = new Walk(page, language)
        const { train } = walk.words
        const say = remoteWords(language).room
        const address = `http://127.0.0.1:${ports.dashboard}`
        const there = remoteWords(language).places.ray(address)
        await walk.beginSample()
        const quick = page
          .getByRole('radiogroup', { name: train.presetsLabel })
          .getByRole('radio', { name: train.presets.quick.title })
        await quick.waitFor({ timeout: 180_000 })
        await quick.check()
        await walk.click(say.title)
        await page.getByRole('radio', { name: say.kinds.ray.title }).check()
        await page.getByLabel(say.where.ray).fill(address)
        await walk.click(say.look)
        const leaving = page.getByRole('dialog', { name: new RegExp(address) })
        await leaving.getByText(say.kept).waitFor({ timeout: 120_000 })
        await walk.button(say.agree.ray, leaving).click()
        await page.getByText(say.trains(there)).waitFor({ timeout: 120_000 })
        await walk.title(train.live.finished, patience)
        await page.getByText(say.trained(there)).waitFor()
        await walk.click(train.compare)
        await walk.title(compareTitle(walk.words))
        await walk.compared()
        ask(
          `by clicks to Ray, home and compared (${language}; complaints of the page: ${complaints.length})`,
          complaints.length === 0
        )
      } finally {
        await served.kill()
      }
    }
  } finally {
    await browser.close()
    cluster.down()
    killThose(temp)
  }
}
