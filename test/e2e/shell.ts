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
  order(order: string, details?: object): Promise<unknown>
  quit(): Promise<void>
  kill(): Promise<void>
}

/** Of test/electron-stand-in/desk.mjs. */
export interface Records {
  readonly utilities: readonly { program: string; serviceName: string; pid: number }[]
  readonly shown: readonly string[]
  readonly opened: readonly string[]
  readonly dialogs: readonly { properties: readonly string[] }[]
  readonly menu: readonly { label: string }[]
  readonly tray: { tip: string; items: readonly { label: string }[] } | null
  readonly awake: number
}

export const openShell = (folder: string): Promise<Shell> =>
  binary ? openElectron(binary, folder) : openStandIn(folder)

const environment = (folder: string): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  HOME: folder,
  NEIRO_HOME: resolve(folder, 'neiro'),
  STAND_IN_LOCALE: 'ja'
})

async function openStandIn(folder: string): Promise<Shell> {
  const child = fork(resolve(root, 'out/main/index.js'), [], {
    execArgv: ['--import', register],
    env: environment(folder),
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

  return {
    pid: child.pid ?? 0,
    async page() {
      for (;;) {
        const found = browser
          .contexts()[0]
          ?.pages()
          .findLast((page) => page.url().includes('/index.html'))
        if (found) {
          await found.getByRole('heading', { level: 1 }).waitFor()
          return found
        }
        await new Promise((again) => setTimeout(again, 50))
      }
    },
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

async function openElectron(executablePath: string, folder: string): Promise<Shell> {
  const app = await _electron.launch({
    executablePath,
    args: [root, '--lang=ja', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: environment(folder)
  })
  const child = app.process()
  const gone = new Promise<void>((done) => child.on('exit', () => done()))
  return {
    pid: child.pid ?? 0,
    async page() {
      const page = app.windows().at(-1) ?? (await app.firstWindow())
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
    webPreferences: () =>
      app.evaluate(({ BrowserWindow }) => ({
        ...(
          BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
            getLastWebPreferences(): Record<string, unknown>
          }
        ).getLastWebPreferences()
      })),
    records: async () => null,
    order: async () => null,
    async quit() {
      await app.evaluate(({ app: running }) => running.quit())
      await gone
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    }
  }
}
