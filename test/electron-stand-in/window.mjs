// `BrowserWindow`: each is a page of one real Chromium that dies with this process. A test drives the pages
// over Chromium's debugging port; navigation and new windows pass through the handlers the app has set.
import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v8 from 'node:v8'
import { chromium } from 'playwright-core'
import { chromiumFlags, findChromium } from '../../scripts/browser.mjs'
import { app, preventable } from './app.mjs'
import { makeCodec } from './codec.mjs'
import { orders, records } from './desk.mjs'
import { ipcMain } from './ipc.mjs'
import { preloadScript } from './preload.mjs'
import { carried, translated } from './scheme.mjs'

const codec = makeCodec()

/** In the page: new windows are asked for, by scripts and by links. */
function askBeforeOpening() {
  const { __standInOpen: ask, document, location } = globalThis
  globalThis.open = (url = 'about:blank') => {
    void ask(new URL(url, location.href).href)
    return null
  }
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[target="_blank"]')
    if (!link || event.defaultPrevented) return
    event.preventDefault()
    void ask(link.href)
  })
}
const profile = mkdtempSync(join(tmpdir(), 'stand-in-profile-'))
process.on('exit', () => {
  try {
    rmSync(profile, { recursive: true, force: true })
  } catch {
    // the browser, which is ended after this, writes there still; thrown here it would keep the app from ending
  }
})

let launching = null
const browser = () =>
  (launching ??= chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? '',
    args: [...chromiumFlags, '--remote-debugging-port=0'],
    locale: app.getLocale(),
    viewport: { width: 1280, height: 800 }
  }))

orders.endpoint = async () => {
  await browser()
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  return `http://127.0.0.1:${port}`
}

orders.crash = () => BrowserWindow.getFocusedWindow()?.webContents.forcefullyCrashRenderer()

class WebContents extends EventEmitter {
  #window
  #sending = Promise.resolve()
  openHandler = () => ({ action: 'allow' })

  constructor(window) {
    super()
    this.#window = window
  }
  send(channel, ...values) {
    // cloned at once, as Electron does: what cannot cross throws here
    const plain = codec.encode(v8.deserialize(v8.serialize(values)))
    this.#sending = this.#sending
      .then(() =>
        this.#window.page?.evaluate(
          ([name, data]) => globalThis.__standInEmit?.(name, data),
          [channel, plain]
        )
      )
      .catch(() => undefined)
  }
  setWindowOpenHandler(handler) {
    this.openHandler = handler
  }
  isDestroyed() {
    return this.#window.isDestroyed()
  }
  reload() {
    void this.#window.loadAgain()
  }
  forcefullyCrashRenderer() {
    void this.#window.crash()
  }
}

export class BrowserWindow extends EventEmitter {
  static #all = new Set()
  static getAllWindows() {
    return [...BrowserWindow.#all]
  }
  static getFocusedWindow() {
    return BrowserWindow.getAllWindows().at(-1) ?? null
  }

  page = null
  webContents = new WebContents(this)
  #options
  #opened
  #address = ''
  #destroyed = false
  /** addresses that the app itself loads pass without will-navigate */
  #own = new Set()

  constructor(options = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this.#options = options
    records.windows.push(JSON.parse(JSON.stringify(options)))
    BrowserWindow.#all.add(this)
    app.emit('web-contents-created', {}, this.webContents)
    this.#opened = this.#open()
  }

  async #open() {
    const page = await (await browser()).newPage()
    await page.setViewportSize({ width: this.#options.width ?? 800, height: this.#options.height ?? 600 })
    page.on('close', () => this.page === page && this.#gone())
    page.on('crash', () =>
      this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 })
    )
    page.on('popup', (popup) => void this.#popup(popup))
    await page.exposeBinding('__standInInvoke', (source, channel, values) =>
      this.#invoke(source.frame, channel, values)
    )
    // asked before there is a page, as Electron does: by then Chromium would have changed the address
    await page.exposeBinding('__standInOpen', (_source, url) => {
      const { action } = this.webContents.openHandler({ url: translated(url) })
      if (action !== 'deny') throw new Error('the stand-in opens no further windows')
    })
    await page.addInitScript(askBeforeOpening)
    await page.route('**/*', (route) => this.#passes(route))
    const { preload } = this.#options.webPreferences ?? {}
    if (preload) await page.addInitScript({ content: await preloadScript(preload) })
    this.page = page
    return page
  }

  async #invoke(frame, channel, values) {
    const parent = frame.parentFrame()
    const event = {
      sender: this.webContents,
      senderFrame: { url: translated(frame.url()), parent: parent ? { url: translated(parent.url()) } : null }
    }
    try {
      const value = await ipcMain.invoke(channel, event, codec.decode(values))
      return { value: codec.encode(v8.deserialize(v8.serialize(value))) }
    } catch (error) {
      return { error: String(error) }
    }
  }

  async #passes(route) {
    const request = route.request()
    const url = request.url()
    if (request.isNavigationRequest() && request.frame() === this.page.mainFrame() && !this.#own.has(url)) {
      const event = preventable()
      this.webContents.emit('will-navigate', event, translated(url))
      if (event.defaultPrevented) return route.abort('aborted')
    }
    return route.continue()
  }

  async #popup(popup) {
    const { action } = this.webContents.openHandler({ url: translated(popup.url()) })
    if (action === 'deny') await popup.close()
  }

  /** A page that crashed is of no use any more: another one takes its place. */
  async loadAgain() {
    const before = await this.#opened
    this.page = null
    this.#opened = this.#open()
    await this.#opened
    await before.close().catch(() => undefined)
    await this.loadURL(this.#address)
  }
  async crash() {
    const session = await this.page.context().newCDPSession(this.page)
    // never answered
    session.send('Page.crash').catch(() => undefined)
  }

  async loadURL(address) {
    const page = await this.#opened
    this.#address = address
    const url = await carried(address)
    this.#own.add(url)
    await page.goto(url)
    const preload = this.#options.webPreferences?.preload
    if (preload && !(await page.evaluate(() => globalThis.__standInPreloaded)))
      throw new Error(`the preload did not run: ${preload}`)
    this.webContents.emit('did-finish-load')
    this.emit('ready-to-show')
  }

  #gone() {
    if (this.#destroyed) return
    this.#destroyed = true
    BrowserWindow.#all.delete(this)
    this.emit('closed')
    if (BrowserWindow.#all.size > 0 || app.quitting) return
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed')
    else app.quit()
  }

  close() {
    void this.closeUnlessPrevented()
  }
  async closeUnlessPrevented() {
    const event = preventable()
    this.emit('close', event)
    if (event.defaultPrevented) return false
    const page = await this.#opened
    await page.close()
    this.#gone()
    return true
  }
  destroy() {
    void this.#opened.then((page) => page.close())
  }
  isDestroyed() {
    return this.#destroyed
  }
  isMinimized() {
    return false
  }
  restore() {}
  focus() {}
  show() {}
  setIcon() {}
}

app.closeWindows = async () => {
  for (const window of BrowserWindow.getAllWindows()) if (!(await window.closeUnlessPrevented())) return false
  return true
}
app.closeBrowser = async () => {
  if (launching) await (await launching).close()
}
