// Pictures of a walk, light and dark, into the folder that NEIRO_E2E_PICTURES names: to be looked at, not compared.
import { join } from 'node:path'
import type { Page } from 'playwright-core'

export async function takePictures(page: Page, name: string): Promise<void> {
  const folder = process.env['NEIRO_E2E_PICTURES']
  if (!folder) return
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true })
  }
}
