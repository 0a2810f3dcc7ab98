// Suites of the window: one browser each, skipped with a sentence where there is none; a page that is closed with
// its test, and a picture of what a failed test saw last.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { executablePath, openBrowser, visit, type Look, type Visit } from './browser'
import { startServed, type Served, type ServeOptions } from './served'

const pictures = resolve(import.meta.dirname, '../output/failed')

/** A suite that needs the browser. */
export const describeWindow: (name: string, work: () => void) => void = executablePath
  ? describe
  : (name, work) => describe.skip(`${name} (Chromium is not here: apt-get install chromium)`, work)

/** The browser of a suite. */
export function suiteBrowser(): () => Browser {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  return () => browser
}

/** A visit that ends with its test. */
export async function come(browser: Browser, url: string, look?: Look): Promise<Visit> {
  const visited = await visit(browser, url, look)
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') {
      mkdirSync(pictures, { recursive: true })
      for (const [index, page] of visited.context.pages().entries())
        await page.screenshot({ path: resolve(pictures, `${task.name.replace(/\W+/g, '-')}-${index}.png`) })
    }
    await visited.context.close()
  })
  return visited
}

/** A served window that ends with its test. */
export async function served(folder: string, options?: ServeOptions): Promise<Served> {
  const started = await startServed(folder, options)
  onTestFinished(() => started.kill())
  return started
}
