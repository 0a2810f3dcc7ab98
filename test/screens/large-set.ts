// npm run screens:large -- [ROWS ...]: the data room with no row, a hundred and a million (or so many as are said) and what was found in them, in both
// languages and appearances: pictures into test/output/screens. Of the largest set also how many pictures a second the
// browser draws while its rows are scrolled through, and how long the next rows take.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { openBrowser, visit } from '../e2e/browser'
import { openApp } from '../e2e/furnished'
import { roomAt, startServed } from '../e2e/served'
import { makeReady } from '../fixtures/ready'
import { makeLetters } from '../store-bench/letters'
import { framesOf } from './frames'

const said = process.argv.slice(2).map(Number)
const sizes = said.length > 0 ? said : [0, 100, 1_000_000]
const output = resolve(import.meta.dirname, '../output/screens')
/** a check-up of a million rows beside a busy machine */
const patience = 30 * 60_000

makeReady('app')
mkdirSync(output, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'neiro-large-'))
const browser = await openBrowser()
try {
  for (const rows of sizes) await look(rows)
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

async function look(rows: number): Promise<void> {
  const home = join(folder, String(rows))
  mkdirSync(home)
  const project = await made(home, rows)
  const served = await startServed(home, { language: 'ja' })
  const { page, complaints, context } = await visit(browser, served.url)
  for (const [language, words] of [
    ['ja', ja],
    ['en', en]
  ] as const) {
    await page.goto(roomAt(served.url, '#settings'))
    await page.getByText(language === 'ja' ? '日本語' : 'English', { exact: true }).click()
    await page.getByRole('heading', { level: 1, name: words.settings.title, exact: true }).waitFor()
    await page.goto('about:blank')
    await page.goto(roomAt(served.url, `#data?project=${project}`))
    await page
      .getByRole('heading', {
        level: 1,
        name: rows === 0 ? words.data.titleEmpty : words.data.title,
        exact: true
      })
      .waitFor({ timeout: patience })
    const take = async (name: string): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.screenshot({ path: join(output, `large-${name}-${rows}-${language}-${colorScheme}.png`) })
      }
    }
    if (rows === 0) {
      await take('data')
      continue
    }
    await page.getByRole('tab', { name: words.data.tabs.check }).click()
    const begun = performance.now()
    await page.locator('ul.sheet li').first().waitFor({ timeout: patience })
    if (language === 'ja') console.log(`${rows} rows: findings after ${seconds(performance.now() - begun)}`)
    await take('check')
    await page.locator('ul.sheet li').last().scrollIntoViewIfNeeded()
    await take('check-below')
    await page.getByRole('tab', { name: words.data.tabs.rows }).click()
    await page.locator('tbody tr').nth(5).waitFor({ timeout: patience })
    await take('rows')
    if (rows === Math.max(...sizes) && language === 'ja') await measure(page, rows)
  }
  for (const one of complaints) console.log(`the page complains: ${one}`)
  await context.close()
  await served.stop()
}

async function measure(page: Page, rows: number): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  const { frames, longest, late, moved } = await framesOf(page, 3000)
  console.log(
    `${rows} rows, scrolling ${moved} px: ${frames.toFixed(1)} pictures a second, the longest pause ${longest.toFixed(0)} ms, ${(100 * late).toFixed(1)} % later than 1/50 s`
  )
  // the bar dragged to places all over the list: until the rows that stand there are there
  const frame = page.getByRole('region', { name: ja.data.tabs.rows, exact: true })
  const waits: number[] = []
  for (let i = 0; i < 20; i++) {
    const begun = performance.now()
    await frame.evaluate((one, part) => (one.scrollTop = part * one.scrollHeight), ((i * 7) % 20) / 20)
    await sleep(20)
    while ((await frame.locator('tbody tr[aria-busy="true"]').count()) > 0) await sleep(5)
    waits.push(performance.now() - begun)
  }
  waits.sort((a, b) => a - b)
  console.log(`rows elsewhere: median ${waits[10]?.toFixed(0)} ms, slowest ${waits.at(-1)?.toFixed(0)} ms`)
}

/** A project with so many letters of customers, made without a window. */
async function made(home: string, rows: number): Promise<string> {
  const app = await openApp(home, 'ja')
  try {
    await app.call('app.setSettings', { language: 'ja' })
    const { id } = await app.call('projects.create', {
      name: 'サポート返信',
      company: 'こもれび文具',
      sample: false
    })
    const [model] = await app.call('models.list', {})
    await app.call('projects.update', { id, step: 'data', modelId: model?.id ?? '' })
    if (rows > 0) {
      const { path } = makeLetters(home, 'csv', 'utf8', rows)
      const refs = await app.addPaths([path])
      await app.call('data.add', { project: id, fileIds: refs.map((ref) => ref.id) })
    }
    return id
  } finally {
    await app.close()
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
