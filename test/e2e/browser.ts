// The real browser for tests and pictures: a fresh profile for each page, and a watch over what the page complains
// about. What belongs to vitest is in suite.ts.
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
// @ts-expect-error plain JavaScript, which runs before there are any types
import { chromiumFlags, findChromium } from '../../scripts/browser.mjs'
import type { Language } from '../../main/contract/language'

export const executablePath = (findChromium as () => string | null)()
export const flags = chromiumFlags as readonly string[]

export const openBrowser = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath ?? '', args: [...flags, ...more] })

export interface Look {
  readonly language: Language
  readonly theme: 'light' | 'dark'
  readonly width: number
  readonly height: number
}
export const usual: Look = { language: 'ja', theme: 'light', width: 1280, height: 800 }

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** errors, refused contents and failed requests, as the browser's console tells them */
  readonly complaints: string[]
}

export async function visit(browser: Browser, url: string, look: Look = usual): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    locale: look.language === 'ja' ? 'ja-JP' : 'en-GB',
    colorScheme: look.theme,
    reducedMotion: 'reduce'
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const complaints = watch(page)
  const answer = await page.goto(url)
  // the address of the token leads on by itself to the one without; whoever is not let in stays
  if (answer?.ok() !== false) await page.waitForURL((at) => !at.searchParams.has('token'))
  return { page, context, complaints }
}

/** Collects what no user should ever cause. */
export function watch(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  return complaints
}
