// What the window is for those who see it otherwise: high contrast, a narrow or magnified window, a screen reader;
// and the drawer for experts, which takes no value that was not chosen.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { settingRows } from '../../main/contract/settings'
import { figureWords } from '../../main/words/figures'
import { settingsWords } from '../../main/words/settings'
import { ja } from '../../main/words/window/ja'
import { mostOverlaid } from '../../renderer/lib/overlay-lines'
import { choiceText } from '../../renderer/lib/setting-words'
import { usual, type Visit } from './browser'
import { furnishedWindow } from './furnished-window'
import { rooms } from './rooms'
import { come, describeWindow, suiteBrowser } from './suite'
import { roomAt } from './served'

const folder = mkdtempSync(join(tmpdir(), 'neiro-access-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('access', () => {
  const browser = suiteBrowser()
  const window = furnishedWindow(folder, () => copyRuns(mostOverlaid))

  const arrive = (look: Partial<typeof usual> = {}): Promise<Visit> =>
    come(browser(), window().served.url, { ...usual, ...look })

  async function enter(page: Page, name: string): Promise<void> {
    const room = rooms(window().furnished).find((one) => one.name === name)
    if (!room) throw new Error(`no room ${name}`)
    await page.goto(roomAt(window().served.url, room.hash))
    await page.getByRole('heading', { level: 1, name: room.title(ja), exact: true }).waitFor()
    await expect.poll(() => page.locator('[aria-busy=true]').count(), { timeout: 30_000 }).toBe(0)
  }

  describe('in high contrast', () => {
    const contrasting = async (): Promise<Page> => {
      const { page } = await arrive({ theme: 'dark' })
      await page.emulateMedia({ forcedColors: 'active' })
      return page
    }

    test('a switch shows whether it is on, a chosen answer that it is chosen', async () => {
      const page = await contrasting()
      await enter(page, 'train-after')
      const on = await look(page.getByRole('switch', { checked: true }).first().locator('i'))
      const off = await look(page.getByRole('switch', { checked: false }).first().locator('i'))
      expect(on.background).not.toBe(off.background)
      for (const one of [on, off]) expect(one.frame).toBeGreaterThan(0)

      await enter(page, 'settings')
      const picks = page.getByRole('radiogroup').first().locator('label')
      const chosen = await look(picks.filter({ has: page.locator(':checked') }))
      const other = await look(picks.filter({ has: page.locator(':not(:checked)') }).first())
      expect(chosen.background).not.toBe(other.background)
      expect(chosen.ink).not.toBe(chosen.background)
      await page.getByRole('radiogroup').first().getByRole('radio', { checked: true }).focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowLeft')
      const focused = await look(picks.filter({ has: page.locator(':focus') }))
      expect(focused.outline).toMatch(/^2px solid/)
      expect(focused.outline).not.toContain('rgba(0, 0, 0, 0)')
    })

    test('bars have frames and a filling that is not the ground', async () => {
      const page = await contrasting()
      await enter(page, 'model')
      const meter = page.getByRole('meter').first()
      const [trough, filling] = [await look(meter), await look(meter.locator('i'))]
      expect(trough.frame).toBeGreaterThan(0)
      expect(filling.background).not.toBe(trough.background)

      await enter(page, 'train-before')
      const memory = page.getByRole('meter', { name: ja.train.memoryTitle })
      const parts = await Promise.all((await all(memory.locator('i'))).map(look))
      expect(parts.length).toBeGreaterThanOrEqual(4)
      expect(new Set(parts.slice(0, 4).map((part) => part.background + part.pattern)).size).toBe(4)
      for (const part of [await look(memory), ...parts]) expect(part.frame).toBeGreaterThan(0)
    })

    test('notes, answers and labels have frames', async () => {
      const page = await contrasting()
      await enter(page, 'train-after')
      for (const bubble of await all(page.locator('.bubble')))
        expect((await look(bubble)).frame).toBeGreaterThan(0)
      await enter(page, 'compare')
      expect(
        (await look(page.locator('.note.ai, .note.ok, .note.info, .note.warn').first())).frame
      ).toBeGreaterThan(0)
      const panes = await all(page.locator('.pane'))
      expect(panes.length).toBeGreaterThan(1)
      for (const pane of panes) expect((await look(pane)).frame).toBeGreaterThan(0)
      await enter(page, 'runs')
      expect((await look(page.locator('.tag').first())).frame).toBeGreaterThan(0)
    })

    test('the curves are drawn in the colour of the text', async () => {
      const page = await contrasting()
      await enter(page, 'train-after')
      const canvas = page.locator('canvas')
      await canvas.waitFor()
      await expect.poll(() => drawn(canvas)).toMatchObject({ coloured: 0 })
      expect((await drawn(canvas)).white).toBeGreaterThan(500)
      await page.emulateMedia({ forcedColors: 'none' })
      await expect.poll(async () => (await drawn(canvas)).coloured).toBeGreaterThan(500)
    })
  })

  describe.each([
    ['800 px wide', 800, 600],
    ['1280 x 800 at 200 %', 640, 400]
  ] as const)('%s', (_, width, height) => {
    test('no room has to be scrolled sideways, and nothing is cut off at its right', async () => {
      const { page } = await arrive({ width, height })
      for (const room of rooms(window().furnished)) {
        await enter(page, room.name)
        expect(await tooWide(page), room.name).toEqual([])
      }
    }, 120_000)

    test('whatever takes the focus in the rail is seen', async () => {
      const { page } = await arrive({ width, height })
      await enter(page, 'data')
      const stops = await all(page.getByRole('navigation').locator('a, button'))
      expect(stops.length).toBeGreaterThan(3)
      for (const stop of stops) {
        const box = await stop.boundingBox()
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24)
        expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width).toBe(true)
        expect(
          await stop.evaluate(
            (element) => element.ownerDocument.defaultView!.getComputedStyle(element).clipPath
          )
        ).toBe('none')
      }
    })
  })

  describe('the drawer for experts', () => {
    const opened = async (): Promise<Page> => {
      const { page } = await arrive()
      await enter(page, 'train-before')
      const drawer = page.getByRole('button', { name: ja.train.drawer })
      await drawer.waitFor()
      expect(await drawer.textContent()).not.toMatch(/none|nf4/)
      await drawer.click()
      return page
    }

    test('says every choice in plain words with its term, and names its switches and groups with both', async () => {
      const page = await opened()
      for (const key of ['baseQuantization', 'lossOn', 'schedule'] as const) {
        const { term, choices } = settingRows[key]
        const select = page.getByRole('combobox', { name: `${settingsWords.ja[key].label} ${term}` })
        const shown = await select.locator('option').allTextContents()
        expect(shown).toEqual(choices.map((choice) => choiceText(key, choice, 'ja')))
      }
      const { label } = settingsWords.ja.packing
      const packing = page.getByRole('switch', { name: `${label} ${settingRows.packing.term}` })
      await page.locator('label', { hasText: label }).click()
      expect(await packing.getAttribute('aria-checked')).toBe('true')
      const modules = page.getByRole('group', { name: new RegExp(settingsWords.ja.targetModules.label) })
      const [whole, first, second] = await all(modules.getByRole('checkbox'))
      const ticked = (): Promise<number> => modules.getByRole('checkbox', { checked: true }).count()
      // one of them takes the place of all, a second stands beside it, and the last one stays
      await first?.click()
      expect(await ticked()).toBe(1)
      await second?.click()
      expect(await ticked()).toBe(2)
      for (const box of [first, second]) await box?.click()
      expect(await ticked()).toBe(1)
      await whole?.click()
      expect(await ticked()).toBe(1)
      expect(await whole?.isChecked()).toBe(true)
      await whole?.click()
      await page.getByText(ja.train.noneLeft).waitFor()
    })

    test('takes full-width digits, starts nothing with a wrong value, and lets it go with a preset', async () => {
      const page = await opened()
      const rank = page.getByRole('textbox', { name: settingsWords.ja.loraRank.label })
      const start = page.getByRole('button', { name: ja.train.start })
      await rank.fill('１２')
      await rank.blur()
      expect(await rank.inputValue()).toBe('12')
      await expect.poll(() => start.isEnabled()).toBe(true)

      await rank.fill('9999')
      await rank.blur()
      const says = page.getByText(ja.train.outOfRangeWhole('1', '256'))
      await says.waitFor()
      await expect.poll(() => start.isDisabled()).toBe(true)
      expect(await rank.inputValue()).toBe('9999')
      await page.getByRole('radio', { name: ja.train.presets.quick.title }).check()
      await says.waitFor({ state: 'detached' })
      expect(await rank.inputValue()).not.toBe('9999')
      await expect.poll(() => start.isEnabled()).toBe(true)
    })
  })

  test('the chart says what its view shows, and its table holds every held-out measurement', async () => {
    const { page } = await arrive()
    await enter(page, 'train-after')
    const { chart } = ja.train
    await page
      .getByRole('img', { name: new RegExp(`^${figureWords('loss', 'ja', null).heldOut}は [\\d.]+`) })
      .waitFor()
    for (const view of ['learningRate', 'gradNorm', 'tokensPerSecond', 'memory']) {
      await page.getByRole('combobox', { name: chart.views }).selectOption(view)
      const said = page.getByRole('main').getByRole('img', { name: figureWords(view, 'ja', null).training })
      await said.waitFor()
      expect(await page.getByRole('switch', { name: chart.smooth }).count()).toBe(
        view === 'gradNorm' || view === 'tokensPerSecond' ? 1 : 0
      )
    }
    await page.getByRole('combobox', { name: chart.views }).selectOption('loss')
    await page.getByRole('switch', { name: chart.table }).click()
    const rows = await all(page.getByRole('row'))
    const cells = await Promise.all(rows.slice(1).map((row) => row.getByRole('cell').allTextContents()))
    const measured = heldOutLines(runDir())
    expect(measured).toBeGreaterThan(3)
    expect(cells.filter(([, heldOut]) => heldOut?.trim())).toHaveLength(measured)
    expect(await page.getByRole('switch').count()).toBe(1)
  })

  test('runs are overlaid by either loss, and a sixth is refused with a word', async () => {
    const { page } = await arrive()
    await enter(page, 'runs')
    const boxes = await all(page.getByRole('checkbox'))
    expect(boxes).toHaveLength(mostOverlaid + 1)
    for (const box of boxes) await box.click()
    await page.getByRole('status').getByText(ja.runs.noMore(mostOverlaid)).waitFor()
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(mostOverlaid)
    expect(await boxes.at(-1)?.isChecked()).toBe(false)
    // one of the copies was cut off before its first check
    await page.getByText(ja.runs.insteadWhy).waitFor()
    await page.getByText(figureWords('loss', 'ja', null).training, { exact: true }).click()
    await page
      .getByRole('img', { name: new RegExp(`${figureWords('loss', 'ja', null).training}は [\\d.]+`) })
      .waitFor()
    await boxes[0]?.click()
    await page.getByText(ja.runs.noMore(mostOverlaid)).waitFor({ state: 'detached' })
    // one copy was given another rate: the table says settings in words
    await page.getByRole('switch', { name: ja.train.chart.table }).click()
    expect(await page.getByRole('table').count()).toBeGreaterThan(1)
  })

  const runDir = (): string => {
    const runs = join(folder, 'neiro', 'projects', '見本の口調', 'runs')
    const [first] = readdirSync(runs).filter((name) => !name.includes('copy'))
    return join(runs, first ?? '')
  }

  /** A run is its folder: a copy of it is another run. The last one was cut off before its first check. */
  function copyRuns(copies: number): void {
    for (let copy = 1; copy <= copies; copy++) {
      const dir = `${runDir()}-copy-${copy}`
      cpSync(runDir(), dir, { recursive: true })
      rename(dir, `写し ${copy}`)
      if (copy === copies) {
        const metrics = join(dir, 'metrics.jsonl')
        const kept = readFileSync(metrics, 'utf8')
          .split('\n')
          .filter((line) => !line.includes('"evaluation"'))
        writeFileSync(metrics, kept.join('\n'))
      }
    }
  }
})

/** Those that are there, once there are any. */
async function all(found: Locator): Promise<Locator[]> {
  await found.first().waitFor()
  return found.all()
}

/** How much of a drawing is in colours, and how much in the white of a dark theme. */
const drawn = (canvas: Locator): Promise<{ coloured: number; white: number }> =>
  canvas.evaluate((element) => {
    const { width, height, getContext } = element as unknown as {
      width: number
      height: number
      getContext(kind: '2d'): {
        getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray }
      }
    }
    const { data } = getContext.call(element, '2d').getImageData(0, 0, width, height)
    const counts = { coloured: 0, white: 0 }
    for (let i = 0; i < data.length; i += 4) {
      const [red = 0, green = 0, blue = 0, seen = 0] = data.subarray(i, i + 4)
      if (seen < 200) continue
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > 40) counts.coloured++
      if (Math.min(red, green, blue) > 230) counts.white++
    }
    return counts
  })

interface Look {
  background: string
  pattern: string
  ink: string
  /** width of its edge, in pixels */
  frame: number
  outline: string
}

const look = (part: Locator): Promise<Look> =>
  part.evaluate((element) => {
    const style = element.ownerDocument.defaultView!.getComputedStyle(element)
    return {
      background: style.backgroundColor,
      pattern: style.backgroundImage,
      ink: style.color,
      frame: Number.parseFloat(style.borderTopWidth),
      outline: `${style.outlineWidth} ${style.outlineStyle} ${style.outlineColor}`
    }
  })

/** What stands out at the right of the window or of its room, as far as it is not inside a part that scrolls. */
const tooWide = (page: Page): Promise<string[]> =>
  page.locator('body').evaluate((body) => {
    const found: string[] = []
    const { clientWidth } = body.ownerDocument.documentElement
    const scrolls = (element: typeof body): boolean =>
      ['auto', 'scroll', 'hidden', 'clip'].includes(
        element.ownerDocument.defaultView!.getComputedStyle(element).overflowX
      )
    for (const element of body.querySelectorAll<typeof body>('main, main *')) {
      const { right, width, height } = element.getBoundingClientRect()
      if (width <= 1 || height <= 1 || right <= clientWidth + 1) continue
      let around = element.parentElement
      while (around && !(scrolls(around) && !around.matches('.body'))) around = around.parentElement
      if (!around || around === body) found.push(`${element.tagName}.${element.className} ends at ${right}`)
    }
    const room = body.querySelector('main > .body')
    if (room && room.scrollWidth > room.clientWidth + 1)
      found.push(`room: ${room.scrollWidth} in ${room.clientWidth}`)
    return found.slice(0, 6)
  })

function rename(dir: string, name: string): void {
  const file = join(dir, 'run.json')
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), name }))
}

const heldOutLines = (dir: string): number =>
  readFileSync(join(dir, 'metrics.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"evaluation"')).length
