// The train room with what is trained elsewhere open, and pictures of it for whoever wants to look.
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Language } from '../../main/contract/language'
import { remoteWords } from '../../main/words/remote'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'
import { usual } from './browser'
import type { FurnishedWindow } from './furnished-window'
import { roomAt } from './served'
import { come } from './suite'
import { Walk } from './walk'

export async function openedElsewhere(
  browser: Browser,
  { served, furnished }: FurnishedWindow,
  language: Language
) {
  const { page } = await come(browser, served.url, { ...usual, language })
  const walk = new Walk(page, language)
  const words = language === 'ja' ? ja : en
  const say = remoteWords(language).room
  await page.goto(roomAt(served.url, '#settings'))
  await page.getByText(language === 'ja' ? '日本語' : 'English', { exact: true }).click()
  await walk.title(words.settings.title)
  await page.goto(roomAt(served.url, `#train?project=${furnished.sample}&run=new`))
  await walk.title(words.train.title)
  await page.getByRole('button', { name: say.title }).click()
  return { page, walk, words, say }
}

/** Looked at where NEIRO_SHOTS names a folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const into = process.env['NEIRO_SHOTS']
  if (into === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(into, `${name}-${colorScheme}.png`), fullPage: true })
  }
}
