// Every room, in both languages and both appearances: axe finds nothing serious, the keyboard goes everywhere in
// the order of the page, the title takes the focus, and reload and Back keep the place.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { faults } from './axe'
import { usual, type Visit } from './browser'
import { furnishedWindow } from './furnished-window'
import { brokenInside } from './line-boxes'
import { rooms } from './rooms'
import { come, describeWindow, suiteBrowser } from './suite'
import { Walk } from './walk'
import { roomAt } from './served'

const folder = mkdtempSync(join(tmpdir(), 'neiro-rooms-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('every room', () => {
  const browser = suiteBrowser()
  const window = furnishedWindow(folder)

  const address = (hash: string): string => roomAt(window().served.url, hash)

  /** Signed in, in Japanese: each arrival is a browser of its own, by an address of its own. */
  const arrive = async (): Promise<Visit & { walk: Walk }> => {
    const visited = await come(browser(), window().served.url)
    return { ...visited, walk: new Walk(visited.page, 'ja') }
  }

  test('the keyboard goes from skip link to rail, content and action bar, in every room', async () => {
    const { page } = await arrive()
    for (const room of rooms(window().furnished)) {
      await page.goto(address(room.hash))
      await page.getByRole('heading', { level: 1, name: room.title(ja), exact: true }).waitFor()
      const stops = await tabStops(page)
      const expected = ['skip link', 'rail', 'content', 'action bar']
      expect(stops, room.name).toEqual(expected.filter((stop) => stops.includes(stop)))
      expect(stops, room.name).toEqual(expect.arrayContaining(['skip link', 'rail']))
    }
  }, 120_000)

  test('a change of the room puts the focus on its title, and the skip link leads there', async () => {
    const { page, walk } = await arrive()
    await page.goto(address(`#goal?project=${window().furnished.own}`))
    await walk.title(ja.goal.title)
    await walk.goToStep('data')
    await walk.title(ja.data.title)
    await expect.poll(() => focused(page)).toBe(`H1 ${ja.data.title}`)
    await page.getByRole('link', { name: ja.common.skip }).focus()
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe(`H1 ${ja.data.title}`)
  })

  test('Escape closes help and dialogs, and the focus is where it was', async () => {
    const { page, walk } = await arrive()
    await page.goto(address(`#data?project=${window().furnished.own}`))
    await walk.click(ja.common.help)
    const help = page.getByRole('dialog', { name: ja.common.helpTitle })
    await help.waitFor()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    expect(await focused(page)).toContain(ja.common.help)

    await page.goto(address('#home'))
    await walk.click(ja.home.newProject)
    const dialog = page.getByRole('dialog', { name: ja.home.createTitle })
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toContain(ja.home.newProject)
  })

  test('what can be pressed in the folder browser stays where it is when the list arrives', async () => {
    const { page, walk } = await arrive()
    let held: (() => void)[] | null = null
    await page.routeWebSocket(/./, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => {
        if (held) held.push(() => socket.send(message))
        else socket.send(message)
      })
    })
    await page.goto(address(`#model?project=${window().furnished.own}`))
    await page.reload()
    await walk.title(ja.model.title)
    const opener = walk.button(ja.model.add)
    await opener.and(page.locator(':enabled')).waitFor()
    held = []
    await opener.click()
    const dialog = page.getByRole('dialog')
    const go = walk.button(ja.common.browser.goTo, dialog)
    await go.waitFor()
    const before = await go.boundingBox()
    for (const send of held) (send as () => void)()
    held = null
    await dialog.getByRole('list').waitFor()
    const after = await go.boundingBox()
    expect(after?.y).toBe(before?.y)
  })

  test('a model that is suggested late moves nothing that can be pressed', async () => {
    const { page, walk } = await arrive()
    let release: () => void = () => undefined
    const wanted = new Promise<void>((resolve) => (release = resolve))
    await page.routeWebSocket(/./, (socket) => {
      const server = socket.connectToServer()
      const late = new Set<number>()
      socket.onMessage((message) => {
        const { id, call } = JSON.parse(String(message)) as { id: number; call: string }
        if (call === 'models.suggest') late.add(id)
        server.send(message)
      })
      server.onMessage((message) => {
        const { id } = JSON.parse(String(message)) as { id?: number }
        if (id === undefined || !late.has(id)) return socket.send(message)
        void wanted.then(() => socket.send(message))
      })
    })
    await page.goto(address(`#model?project=${window().furnished.own}`))
    await page.reload()
    await walk.title(ja.model.title)
    const first = page.getByRole('radiogroup', { name: ja.model.listLabel }).getByRole('radio').first()
    await first.waitFor()
    await page.getByText(ja.catalogue.suggesting).waitFor()
    const before = await first.boundingBox()
    release()
    await page.getByText(ja.catalogue.suggesting).waitFor({ state: 'detached' })
    await page.getByRole('radiogroup', { name: ja.catalogue.suggested }).waitFor()
    expect((await first.boundingBox())?.y).toBe(before?.y)
  })

  test('presets are chosen by arrow keys', async () => {
    const { page, walk } = await arrive()
    await page.goto(address(`#train?project=${window().furnished.own}`))
    await walk.title(ja.train.title)
    const quick = page.getByRole('radio', { name: ja.train.presets.quick.title })
    await quick.waitFor()
    await page.getByRole('radio', { name: ja.train.presets.balanced.title }).focus()
    await page.keyboard.press('ArrowUp')
    expect(await quick.isChecked()).toBe(true)
  })

  test('reload and Back keep the place; a project opens where it was left', async () => {
    const { page, walk } = await arrive()
    await page.goto(address(`#goal?project=${window().furnished.own}`))
    await walk.title(ja.goal.title)
    await walk.goToStep('data')
    await walk.title(ja.data.title)
    await page.reload()
    await walk.title(ja.data.title)
    await page.goBack()
    await walk.title(ja.goal.title)
    await page.goForward()
    await walk.title(ja.data.title)
    await walk.goHome()
    // going between its rooms is no work: it stands behind the one of which more was done
    await page
      .getByRole('listitem')
      .filter({ hasText: window().furnished.ownName })
      .getByRole('button')
      .first()
      .click()
    await walk.title(ja.data.title)
  })

  test('an address that leads nowhere leads home', async () => {
    const { page, walk } = await arrive()
    await page.goto(address('#train?project=gone&run=gone'))
    await page.reload()
    await walk.goHome()
    await walk.title(ja.home.back)
  })

  // last, because the language is the app's and stays as chosen
  describe.each(['ja', 'en'] as const)('in %s', (language) => {
    test.each(['light', 'dark'] as const)(
      'axe finds nothing serious in the %s rooms',
      async (theme) => {
        const { page, complaints } = await come(browser(), window().served.url, { ...usual, theme })
        const words = language === 'ja' ? ja : en
        await page.goto(address('#settings'))
        await page.getByText(language === 'ja' ? '日本語' : 'English', { exact: true }).click()
        for (const room of rooms(window().furnished)) {
          await page.goto(address(room.hash))
          await page.getByRole('heading', { level: 1, name: room.title(words), exact: true }).waitFor()
          await expect.poll(() => page.locator('[aria-busy=true]').count(), { timeout: 30_000 }).toBe(0)
          expect(await faults(page), room.name).toEqual([])
        }
        expect(complaints).toEqual([])
      },
      120_000
    )

    test('no figure, date or name stands in two lines, however narrow the window is', async () => {
      const { page } = await come(browser(), window().served.url)
      const words = language === 'ja' ? ja : en
      await page.goto(address('#settings'))
      await page.getByText(language === 'ja' ? '日本語' : 'English', { exact: true }).click()
      const { ownName } = window().furnished
      const names = [
        ownName,
        words.train.presets.quick.title,
        '問い合わせ履歴_過去分.csv',
        'FAQ_2026年度.xlsx'
      ]
      const broken: string[] = []
      for (const room of rooms(window().furnished)) {
        await page.goto(address(room.hash))
        await page.getByRole('heading', { level: 1, name: room.title(words), exact: true }).waitFor()
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
        for (const width of [800, 1024, 1280]) {
          await page.setViewportSize({ width, height: 800 })
          for (const one of await brokenInside(page, names)) broken.push(`${room.name} ${width}: ${one}`)
        }
      }
      expect(broken).toEqual([])
    }, 120_000)
  })
})

const focused = (page: Page): Promise<string> =>
  page.locator('body').evaluate((body) => {
    const element = body.ownerDocument.activeElement
    return `${element?.tagName} ${element?.getAttribute('aria-label') ?? element?.textContent?.trim()}`
  })

/** Through which parts of the page the Tab key goes, from its start, each named once when it is entered. */
async function tabStops(page: Page): Promise<string[]> {
  await page.getByRole('link', { name: ja.common.skip }).focus()
  const stops: string[] = []
  for (let press = 0; press < 300; press++) {
    const stop = await page.locator('body').evaluate((body) => {
      const at = body.ownerDocument.activeElement
      if (!at || at === body) return null
      if (at.closest('.skip')) return 'skip link'
      if (at.closest('nav')) return 'rail'
      if (at.closest('footer')) return 'action bar'
      return at.closest('main') ? 'content' : `outside: ${at.outerHTML.slice(0, 80)}`
    })
    if (stop === null || (stop === 'skip link' && stops.length > 1)) break
    if (stops.at(-1) !== stop) stops.push(stop)
    await page.keyboard.press('Tab')
  }
  return stops
}
