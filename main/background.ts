// The app without a window while a training goes on: an icon in the tray (the dock on a Mac) that brings the
// window back, and says why it is there.
import { join } from 'node:path'
import { app, Menu, nativeImage, Tray } from 'electron'
import type { Language } from './contract/words/language'
import { resourcesDir } from './paths'

const words = {
  ja: { tip: 'Neiro は学習を続けています', open: 'ウインドウを開く', quit: '学習を一時停止して終了' },
  en: { tip: 'Neiro is still training', open: 'Open the window', quit: 'Pause training and quit' }
} as const

let tray: Tray | null = null

export function showInBackground(language: Language, reopen: () => void): void {
  if (tray || process.platform === 'darwin') return
  const say = words[language]
  tray = new Tray(nativeImage.createFromPath(join(resourcesDir, 'tray.png')))
  tray.setToolTip(say.tip)
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: say.open, click: reopen },
      { label: say.quit, click: () => app.quit() }
    ])
  )
  tray.on('click', reopen)
}

export function leaveBackground(): void {
  tray?.destroy()
  tray = null
}
