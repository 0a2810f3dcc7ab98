// What can be done with an export at once, by clicks and in English: created in the Ollama of this PC (a stand-in that
// speaks as it does), spoken with in the chat, asked by another program through the local server.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { en } from '../../main/words/window/en'
import { OllamaStandIn } from '../services/exports/ollama/stand-in'
import { faults } from './axe'
import { usual } from './browser'
import { furnish, type Furnished } from './furnished'
import { roomAt, startServed, type Served } from './served'
import { come, describeWindow, suiteBrowser } from './suite'
import { compareTitle } from './titles'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-take-out-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const patience = 120_000
const words = en.exporting

describeWindow('an export, used at once', () => {
  const browser = suiteBrowser()
  const ollama = new OllamaStandIn()
  let furnished: Furnished
  let neiro: Served
  /** of the export for Ollama */
  let dir = ''
  beforeAll(async () => {
    furnished = await furnish(folder, 'en')
    const env = { OLLAMA_HOST: `127.0.0.1:${await ollama.start()}` }
    neiro = await startServed(folder, { language: 'en', env })
  }, 300_000)
  afterAll(async () => {
    await neiro.stop()
    await ollama.stop()
  })

  const open = async (): Promise<{ page: Page; walk: Walk }> => {
    const { page } = await come(browser(), neiro.url, { ...usual, language: 'en' })
    const walk = new Walk(page, 'en')
    await walk.title(en.home.back)
    await page.goto(roomAt(neiro.url, `#export?project=${furnished.sample}`))
    await walk.title(words.title)
    return { page, walk }
  }

  test('is created in Ollama: what it will be told is shown first, and what it holds is what was said', async () => {
    const { page, walk } = await open()
    await page.getByText(words.foundOllama('0.40.11')).waitFor()
    const card = page
      .getByRole('main')
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: words.kinds.ollama.title }) })
    await walk.button(words.write, card).click()
    await card.getByRole('img', { name: words.stamp }).waitFor({ timeout: patience })
    await card.getByText(words.next.ollama).waitFor()
    await card.getByText(words.text.same).waitFor()
    expect(ollama.created).toEqual([])
    await walk.button(words.ollama.create, card).click()
    await card.getByText(words.ollama.shown).waitFor()
    const told = (await card.locator('pre').textContent()) ?? ''
    expect(ollama.asked.filter((call) => call !== 'GET /api/version')).toEqual([])
    await card.getByLabel(words.ollama.name).fill('our-tone')
    await walk.button(words.ollama.send, card).click()
    await card.getByText(words.ollama.done('our-tone')).waitFor({ timeout: patience })

    dir = (await card.locator('.path .code').textContent()) ?? ''
    const digest = createHash('sha256')
      .update(readFileSync(join(dir, `${basename(dir)}.gguf`)))
      .digest('hex')
    expect([...ollama.blobs.keys()]).toEqual([`sha256:${digest}`])
    const [created] = ollama.created
    expect(created).toMatchObject({ model: 'our-tone', files: expect.anything() })
    // the same template and ends that were shown
    const { template, parameters } = created as { template: string; parameters: { stop: string[] } }
    expect(template).toContain('.Messages')
    expect(told).toContain(template)
    expect(parameters.stop.length).toBeGreaterThan(0)
    for (const stop of parameters.stop) expect(told).toContain(`PARAMETER stop ${JSON.stringify(stop)}`)
    expect(await faults(page)).toEqual([])
  }, 180_000)

  test('is spoken with in the chat', async () => {
    const { page, walk } = await open()
    await walk.button(words.chat).first().click()
    await walk.title(compareTitle(en))
    await page.getByLabel(en.compare.ask).fill('Do you wrap gifts?')
    await walk.click(en.compare.send)
    await walk.button(en.compare.clear).waitFor({ timeout: patience })
    await walk.button(en.compare.send).waitFor({ timeout: patience })
    expect(((await page.locator('.bubble.tuned').last().textContent()) ?? '').length).toBeGreaterThan(0)
  }, 180_000)

  test('answers another program while the switch is on, and nobody when it is off', async () => {
    const { page } = await open()
    const panel = page.getByRole('region', { name: en.api.title })
    const toggle = panel.getByRole('switch', { name: en.api.title })
    await toggle.click()
    await panel.getByText(en.api.states.on).waitFor({ timeout: patience })
    const value = async (term: string): Promise<string> =>
      (await panel
        .locator('dt', { hasText: term })
        .locator('xpath=following-sibling::dd[1]//code')
        .first()
        .textContent()) ?? ''
    const address = await value(en.api.address)
    await panel.getByRole('button', { name: en.api.show, exact: true }).click()
    const key = await value(en.api.key)
    const written = panel.locator('.copy.block code')
    expect(await written.textContent()).toContain(key)
    await panel.getByRole('button', { name: en.api.hide, exact: true }).click()
    expect(await written.textContent()).not.toContain(key)
    const ask = (path: string, body?: unknown, by = key): Promise<Response> =>
      fetch(`${address}${path}`, {
        headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) })
      })
    const { data } = (await (await ask('/models')).json()) as { data: { id: string }[] }
    const shown = await panel.locator('dd ul code').allTextContents()
    // the one of this page stands first
    expect(data.map(({ id }) => id).sort()).toEqual([...shown].sort())
    const messages = [{ role: 'user', content: 'How much is shipping?' }]
    const answer = await ask('/chat/completions', { model: shown[0], messages, max_tokens: 24 })
    const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] }
    expect(choices[0]?.message.content.length).toBeGreaterThan(0)
    expect((await ask('/models', undefined, 'wrong')).status).toBe(401)
    // each example names the address that is shown
    for (const kind of Object.values(en.api.kinds)) {
      await panel.getByRole('tab', { name: kind }).click()
      expect(await panel.locator('.copy.block code').textContent()).toContain(address)
    }
    expect(await faults(page)).toEqual([])

    await toggle.click()
    await panel.getByText(en.api.states.off).waitFor({ timeout: patience })
    await expect(ask('/models')).rejects.toThrow()
  }, 180_000)

  test('comes in again as a base: its GGUF file is chosen in the model room, or the folder around it', async () => {
    const { page, walk } = await open()
    const { browser: say } = en.common
    const choose = async (opener: string, chosen: string): Promise<void> => {
      await page.goto(roomAt(neiro.url, `#model?project=${furnished.own}`))
      await walk.title(en.model.title)
      await walk.click(opener)
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(say.path).fill(dir)
      await walk.button(say.goTo, dialog).click()
      const file = dialog.getByRole('button', { name: `${basename(dir)}.gguf` })
      await file.waitFor()
      if (chosen === say.theseFiles(1)) await file.click()
      await walk.button(chosen, dialog).click()
      await dialog.waitFor({ state: 'detached' })
      const arrived = page.getByRole('radio', { name: new RegExp(basename(dir)) })
      await arrived.and(page.locator(':checked')).waitFor({ timeout: patience })
    }
    await choose(en.model.addFile, say.theseFiles(1))
    expect(await faults(page)).toEqual([])
    await choose(en.model.add, say.thisFolder)
    // one and the same
    expect(await page.getByRole('radio', { name: new RegExp(basename(dir)) }).count()).toBe(1)
    const next = walk.button(en.model.next).and(page.locator(':not([aria-disabled="true"])'))
    await next.waitFor({ timeout: patience })
    await next.click()
    await walk.title(en.train.title, patience)
  }, 180_000)
})
