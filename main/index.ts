// Electron entry: start-up as a list of calls in order, quit as the same list backwards.
import { app, BrowserWindow, nativeImage, shell } from 'electron'
import { createApp, type App } from './app'
import { leaveBackground, showInBackground } from './background'
import type { Language } from './contract/words/language'
import { choosePaths } from './dialogs'
import { createPublisher } from './ipc/publish'
import { registerCalls } from './ipc/register'
import { openLog } from './log'
import { setMenu } from './menu'
import * as paths from './paths'
import { keepAwake } from './power'
import { declareScheme, origin, servePages } from './protocol'
import { startUtilityTrainer } from './utility-trainer'
import { createWindow, lockDown, refusePermissions } from './window'

const log = openLog(paths.logFile)

if (!app.requestSingleInstanceLock()) app.quit()
else {
  declareScheme()
  app.on('web-contents-created', (_event, contents) => lockDown(contents))
  app.whenReady().then(start, (error: unknown) => log('error', `start: ${String(error)}`))
}

async function start(): Promise<void> {
  const language: Language = app.getLocale().toLowerCase().startsWith('ja') ? 'ja' : 'en'
  refusePermissions()
  const [neiro] = await Promise.all([
    createApp({
      paths,
      log,
      language,
      startTrainer: startUtilityTrainer,
      hooks: {
        choose: (kind) => choosePaths(BrowserWindow.getFocusedWindow(), kind, language),
        showInFolder: (path) => {
          shell.showItemInFolder(path)
          return true
        },
        openExternal: (url) => void shell.openExternal(url)
      }
    }),
    servePages()
  ])
  registerCalls(neiro, log, origin)
  setMenu(language)
  open(neiro)

  neiro.on(() => keepAwake(neiro.runActive()))
  app.on('second-instance', () => open(neiro))
  app.on('activate', () => open(neiro))
  app.on('child-process-gone', (_event, gone) =>
    log('error', `${gone.name ?? gone.type} gone: ${gone.reason}`)
  )
  app.on('window-all-closed', () => {
    // a training goes on without its window; without one the app ends (on a Mac it stays in the dock)
    if (neiro.runActive()) showInBackground(language, () => open(neiro))
    else if (process.platform !== 'darwin') app.quit()
  })
  quitInOrder(neiro)
}

/** Brings the window to the front, or makes one. */
function open(neiro: App): void {
  leaveBackground()
  const [existing] = BrowserWindow.getAllWindows()
  if (existing) {
    if (existing.isMinimized()) existing.restore()
    existing.focus()
    return
  }
  const window = createWindow()
  window.setIcon?.(nativeImage.createFromPath(`${paths.resourcesDir}/icon.png`))
  const publisher = createPublisher({
    send(event, value) {
      if (window.isDestroyed() || window.webContents.isDestroyed()) return false
      window.webContents.send(event, value)
      return true
    }
  })
  const off = neiro.on((event, value) => publisher.publish(event, value))
  window.on('closed', () => {
    off()
    publisher.close()
  })
}

/** A run is paused with a checkpoint before the app goes. */
function quitInOrder(neiro: App): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void neiro.close().finally(() => {
      closed = true
      leaveBackground()
      keepAwake(false)
      app.quit()
    })
  })
}
