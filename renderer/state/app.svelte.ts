// The app itself: version, machine, the user's settings (language, theme). Applies both to the document.
import type { AppInfo, AppSettings, SettingsChange } from '../../main/contract/window/app'
import type { Calls } from '../../main/contract/channels'
import { call, on, onReturn } from '../api.svelte'
import { i18n, placeLanguage } from '../i18n/index.svelte'

class App {
  #info = $state.raw<AppInfo | null>(null)
  #failure = $state.raw<unknown>(null)

  get info(): AppInfo | null {
    return this.#info
  }
  get failure(): unknown {
    return this.#failure
  }

  async start(): Promise<void> {
    on('settings.changed', (settings) => this.#apply(settings))
    on('machine.changed', () => void this.refresh())
    onReturn(() => void this.#begin())
    await this.#begin()
  }

  /** A window may be looked at far from where the app runs, and a server that began anew knows nothing of it. */
  async #begin(): Promise<void> {
    // where that fails, the next call says why
    await call('app.seenIn', { language: placeLanguage }).catch(() => undefined)
    await this.refresh()
  }

  async refresh(): Promise<void> {
    try {
      this.#info = await call('app.info', {})
      this.#apply(this.#info.settings)
      this.#failure = null
    } catch (error) {
      this.#failure = error
    }
  }

  async change(settings: SettingsChange): Promise<void> {
    this.#apply(await call('app.setSettings', settings))
  }

  /** False where there is no file manager to open it in. */
  async showFolder(id: string): Promise<boolean> {
    return (await call('files.show', { id }).catch(() => null))?.shown ?? false
  }

  /** masked, to be looked through and sent */
  log(): Promise<Calls['app.log']['result']> {
    return call('app.log', {})
  }

  #apply(settings: AppSettings): void {
    i18n.use(settings.language)
    const root = document.documentElement
    if (settings.theme === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = settings.theme
    if (this.#info) this.#info = { ...this.#info, settings }
  }
}

export const app = new App()
