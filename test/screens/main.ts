// Pictures of every room of the real app, in both languages and appearances, on a narrow, a small, a usual and a wide
// screen, into test/output/screens. Its own manual is `manual`, below.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import type { Language } from '../../main/contract/language'
import { openBrowser, visit, type Look } from '../e2e/browser'
import { furnish } from '../e2e/furnished'
import { roomAt, startServed, type Served } from '../e2e/served'
import { makeReady } from '../fixtures/ready'
import { lookAtDocuments, lookAtRun, shots, type Shot } from './shots'

const output = resolve(import.meta.dirname, '../output/screens')
const manual = `npm run screens -- [WORD ...] [options]

  WORD               only rooms whose name holds it (data, compare, train-live, ...)
  --language ja|en   only this language
  --theme light|dark only this appearance
  --width PIXELS     only this width: 1280, 1024, 800 or 1920 (may be given more than once)`
const { positionals: words, values: only } = parseArgs({
  allowPositionals: true,
  options: {
    language: { type: 'string' },
    theme: { type: 'string' },
    width: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h' }
  }
})
if (only.help) {
  console.log(manual)
  process.exit(0)
}
const sizes = (
  [
    [1280, 800],
    [1024, 700],
    [800, 900],
    [1920, 1080]
  ] as const
).filter(([width]) => only.width?.includes(String(width)) ?? true)
const themes = (['light', 'dark'] as const).filter((theme) => (only.theme ?? theme) === theme)
const languages = (['ja', 'en'] as const).filter((language) => (only.language ?? language) === language)
const looks = (language: Language): Look[] =>
  themes.flatMap((theme) => sizes.map(([width, height]) => ({ language, theme, width, height })))

makeReady('addon', 'app')
mkdirSync(output, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'neiro-screens-'))
const browser = await openBrowser()
let taken = 0
const failed: string[] = []
try {
  for (const language of languages) {
    const place = join(folder, language)
    mkdirSync(place)
    const empty = await startServed(join(folder, `${language}-empty`), { language })
    await take(browser, empty, language, shots(null, language))
    await empty.stop()
    const furnished = await furnish(place, language)
    const served = await startServed(place, { language })
    await take(browser, served, language, shots(furnished, language))
    await lookAtDocuments(browser, served, language, (shot) => take(browser, served, language, [shot]))
    await lookAtRun(browser, served, furnished, language, (shot) => take(browser, served, language, [shot]))
    await served.stop()
  }
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${taken} pictures in ${output}`)
for (const one of failed) console.error(`not taken: ${one}`)
if (failed.length > 0) process.exitCode = 1

/** Takes each shot in every look of a language. */
async function take(from: Browser, served: Served, language: Language, list: readonly Shot[]): Promise<void> {
  const wanted = list.filter((shot) => words.length === 0 || words.some((word) => shot.name.includes(word)))
  if (wanted.length === 0) return
  for (const look of looks(language)) {
    const { page, context } = await visit(from, served.url, look)
    await page.getByRole('heading', { level: 1 }).waitFor()
    for (const shot of wanted) {
      const name = `${shot.name}-${language}-${look.theme}-${look.width}`
      try {
        await page.goto('about:blank')
        await page.goto(roomAt(served.url, shot.hash))
        await shot.ready(page)
        await settled(page)
        await page.screenshot({ path: join(output, `${name}.png`) })
        taken++
      } catch (error) {
        // the others are still wanted
        failed.push(
          `${name}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`
        )
      }
    }
    await context.close()
  }
}

/** Fonts are there, nothing is busy, and two frames have been drawn. */
async function settled(page: Page): Promise<void> {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  await page.locator('body').evaluate(async (body) => {
    const { fonts, defaultView } = body.ownerDocument
    await fonts.ready
    for (let frame = 0; frame < 2; frame++)
      await new Promise((drawn) => defaultView.requestAnimationFrame(drawn))
  })
}
