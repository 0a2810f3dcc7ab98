// A training on another machine by clicks: what would leave is shown first, nothing is connected to before the user agrees,
// a refusal leaves nothing, and the result comes home. A folder and a Ray cluster (played), in both languages to the end.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { remoteWords } from '../../main/words/remote'
import type { Language } from '../../main/contract/language'
import { adapterThere, stepLine } from '../services/runners/played-place'
import { PlayedCluster } from '../services/runners/played-cluster'
import { faults } from './axe'
import { openedElsewhere, shot } from './elsewhere-room'
import { furnishedWindow } from './furnished-window'
import { describeWindow, suiteBrowser } from './suite'

const languages: readonly Language[] = ['ja', 'en']
const allOf = {
  ja: /お手本 \d+ 件と検証用のお手本 \d+ 件の文章すべて/,
  en: /every text of \d+ examples to learn from and \d+ held out/
}
const weightsOf = { ja: /もとのモデル.*の重み/, en: /the weights of the base model/ }
const timesOf = {
  ja: /このPCで[\d約].*NVIDIA H100 が1枚あれば.*です（公表されている速さからの計算/,
  en: /on this PC, .* on one NVIDIA H100 \(calculated from published speeds/
}
const likeHttp = { ja: /http:\/\/10\.0\.0\.5:8265 のように/, en: /Write it like http/ }

const folder = mkdtempSync(join(tmpdir(), 'neiro-elsewhere-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('a training on another machine', () => {
  const browser = suiteBrowser()
  const window = furnishedWindow(folder)
  let cluster: PlayedCluster
  beforeEach(async () => {
    cluster = new PlayedCluster()
    await cluster.start()
  })
  afterEach(() => cluster.stop())

  const open = (language: Language) => openedElsewhere(browser(), window(), language)

  test.each(languages)(
    'into a folder, and back from it (%s)',
    async (language) => {
      const { page, walk, words, say } = await open(language)
      const { browser: files } = words.common
      // what it would take here, and on a machine of another kind
      await page.getByText(timesOf[language]).waitFor({ timeout: 120_000 })
      await shot(page, `elsewhere-${language}`)
      const look = walk.button(say.look)
      await look.waitFor()
      expect(await look.isDisabled()).toBe(true)
      await walk.button(say.choose).click()
      const chooser = page.getByRole('dialog')
      await walk.button(files.thisFolder, chooser).click()
      await chooser.waitFor({ state: 'detached' })
      await look.click()
      const leaving = page.getByRole('dialog')
      await leaving.getByText(allOf[language]).waitFor()
      await leaving.getByText(say.kept).waitFor()
      expect(await faults(page)).toEqual([])
      await shot(page, `folder-leaving-${language}`)
      const before = readdirSync(folder)
      await walk.button(say.agree.folder, leaving).click()
      await walk.title(say.byHand)
      const [name = ''] = readdirSync(folder).filter((one) => !before.includes(one))
      const dir = join(folder, name)
      await page.getByText(say.byHandText(dir)).waitFor()
      expect(readdirSync(dir)).toEqual(expect.arrayContaining(['README.md', 'recipe.json', 'train.py']))
      await shot(page, `folder-awaited-${language}`)
      expect(await walk.button(words.train.resume).count()).toBe(0)
      await page.getByRole('navigation').getByText(say.awaited).waitFor()
      // home says so too, and leads to where it is taken back
      await walk.goHome()
      await page.getByRole('heading', { name: words.home.headline.awaited }).waitFor()
      await page.getByText(words.home.state.awaited).first().waitFor()
      expect(await page.getByText(words.home.state.paused).count()).toBe(0)
      await walk.click(words.home.go.awaited)
      await walk.title(say.byHand)

      trained(dir)
      await walk.button(say.takeBack).click()
      const home = page.getByRole('dialog')
      await home.getByLabel(files.path).fill(dir)
      await walk.button(files.goTo, home).click()
      await walk.button(files.thisFolder, home).click()
      await walk.title(words.train.live.finished)
      expect(await faults(page)).toEqual([])
      await shot(page, `folder-home-${language}`)
    },
    120_000
  )

  test.each(languages)(
    'to a Ray cluster: refused, nothing is sent; agreed to, it trains there and comes home (%s)',
    async (language) => {
      const { page, walk, words, say } = await open(language)
      const there = remoteWords(language).places.ray(cluster.address)
      await page.getByRole('radio', { name: say.kinds.ray.title }).check()
      const where = page.getByLabel(say.where.ray)
      await where.fill('10.0.0.5')
      await walk.button(say.look).click()
      await page.getByText(likeHttp[language]).waitFor()
      await where.fill(cluster.address)
      await walk.button(say.look).click()
      const leaving = page.getByRole('dialog', { name: new RegExp(cluster.address) })
      await leaving.getByText(weightsOf[language]).waitFor()
      await shot(page, `ray-leaving-${language}`)
      await walk.button(say.refuse, leaving).click()
      await leaving.waitFor({ state: 'detached' })
      expect(cluster.connections).toBe(0)

      await walk.button(say.look).click()
      await leaving.getByText(say.kept).waitFor()
      expect(cluster.connections).toBe(0)
      await walk.button(say.agree.ray, leaving).click()
      await page.getByText(say.trains(there)).waitFor()
      expect(await faults(page)).toEqual([])
      await expect.poll(() => cluster.asked).toContain('POST /api/jobs/')
      await shot(page, `ray-training-${language}`)
      // stopped there with what it has, and gone on with
      cluster.paused(3)
      await walk.button(words.train.pause).click()
      await walk.title(words.train.live.paused, 30_000)
      expect(cluster.asked.some((one) => one.endsWith('/stop'))).toBe(true)
      cluster.status = 'RUNNING'
      cluster.files['status.json'] = JSON.stringify({
        state: 'running',
        step: 3,
        total_steps: 10,
        checkpoint: 3
      })
      await walk.button(words.train.resume).click()
      await page.getByText(say.trains(there)).waitFor()
      cluster.finished(10)
      await walk.title(words.train.live.finished, 30_000)
      await page.getByText(say.trained(there)).waitFor()
      await shot(page, `ray-home-${language}`)
    },
    120_000
  )
})

/** What train.py leaves when it has come to its end. */
function trained(dir: string): void {
  const write = (name: string, text: string): void => {
    mkdirSync(join(dir, 'output/adapter'), { recursive: true })
    writeFileSync(join(dir, 'output', name), text)
  }
  expect(readFileSync(join(dir, 'README.md'), 'utf8')).toContain('neiro take-back')
  expect(basename(dir)).not.toBe('')
  write('status.json', JSON.stringify({ state: 'finished', step: 40, total_steps: 40, checkpoint: 40 }))
  write('metrics.jsonl', `${JSON.stringify(stepLine(40))}\n`)
  const entries = Object.entries(adapterThere).map(([name, text]) => {
    write(`adapter/${name}`, text)
    return { name, size: text.length, sha256: createHash('sha256').update(text).digest('hex') }
  })
  write('adapter/sealed.json', JSON.stringify({ files: entries }))
}
