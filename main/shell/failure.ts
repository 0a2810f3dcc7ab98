// When the app cannot go on, or its page is gone: a plain sentence in the user's language instead of nothing.
import { app, dialog, type BrowserWindow } from 'electron'
import { NeiroError } from '../contract/errors'
import type { Language } from '../contract/language'
import type { Log } from '../log'
import { wordsOf } from '../words/errors'
import { shellWords } from '../words/shell'

/** how long a training may take to be saved when the app breaks off */
const savingMs = 5000
/** a page that is gone again so soon is not simply loaded again */
const soonMs = 60_000

export interface Ending {
  readonly language: Language
  readonly log: Log
  readonly logFile: string
  /** saves what can be saved */
  readonly close: () => Promise<void>
}

let ending = false

/** Says what is and ends the app; the next start finds nothing in its way. */
export async function giveUp(kind: 'start' | 'broke', error: unknown, o: Ending): Promise<void> {
  // whatever goes wrong on the way out is a consequence
  if (ending) return
  ending = true
  o.log('error', `${kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  await Promise.race([
    o.close().catch(() => undefined),
    new Promise((enough) => setTimeout(enough, savingMs))
  ])
  // before the box: whoever starts Neiro again while it is open gets a new one
  app.releaseSingleInstanceLock()
  const say = shellWords[o.language].failure
  dialog.showErrorBox(
    say[kind].title,
    `${say[kind].text}\n\n${say.reason}: ${reasonOf(error, o.language)}\n${say.log}: ${o.logFile}`
  )
  app.exit(1)
}

function reasonOf(error: unknown, language: Language): string {
  if (!(error instanceof NeiroError)) return error instanceof Error ? error.message : String(error)
  const { message, hint } = wordsOf(error, language)
  return language === 'ja' ? `${message}${hint}` : `${message} ${hint}`
}

export interface PageWatch {
  readonly language: () => Language
  readonly log: Log
  /** the page cannot be loaded at all */
  readonly onUnusable: (error: Error) => void
}

/** A page that crashed is loaded again; one that crashes again at once is said to be gone, with a way back. */
export function watchPage(window: BrowserWindow, { language, log, onUnusable }: PageWatch): void {
  let loadedAgainAt = -Infinity
  const loadAgain = (): void => {
    loadedAgainAt = Date.now()
    // not inside the event: the process that is gone is still being tidied away
    setImmediate(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    })
  }

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    log('error', `page gone: ${reason} (${exitCode})`)
    if (Date.now() - loadedAgainAt > soonMs) return loadAgain()
    const say = shellWords[language()].failure
    // one that never came to be seen
    window.show()
    void dialog
      .showMessageBox(window, {
        type: 'error',
        title: 'Neiro',
        message: say.page,
        detail: say.pageSafe,
        buttons: [say.again, say.close],
        defaultId: 0,
        cancelId: 1
      })
      .then(({ response }) => {
        if (window.isDestroyed()) return
        if (response === 0) loadAgain()
        // closing would ask the page, which is gone
        else window.destroy()
      })
  })
  window.webContents.on('preload-error', (_event, _path, error) => onUnusable(error))
  window.webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    // another load took its place
    if (isMainFrame && code !== -3) onUnusable(new Error(`${description} (${code}): ${url}`))
  })
}
