// Electron entry: start-up as a list of calls in order, quit as the same list backwards.
import { join } from 'node:path'
import { app, BrowserWindow, nativeImage, safeStorage, shell } from 'electron'
import { createApp, type App } from './app'
import { Background } from './shell/background'
import type { Language } from './contract/language'
import { askToRun, choosePaths } from './shell/dialogs'
import { giveUp, watchPage } from './shell/failure'
import { handedPaths } from './shell/handed-paths'
import { createPublisher } from './ipc/publish'
import { registerCalls } from './ipc/register'
import { openLog } from './log'
import { setMenu } from './shell/menu'
import { placesOf } from './places'
import { installedUpdater } from './shell/installed-updater'
import { keepAwake } from './shell/power'
import { printByElectron } from './shell/print-pdf'
import { declareScheme, origin, servePages } from './shell/protocol'
import { systemTokenKeeper } from './services/models/token-keeper'
import { electronUpdater } from './shell/electron-updater'
import { startUtilityProcess } from './shell/utility-process'
import { startUtilityTrainer } from './shell/utility-trainer'
import { keepWindowFiles } from './shell/window-files'
import { appWindows, createWindow, lockDown, refusePermissions } from './shell/window'

const places = placesOf({
  packaged: app.isPackaged,
  resourcesPath: process.resourcesPath,
  program: process.execPath,
  env: process.env
})
const log = openLog(places.logFile)
keepWindowFiles(places.windowFilesDir)
/** of menus, dialogs and the tray: the system's until the user has chosen one in the app */
let language: Language = 'en'
let neiro: App | null = null
/** handed over before the app could take anything */
let early: readonly string[] = handedPaths(process.argv, app.isPackaged, process.cwd())

if (!app.requestSingleInstanceLock()) app.quit()
else {
  process.on('uncaughtException', (error) => fail('broke', error))
  // what nobody waited for may have left anything half done: no different from what nobody caught
  process.on('unhandledRejection', (reason) => fail('broke', reason))
  declareScheme()
  // a Mac names what was double-clicked or dropped on the icon so, before the app is ready too
  app.on('open-file', (event, path) => {
    event.preventDefault()
    hand([path])
  })
  app.on('second-instance', (_event, argv, folder) => hand(handedPaths(argv, app.isPackaged, folder)))
  app.on('web-contents-created', (_event, contents) => lockDown(contents))
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => fail('start', error))
}

async function start(): Promise<void> {
  language = app.getLocale().toLowerCase().startsWith('ja') ? 'ja' : 'en'
  refusePermissions()
  const [created] = await Promise.all([
    createApp({
      places,
      log,
      language,
      startTrainer: startUtilityTrainer,
      startProgram: startUtilityProcess,
      printPdf: printByElectron,
      ...(app.isPackaged && {
        updater: installedUpdater(electronUpdater, (line) => log('info', `update: ${line}`))
      }),
      tokenKeeper: systemTokenKeeper(join(places.neiroHome, 'hub-token'), safeStorage),
      cloudKeyKeeper: systemTokenKeeper(join(places.neiroHome, 'cloud-keys'), safeStorage),
      hooks: {
        choose: (kind) => choosePaths(aWindow(), kind, language),
        mayRun: (file) => askToRun(aWindow(), file, language),
        showInFolder: (path) => {
          shell.showItemInFolder(path)
          return true
        },
        keepAwake
      }
    }),
    servePages(places.pagesDir)
  ])
  neiro = created
  hand([])
  language = (await created.call('app.info', {})).settings.language
  registerCalls(created, log, origin)
  setMenu(language)
  created.on((event, value) => {
    if (event !== 'settings.changed') return
    language = (value as { language: Language }).language
    setMenu(language)
  })
  const background: Background = new Background({
    neiro: created,
    language: () => language,
    log,
    resourcesDir: places.resourcesDir,
    reopen: () => open(created, background)
  })
  open(created, background)

  app.on('second-instance', () => open(created, background))
  app.on('activate', () => open(created, background))
  app.on('open-file', () => open(created, background))
  app.on('child-process-gone', (_event, gone) =>
    log('error', `${gone.name ?? gone.type} gone: ${gone.reason}`)
  )
  // a training, an export or a reading goes on without its window; without any the app ends
  app.on('window-all-closed', () => background.enter())
  quitInOrder(created, background)
}

function hand(paths: readonly string[]): void {
  const all = [...early, ...paths]
  early = neiro ? [] : all
  neiro?.hand(all)
}

function fail(kind: 'start' | 'broke', error: unknown): void {
  const close = async (): Promise<void> => neiro?.close()
  void giveUp(kind, error, { language, log, logFile: places.logFile, close })
}

const aWindow = (): BrowserWindow | null => BrowserWindow.getFocusedWindow() ?? appWindows()[0] ?? null

/** Brings the window to the front, or makes one. */
function open(created: App, background: Background): void {
  background.leave()
  const [existing] = appWindows()
  if (existing) {
    if (existing.isMinimized()) existing.restore()
    existing.focus()
    return
  }
  const window = createWindow(places.preloadFile)
  window.setIcon?.(nativeImage.createFromPath(join(places.resourcesDir, 'icon.png')))
  watchPage(window, { language: () => language, log, onUnusable: (error) => fail('start', error) })
  const publisher = createPublisher({
    send(event, value) {
      if (window.isDestroyed() || window.webContents.isDestroyed()) return false
      window.webContents.send(event, value)
      return true
    }
  })
  const off = created.on((event, value) => publisher.publish(event, value))
  window.on('closed', () => {
    off()
    publisher.close()
  })
}

/** A run is paused with a checkpoint before the app goes. */
function quitInOrder(created: App, background: Background): void {
  let standing: 'open' | 'closing' | 'closed' = 'open'
  app.on('before-quit', (event) => {
    if (standing === 'closed') return
    event.preventDefault()
    if (standing === 'closing') return
    standing = 'closing'
    background.leave()
    void created
      .close()
      .catch((error: unknown) => log('error', `close: ${String(error)}`))
      .finally(() => {
        standing = 'closed'
        app.quit()
      })
  })
}
