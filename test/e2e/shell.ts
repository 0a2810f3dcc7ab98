// The Electron shell under test: the real binary where it is here, else the built bundles under the stand-in.
// Both offer the same few things: the window's page, answers to dialogs, what was asked of the system, an end.
import { fork } from 'node:child_process'
import { resolve } from 'node:path'
import { chromium, _electron, type Page } from 'playwright-core'
// @ts-expect-error plain JavaScript, which runs before there are any types
import { electronBinary, screenPresent } from '../../scripts/electron.mjs'

const root = resolve(import.meta.dirname, '../..')
const register = resolve(root, 'test/electron-stand-in/register.mjs')
const binary = (screenPresent as () => boolean)() ? (electronBinary as () => string | null)() : null

export const shellName = binary ? 'Electron' : 'the stand-in for Electron'
/** the stand-in shows its windows in the real browser; Electron brings its own */
export const needsBrowser = binary === null

export interface Shell {
  readonly pid: number
  /** the page of the newest window, once it has loaded */
  page(): Promise<Page>
  /** the next dialog answers with these paths */
  choose(paths: readonly string[]): Promise<void>
  /** what every window was made with */
  webPreferences(): Promise<Record<string, unknown>>
  /** null on real Electron: what the system was asked is not seen there */
  records(): Promise<Records | null>
  /** An event of `app`, as the system sends it: activate when the icon in the dock is clicked. */
  emit(event: 'activate'): Promise<void>
  /** The user closes the window; answers when it is gone. */
  closeWindow(): Promise<void>
  /** The process of the page dies. */
  crashPage(): Promise<void>
  /** Text of the page as it is now, where it may be another one than page() gave; '' while there is none. */
  text(): Promise<string>
  /** Of the stand-in alone: what the system and its user do. */
  order(
    order: 'tray' | 'permission' | 'press' | 'dialog' | 'second' | 'openFile',
    details?: object
  ): Promise<unknown>
  quit(): Promise<void>
  kill(): Promise<void>
}

/** Of test/electron-stand-in/desk.mjs. */
export interface Records {
  readonly utilities: readonly { program: string; serviceName: string; pid: number }[]
  readonly shown: readonly string[]
  readonly opened: readonly string[]
  readonly dialogs: readonly { properties: readonly string[] }[]
  readonly messages: readonly { message: string; buttons: readonly string[] }[]
  readonly menu: readonly { label: string; submenu: readonly { label?: string }[] }[]
  readonly tray: { tip: string; items: readonly { label: string }[] } | null
  readonly awake: number
}

/** words: of the command line, as the system gives files to open */
export const openShell = (folder: string, words: readonly string[] = []): Promise<Shell> =>
  binary
    ? openElectron(binary, folder, words)
    : openStandIn(folder, resolve(root, 'out/main/index.js'), {}, words)

/** A packed app whose archive was taken apart into a folder of the same name, under the stand-in. */
export const openPacked = (
  folder: string,
  resources: string,
  more: Readonly<Record<string, string>> = {}
): Promise<Shell> =>
  openStandIn(folder, resolve(resources, 'app.asar/out/main/index.js'), {
    STAND_IN_RESOURCES: resources,
    ...more
  })

const environment = (folder: string): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  HOME: folder,
  NEIRO_HOME: resolve(folder, 'neiro'),
  // of the system: Electron asks it on Linux, the stand-in its own
  LANGUAGE: 'ja',
  LC_ALL: 'ja_JP.UTF-8',
  STAND_IN_LOCALE: 'ja'
})

async function openStandIn(
  folder: string,
  program: string,
  more: Record<string, string> = {},
  words: readonly string[] = []
): Promise<Shell> {
  const child = fork(program, words, {
    execArgv: ['--import', register],
    env: { ...environment(folder), ...more },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc']
  })
  const gone = new Promise<void>((done) => child.on('exit', () => done()))
  interface Reply {
    readonly id: number
    readonly value?: unknown
    readonly error?: string
  }
  const waiting = new Map<number, (reply: Reply) => void>()
  let last = 0
  child.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply))
  const order = (name: string, details: object = {}): Promise<unknown> =>
    new Promise((done, failed) => {
      const id = ++last
      waiting.set(id, ({ value, error }) => (error ? failed(new Error(error)) : done(value)))
      child.send({ id, order: name, ...details })
    })
  const browser = await chromium.connectOverCDP((await order('endpoint')) as string)
  const records = async (): Promise<Records & { windows: { webPreferences: Record<string, unknown> }[] }> =>
    (await order('records')) as never
  const newest = (): Page | undefined =>
    browser
      .contexts()[0]
      ?.pages()
      .findLast((page) => page.url().includes('/index.html'))
  const page = async (): Promise<Page> => {
    for (;;) {
      const found = newest()
      if (found) {
        await found.getByRole('heading', { level: 1 }).waitFor()
        return found
      }
      await new Promise((again) => setTimeout(again, 50))
    }
  }

  return {
    pid: child.pid ?? 0,
    page,
    emit: async (event) => void (await order('emit', { event })),
    closeWindow: async () => (await page()).close(),
    crashPage: async () => void (await order('crash')),
    text: async () => (await newest()?.evaluate(pageText)) ?? '',
    choose: async (paths) => void (await order('dialog', { paths })),
    webPreferences: async () => (await records()).windows.at(-1)?.webPreferences ?? {},
    records,
    order,
    async quit() {
      child.send({ id: 0, order: 'quit' })
      await gone
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    }
  }
}

/** In the page. */
const pageText = (): string =>
  (globalThis as unknown as { document: { body: { innerText: string } } }).document.body.innerText

async function openElectron(
  executablePath: string,
  folder: string,
  words: readonly string[]
): Promise<Shell> {
  const app = await _electron.launch({
    executablePath,
    args: [
      root,
      ...words,
      '--lang=ja',
      // its own, so that a Neiro that the developer has open does not hold the lock
      `--user-data-dir=${resolve(folder, 'electron')}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
    ],
    env: environment(folder)
  })
  const child = app.process()
  const gone = new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done()
    child.on('exit', () => done())
  })
  return {
    pid: child.pid ?? 0,
    async page() {
      // after all windows were closed there is none: then the next one is waited for
      const page = app.windows().at(-1) ?? (await app.waitForEvent('window'))
      await page.getByRole('heading', { level: 1 }).waitFor()
      return page
    },
    choose: (paths) =>
      app.evaluate(
        ({ dialog }, filePaths) => {
          dialog.showOpenDialog = (async () => ({ canceled: false, filePaths })) as never
        },
        [...paths]
      ),
    // Electron tells only some of them
    webPreferences: () =>
      app.evaluate(({ BrowserWindow }) => ({
        ...(
          BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
            getLastWebPreferences(): Record<string, unknown>
          }
        ).getLastWebPreferences()
      })),
    records: async () => null,
    emit: (event) => app.evaluate(({ app: running }, name) => void running.emit(name as never, {}), event),
    async closeWindow() {
      const closed = app.windows().at(-1)?.waitForEvent('close')
      await app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.close()
      })
      await closed
    },
    crashPage: () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
      ),
    // through main: Playwright's page is of no use after a crash; a page that is gone never answers
    text: () =>
      app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        if (!contents || contents.isCrashed()) return ''
        return Promise.race([
          contents.executeJavaScript('document.body.innerText') as Promise<string>,
          new Promise<string>((enough) => setTimeout(() => enough(''), 1000))
        ])
      }),
    order: async (name) => Promise.reject(new Error(`${name}: real Electron takes no such order`)),
    async quit() {
      // the answer may be lost with the program
      await app.evaluate(({ app: running }) => running.quit()).catch(() => undefined)
      await gone
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    }
  }
}
