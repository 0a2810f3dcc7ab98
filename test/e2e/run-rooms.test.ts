// The rooms of runs, from one furnished window with several of them: what charts say under the pointer, what runs are
// called, how far each has come, which one is spoken of, and that nothing needed slips out of sight.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readdirSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { neiro } from '../fixtures/neiro-cli'
import { usual, type Look } from './browser'
import { furnishedWindow } from './furnished-window'
import { come, describeWindow, suiteBrowser } from './suite'
import { compareTitle } from './titles'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-run-rooms-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
/** of the run that was ended early */
const share = 0.3

describeWindow('the rooms of runs', () => {
  const browser = suiteBrowser()
  const window = furnishedWindow(folder, prepare)

  async function arrive(look: Partial<Look> = {}): Promise<{ page: Page; walk: Walk }> {
    const { page } = await come(browser(), window().served.url, { ...usual, ...look })
    const walk = new Walk(page, 'ja')
    await walk.title(ja.home.back)
    return { page, walk }
  }
  const go = (page: Page, hash: string): Promise<unknown> =>
    page.goto(new URL(`/${hash}`, window().served.url).href)
  const sample = (room: string): string => `#${room}?project=${window().furnished.sample}`

  describe('charts', () => {
    test('say what was measured under the pointer, and nothing once it is gone', async () => {
      const { page, walk } = await arrive()
      await go(page, `${sample('train')}&run=${window().furnished.run}`)
      await walk.title(ja.train.live.finished)
      const canvas = page.locator('canvas')
      await canvas.waitFor()
      const card = page.locator('.tip .card')
      // away from the lines, too: the nearest step is meant
      await expect
        .poll(async () => {
          await canvas.hover({ position: { x: 260, y: 120 } })
          return card.count()
        })
        .toBe(1)
      const said = (await card.textContent()) ?? ''
      for (const part of [
        '見本の口調・',
        ja.train.chart.step,
        ja.train.chart.atEpoch,
        ja.train.chart.trainShort
      ])
        expect(said).toContain(part)
      expect(said).toMatch(new RegExp(`${ja.train.chart.heldOutShort}\\s*\\d+\\.\\d\\d`))
      await page.getByRole('heading', { level: 1 }).hover()
      await expect.poll(() => card.count()).toBe(0)
    })

    test('of lengths have a unit and their limit, and tell of the bar under the pointer', async () => {
      const { page } = await arrive()
      await go(page, `#data?project=${window().furnished.own}`)
      const bars = page.locator('.histogram .bars')
      await bars.waitFor({ timeout: 60_000 })
      await bars.scrollIntoViewIfNeeded()
      const { lengthAxes, lengthLimit } = ja.data
      for (const words of [lengthAxes.x, lengthAxes.y, lengthLimit('1,024')])
        await page.getByText(words, { exact: false }).first().waitFor()
      await expect
        .poll(async () => {
          await bars.hover({ position: { x: 40, y: 40 } })
          return page
            .locator('.tip .card')
            .textContent()
            .catch(() => '')
        })
        .toMatch(/\d+〜\d+トークン\s*お手本の数\s*\d+/)
    })
  })

  describe('names', () => {
    const chosen = async (page: Page, names: readonly RegExp[]): Promise<void> => {
      await go(page, '#runs')
      await page.getByRole('row').nth(2).waitFor()
      for (const name of names)
        await page.getByRole('row').filter({ hasText: name }).first().getByRole('checkbox').check()
      await page.locator('canvas').waitFor()
    }
    const legend = (page: Page): Promise<string[]> =>
      page.locator('section.sheet ul[aria-hidden] li').allInnerTexts()

    test('two runs of one name are two in table, legend and settings', async () => {
      const { page } = await arrive()
      await chosen(page, [/お試し 1（.*#1）/, /お試し 1（.*#2）/])
      await expect.poll(async () => new Set(await legend(page)).size).toBe(2)
      const names = await legend(page)
      for (const name of names) expect(name.trim()).toMatch(/^見本の口調・お試し 1（.+#[12]）/)
      // they were checked on the same pairs
      expect(await page.getByText(ja.runs.otherHeldOut.title).count()).toBe(0)
    })

    test('runs that were checked on other pairs are not laid over one another without a word', async () => {
      const { page } = await arrive()
      await chosen(page, [/お試し 1（.*#1）/, /別の検証/])
      await page.getByText(ja.runs.otherHeldOut.title).waitFor()
      await page.getByText(ja.runs.otherHeldOut.alone('見本の口調・別の検証')).waitFor()
    })
  })

  describe('states', () => {
    test('home says that it was exported, and its wave has its whole tone', async () => {
      const { page } = await arrive()
      await page.getByRole('heading', { level: 2, name: ja.home.headlineExported.tone }).waitFor()
      const wave = page.locator('.latest .wave svg')
      expect([await wave.locator('.tone').count(), await wave.locator('.ahead').count()]).toEqual([3, 0])
      await page.getByRole('button', { name: ja.home.go.exported }).click()
      await page.getByRole('heading', { level: 1, name: ja.exporting.title }).waitFor()
      const step = page.getByRole('navigation').getByRole('link', { name: ja.common.steps.export })
      expect(await step.textContent()).toContain(ja.common.exported('1'))
    })

    test('a run that was ended early is indigo as far as it learnt, and says what came of it', async () => {
      const { page, walk } = await arrive()
      await go(page, '#runs')
      await page
        .getByRole('row')
        .filter({ hasText: '途中まで' })
        .getByRole('button', { name: ja.runs.open })
        .click()
      await walk.title(ja.train.live.stopped)
      await page.getByText(/検証の損失は [\d.]+ から [\d.]+ に下がりました。.+ステップの状態/).waitFor()
      const wave = page.locator('.progress .wave svg')
      const [at, width] = [
        Number(await wave.locator('.bar').getAttribute('x1')),
        Number(await wave.getAttribute('width'))
      ]
      expect(at / width).toBeGreaterThan(share - 0.05)
      expect(at / width).toBeLessThan(share + 0.05)
    })

    test('the run of the address is spoken of by page and rail, stays after a reload, and follows the address', async () => {
      const { page } = await arrive()
      await go(page, sample('compare'))
      await page.getByRole('heading', { level: 1, name: compareTitle(ja) }).waitFor()
      const select = page.getByRole('combobox', { name: ja.compare.run })
      const shown = async (): Promise<string> => (await select.locator('option:checked').textContent()) ?? ''
      const rail = page.getByRole('navigation').getByRole('link', { name: ja.common.steps.train })
      const first = await shown()
      expect(await rail.textContent()).toContain(first)
      await select.selectOption({ label: '別の検証' })
      await expect.poll(() => rail.textContent()).toContain('別の検証')
      await expect.poll(() => page.url()).toContain(`run=${await select.inputValue()}`)
      await page.reload()
      await expect.poll(shown).toBe('別の検証')
      await go(page, `${sample('compare')}&run=${window().furnished.run}`)
      await expect.poll(shown).toBe(first)
    }, 120_000)

    test('the export room names its run, lets another be chosen, and keeps older exports in view', async () => {
      const { page, walk } = await arrive()
      await go(page, `${sample('export')}&run=${window().furnished.run}`)
      await walk.title(ja.exporting.title)
      await page.getByRole('img', { name: ja.exporting.stamp }).waitFor()
      const select = page.getByRole('combobox', { name: ja.exporting.run })
      await select.selectOption({ label: '別の検証' })
      // of this run nothing was exported; what was of the other is still there
      await page.getByRole('img', { name: ja.exporting.stamp }).waitFor({ state: 'detached' })
      const earlier = page.locator('section').filter({ hasText: ja.exporting.earlier })
      await earlier
        .getByText(/お試し 1/)
        .first()
        .waitFor()
      expect(await earlier.locator('.code').first().textContent()).toContain('exports')
    })
  })

  test('the settings open from within a project and lead back to it; the terminal lists what was trained here', async () => {
    const { page, walk } = await arrive()
    await go(page, sample('export'))
    await walk.title(ja.exporting.title)
    await page.getByRole('navigation').getByRole('link', { name: ja.common.settings }).click()
    await walk.title(ja.settings.title)
    // its rail stays, so that every step is one click away
    await page.getByRole('listitem').filter({ hasText: ja.common.steps.compare }).waitFor()
    await walk.click(ja.common.steps.export)
    await walk.title(ja.exporting.title)

    // scores and judgements stand by the pair that they are about
    await go(page, sample('compare'))
    await page.getByText(ja.compare.tone).nth(1).waitFor()

    const env = { NEIRO_HOME: join(folder, 'neiro'), HOME: folder, LC_ALL: 'en_US.UTF-8' }
    const { events } = await neiro(['runs'], env)
    expect(events.find((event) => event['id'] === window().furnished.run)).toMatchObject({
      project: '見本の口調',
      state: 'finished'
    })
  })

  describe('in sight', () => {
    test('the composer of the chat stays at the foot, whatever scrolls', async () => {
      const { page } = await arrive({ height: 640 })
      await go(page, sample('compare'))
      await page.getByRole('tab', { name: ja.compare.tabs.chat }).click()
      const composer = page.getByLabel(ja.compare.ask)
      await composer.waitFor()
      const bottom = async (part: Locator): Promise<number> => {
        const box = await part.boundingBox()
        return (box?.y ?? 0) + (box?.height ?? 0)
      }
      const foot = (await page.locator('footer.actions').boundingBox())?.y ?? 0
      expect(foot - (await bottom(composer))).toBeLessThan(24)
      await page.getByText(ja.compare.settings, { exact: true }).click()
      await page.locator('main .body').evaluate((body) => body.scrollTo(0, 10_000))
      expect(foot - (await bottom(composer))).toBeLessThan(24)
    })

    test('on a wide screen the action stands where the content ends', async () => {
      const { page } = await arrive({ width: 1920, height: 1080 })
      for (const room of ['compare', 'train'] as const) {
        await go(page, `${sample(room)}&run=${room === 'train' ? 'new' : window().furnished.run}`)
        const primary = page.locator('footer.actions button.primary')
        await primary.waitFor()
        const content = await page.locator('main .body > *').last().boundingBox()
        const box = await primary.boundingBox()
        const end = (content?.x ?? 0) + (content?.width ?? 0)
        expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) - end), room).toBeLessThan(16)
      }
    })

    test('at 200 % zoom the actions stay in sight while the page scrolls', async () => {
      const { page } = await arrive({ width: 640, height: 400 })
      const { run } = window().furnished
      const rooms = [
        ...(['train', 'compare', 'export'] as const).map((room) => `${sample(room)}&run=${run}`),
        `${sample('train')}&run=new`,
        // with something to take back, and with advice beside the button
        `#data?project=${window().furnished.own}`,
        `#goal?project=${window().furnished.own}`
      ]
      for (const room of rooms) {
        await go(page, room)
        const bar = page.locator('footer.actions')
        await bar.locator('button').last().waitFor()
        for (const down of [0, 10_000]) {
          await page.locator('main').evaluate((main, to) => main.scrollTo(0, to), down)
          // the bar may be as high as it likes, if what is in it is seen
          for (const part of [bar, ...(await bar.locator('> *:not(:empty)').all())]) {
            const box = await part.boundingBox()
            if (box === null) continue
            expect(box.y + box.height, `${room} ${down}`).toBeLessThanOrEqual(401)
            expect(box.y, room).toBeGreaterThanOrEqual(0)
          }
        }
      }
    })

    test('checkboxes are found by a finger, and no ring of the focus is cut', async () => {
      const { page } = await arrive()
      await go(page, '#runs')
      await page.getByRole('checkbox').first().waitFor()
      await page.getByRole('checkbox').nth(0).check()
      await page.getByRole('checkbox').nth(1).check()
      await page.locator('canvas').waitFor()
      expect(await smallBoxes(page)).toEqual([])
      expect(await cutRings(page)).toEqual([])
      await go(page, `#train?project=${window().furnished.own}&run=new`)
      await page.getByRole('button', { name: ja.train.drawer }).click()
      await page.getByRole('checkbox').first().waitFor()
      expect(await smallBoxes(page)).toEqual([])
      expect(await cutRings(page)).toEqual([])
      for (const room of ['train', 'compare', 'export'] as const) {
        await go(page, `${sample(room)}&run=${window().furnished.run}`)
        await page.locator('footer.actions button').first().waitFor()
        await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
        expect(await cutRings(page), room).toEqual([])
      }
    }, 120_000)
  })

  /** A run is its folder: copies of it are other runs. */
  function prepare(): void {
    const projects = join(folder, 'neiro', 'projects')
    const runs = join(projects, '見本の口調', 'runs')
    const [first = ''] = readdirSync(runs)
    const copy = (to: string): string => {
      cpSync(join(runs, first), to, { recursive: true })
      return to
    }
    copy(join(runs, `${first}-twin`))
    const other = copy(join(runs, `${first}-other`))
    change(join(other, 'run.json'), { name: '別の検証' })
    rmSync(join(other, 'exports.json'), { force: true })
    const held = join(other, 'data', 'held-out.jsonl')
    writeFileSync(held, readFileSync(held, 'utf8').split('\n').slice(1).join('\n'))
    const ended = copy(join(projects, 'サポート返信', 'runs', `${first}-ended`))
    const { totalSteps } = change(join(ended, 'run.json'), { name: '途中まで' }) as { totalSteps: number }
    const step = Math.round(totalSteps * share)
    change(join(ended, 'state.json'), { state: 'stopped', step })
    const metrics = join(ended, 'metrics.jsonl')
    const lines = readFileSync(metrics, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
    const kept = lines.filter((line) => (JSON.parse(line) as { step: number }).step <= step)
    writeFileSync(metrics, `${kept.join('\n')}\n`)
    for (const name of ['exports.json', 'evaluations'])
      rmSync(join(ended, name), { recursive: true, force: true })
  }
})

function change(file: string, values: object): object {
  const changed = { ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...values }
  writeFileSync(file, JSON.stringify(changed))
  return changed
}

/** Checkboxes that are smaller than 32 by 32. */
const smallBoxes = (page: Page): Promise<string[]> =>
  page.getByRole('checkbox').evaluateAll((boxes) =>
    boxes.flatMap((box) => {
      const { width, height } = box.getBoundingClientRect()
      return width >= 32 && height >= 32 ? [] : [`${width} x ${height}`]
    })
  )

/** What has the focus and whose ring of 4 pixels something cuts off, once it is scrolled into view. */
const cutRings = (page: Page): Promise<string[]> =>
  page.locator('body').evaluate((body) => {
    const view = body.ownerDocument.defaultView!
    const found: string[] = []
    for (const stop of body.querySelectorAll<typeof body>(
      'main button, main a, main input, main select, main textarea'
    )) {
      if (stop.matches(':disabled')) continue
      stop.scrollIntoView({ block: 'center', inline: 'center' })
      const box = stop.getBoundingClientRect()
      // a radio that is not seen: its label has the ring
      if (box.width <= 1 || box.height <= 1) continue
      for (let around = stop.parentElement; around && around !== body; around = around.parentElement) {
        const style = view.getComputedStyle(around)
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue
        const clip = around.getBoundingClientRect()
        const cut =
          box.left - 4 < clip.left ||
          box.right + 4 > clip.right ||
          box.top - 4 < clip.top ||
          box.bottom + 4 > clip.bottom
        const larger = box.width > clip.width - 8 || box.height > clip.height - 8
        if (cut && !(larger && style.overflowX !== 'hidden'))
          found.push(`${stop.outerHTML.slice(0, 80)} in .${around.className}`)
      }
    }
    return found.slice(0, 5)
  })
