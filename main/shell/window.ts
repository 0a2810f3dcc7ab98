// The one factory of windows, and the only place that sets what a page may do: isolated, sandboxed, no Node,
// no navigation, no new windows, no permissions; links leave through a check.
import { BrowserWindow, session, shell, type WebContents } from 'electron'
import { mayOpen } from './external-links'
import { pageUrl } from './protocol'

export const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  spellcheck: false
} as const

export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 760,
    minHeight: 560,
    show: false,
    title: 'Neiro',
    backgroundColor: '#f6f5f1',
    webPreferences: { ...webPreferences, preload }
  })
  window.once('ready-to-show', () => window.show())
  // why it did not load is told by did-fail-load
  window.loadURL(pageUrl).catch(() => undefined)
  return window
}

/** Seen by nobody: a page is printed in it, where no script runs, apart from the pages and the memory of the app. */
export function createPrintWindow(): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...webPreferences, javascript: false, partition: 'print' }
  })
  printing.add(window)
  return window
}
const printing = new WeakSet<BrowserWindow>()

/** Those that the user knows of. */
export const appWindows = (): readonly BrowserWindow[] =>
  BrowserWindow.getAllWindows().filter((window) => !printing.has(window))

/** For every page that could ever exist in this app, not only for ours. */
export function lockDown(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpen(url)) void shell.openExternal(url).catch(() => undefined)
    return { action: 'deny' }
  })
  contents.on('will-navigate', (event, url) => {
    // the page may load itself again wherever it stands
    if (url.split('#')[0] !== pageUrl) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** No page needs the camera, the place, notifications or anything else that is asked for; copying text is all. */
export function refusePermissions(): void {
  const allowed = new Set(['clipboard-sanitized-write'])
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(allowed.has(permission))
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed.has(permission))
}
