// The app without a window: an icon in the tray (the dock on a Mac) that says what goes on, how it ended, and
// brings the window back. When nothing goes on that the user would wait for, the app ends.
import { join } from 'node:path'
import { app, Menu, nativeImage, Tray } from 'electron'
import type { App } from '../app'
import type { RunState } from '../contract/records'
import type { Language } from '../contract/language'
import type { Log } from '../log'
import { shellWords } from '../words/shell'

/** What is shown. */
interface Standing {
  readonly tip: string
  readonly quit: string
  /** on a Mac's dock */
  readonly badge: string
}

export interface BackgroundParts {
  readonly neiro: App
  readonly language: () => Language
  readonly log: Log
  readonly resourcesDir: string
  readonly reopen: () => void
}

export class Background {
  #tray: Tray | null = null
  /** no window is open */
  #alone = false
  /** a training was going on since then: its end is news */
  #trained = false
  #run: { readonly state: RunState; readonly percent: string } | null = null
  #shown = ''

  constructor(private readonly parts: BackgroundParts) {
    parts.neiro.on((event, value) => {
      if (event !== 'run.changed') return
      const { state, step, totalSteps } = value as { state: RunState; step: number; totalSteps: number }
      if (state === 'waiting') return
      const percent = totalSteps > 0 ? `${Math.floor((100 * step) / totalSteps)}%` : ''
      this.#run = { state, percent }
      this.#look()
    })
    parts.neiro.onActivity(() => this.#look())
  }

  /** The last window was closed. */
  enter(): void {
    this.#alone = true
    this.#trained = false
    this.#look()
  }

  /** A window is open again, or the app ends. */
  leave(): void {
    this.#alone = false
    this.#shown = ''
    this.#tray?.destroy()
    this.#tray = null
    app.dock?.setBadge('')
    app.dock?.setMenu(new Menu())
  }

  #look(): void {
    if (!this.#alone) return
    const at = this.parts.neiro.at()
    if (at === 'training') this.#trained = true
    if (at !== null || this.#trained) this.#show(this.#standing(at !== null ? at : this.#ended()))
    // on a Mac an app without windows stays in the dock
    else if (process.platform === 'darwin') this.#show({ tip: '', quit: '', badge: '' })
    else app.quit()
  }

  #ended(): 'done' | 'cutOff' {
    const state = this.#run?.state
    return state === 'failed' || state === 'interrupted' || state === 'paused' ? 'cutOff' : 'done'
  }

  #standing(what: 'training' | 'working' | 'done' | 'cutOff'): Standing {
    const { background: say, menu } = shellWords[this.parts.language()]
    const percent = this.#run?.state === 'running' ? this.#run.percent : ''
    switch (what) {
      case 'training':
        return { tip: say.training(percent), quit: say.pause, badge: percent || '…' }
      case 'working':
        return { tip: say.working, quit: say.stop, badge: '…' }
      case 'done':
        return { tip: say.done, quit: menu.quit, badge: '✓' }
      case 'cutOff':
        return { tip: say.cutOff, quit: menu.quit, badge: '!' }
    }
  }

  #show(standing: Standing): void {
    const { tip, quit, badge } = standing
    if (tip === this.#shown) return
    this.#shown = tip
    const { reopen, language, log } = this.parts
    const open = { label: shellWords[language()].background.open, click: reopen }
    if (process.platform === 'darwin') {
      app.dock?.setBadge(badge)
      // the dock adds its own way to quit
      app.dock?.setMenu(Menu.buildFromTemplate(tip === '' ? [] : [{ label: tip, enabled: false }, open]))
      return
    }
    try {
      if (!this.#tray) {
        this.#tray = new Tray(nativeImage.createFromPath(join(this.parts.resourcesDir, 'tray.png')))
        this.#tray.on('click', reopen)
      }
      this.#tray.setToolTip(tip)
      this.#tray.setContextMenu(
        Menu.buildFromTemplate([
          // where a desktop shows no tips, the menu says it
          { label: tip, enabled: false },
          { type: 'separator' },
          open,
          { label: quit, click: () => app.quit() }
        ])
      )
    } catch (error) {
      // without a tray the next start brings the window back
      log('warn', `tray: ${String(error)}`)
    }
  }
}
