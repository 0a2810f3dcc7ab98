// What a page of the app may do, with an Electron that only remembers: isolated, sandboxed, without Node,
// without navigation, new windows or permissions; and its address serves the built pages and nothing else.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type * as pagesModule from '../../main/serve/pages'

type Listener = (...values: never[]) => void
const windows: {
  options: { webPreferences: Record<string, unknown>; show: boolean }
  loaded: string[]
  shown: number
  on: Map<string, Listener>
}[] = []
/** addresses that were handed to the system's browser */
const outside: string[] = []
const handled = new Map<string, (request: Request) => Promise<Response> | Response>()
let schemes: { scheme: string; privileges: Record<string, boolean> }[] = []
let ask: (contents: null, permission: string, answer: (granted: boolean) => void) => void
let check: (contents: null, permission: string) => boolean

vi.mock('electron', () => ({
  BrowserWindow: class {
    readonly one
    constructor(options: never) {
      this.one = { options, loaded: [] as string[], shown: 0, on: new Map<string, Listener>() }
      windows.push(this.one)
    }
    once(event: string, listener: Listener) {
      this.one.on.set(event, listener)
    }
    show() {
      this.one.shown++
    }
    async loadURL(url: string) {
      this.one.loaded.push(url)
    }
  },
  shell: { openExternal: async (url: string) => void outside.push(url) },
  session: {
    defaultSession: {
      setPermissionRequestHandler: (handler: typeof ask) => void (ask = handler),
      setPermissionCheckHandler: (handler: typeof check) => void (check = handler)
    }
  },
  protocol: {
    registerSchemesAsPrivileged: (all: typeof schemes) => void (schemes = all),
    handle: (scheme: string, handler: (request: Request) => Response) => void handled.set(scheme, handler)
  }
}))
vi.mock('../../main/serve/pages', async (original) => ({
  ...(await original<typeof pagesModule>()),
  readPages: async () => new Map(built)
}))
const index = { type: 'text/html; charset=utf-8', body: Buffer.from('<title>Neiro</title>') }
const built = new Map([
  ['/index.html', index],
  ['/assets/a.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('1') }]
])
const { createWindow, lockDown, refusePermissions } = await import('../../main/shell/window')
const { declareScheme, origin, pageUrl, servePages } = await import('../../main/shell/protocol')
const { headers } = await import('../../main/serve/pages')

beforeEach(() => void (windows.length = 0))

describe('a window', () => {
  test('is isolated and sandboxed, without Node anywhere', () => {
    createWindow('/app/preload.cjs')
    expect(windows[0]?.options.webPreferences).toMatchObject({
      preload: '/app/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false
    })
  })

  test('loads our page only, and is seen when it is ready', () => {
    createWindow('/app/preload.cjs')
    expect(windows[0]?.loaded).toEqual([pageUrl])
    expect(windows[0]?.options.show).toBe(false)
    expect(windows[0]?.shown).toBe(0)
    windows[0]?.on.get('ready-to-show')?.()
    expect(windows[0]?.shown).toBe(1)
  })

  test('is made nowhere else', () => {
    const main = resolve(import.meta.dirname, '../../main')
    const makers = readdirSync(main, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /new (BrowserWindow|BaseWindow|WebContentsView)\(/.test(readFileSync(join(main, name), 'utf8'))
      )
    expect(makers).toEqual(['shell/window.ts'])
  })
})

describe('a page', () => {
  const on = new Map<string, (event: { preventDefault(): void }, url: string) => void>()
  let opener: (details: { url: string }) => { action: string }
  beforeEach(() => {
    on.clear()
    lockDown({
      on: (event: string, listener: never) => on.set(event, listener),
      setWindowOpenHandler: (handler: never) => void (opener = handler)
    } as never)
  })
  const stopped = (event: string, url: string): boolean => {
    let prevented = false
    on.get(event)?.({ preventDefault: () => void (prevented = true) }, url)
    return prevented
  }

  test.each([
    'https://evil.example/',
    'file:///etc/passwd',
    'app://neiro/other.html',
    'app://neiro.evil/index.html',
    'app://neiro/index.html?x',
    'javascript:alert(1)',
    ''
  ])('cannot go to %j', (url) => expect(stopped('will-navigate', url)).toBe(true))

  test.each([pageUrl, `${pageUrl}#/p/data`])('can load itself again at %s', (url) =>
    expect(stopped('will-navigate', url)).toBe(false)
  )

  test('opens no window, not even of ours, and holds no webview', () => {
    for (const url of ['https://evil.example/', 'javascript:alert(1)', 'file:///etc/passwd', pageUrl, ''])
      expect(opener({ url }).action).toBe('deny')
    expect(outside).toEqual([])
    expect(stopped('will-attach-webview', pageUrl)).toBe(true)
  })
})

test('a link that Neiro points to is handed to the browser, and opens no window here', () => {
  let opener: ((details: { url: string }) => { action: string }) | null = null
  lockDown({
    on: () => undefined,
    setWindowOpenHandler: (handler: never) => void (opener = handler)
  } as never)
  const url = 'https://huggingface.co/Qwen'
  expect((opener as unknown as (details: { url: string }) => object)({ url })).toEqual({ action: 'deny' })
  expect(outside).toEqual([url])
})

test('no permission is given but that of copying text', () => {
  refusePermissions()
  const given: string[] = []
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'clipboard-sanitized-write',
    'fullscreen',
    'openExternal',
    'display-capture',
    'usb',
    'fileSystem',
    'unknown'
  ]) {
    let granted: boolean | null = null
    ask(null, permission, (answer) => void (granted = answer))
    expect(granted).toBe(check(null, permission))
    if (granted) given.push(permission)
  }
  expect(given).toEqual(['clipboard-sanitized-write'])
})

describe('the address of our own', () => {
  test('is standard and secure, and nothing more than it needs', () => {
    declareScheme()
    expect(schemes).toHaveLength(1)
    expect(schemes[0]?.scheme).toBe('app')
    expect(schemes[0]?.privileges).toMatchObject({ standard: true, secure: true })
    expect(schemes[0]?.privileges['bypassCSP']).toBeFalsy()
    expect(schemes[0]?.privileges['allowServiceWorkers']).toBeFalsy()
    expect(pageUrl.startsWith(`${origin}/`)).toBe(true)
  })

  const get = async (url: string, method: string): Promise<Response> => {
    await servePages('/app/renderer')
    const handler = handled.get('app')
    if (!handler) throw new Error('no handler')
    return handler({ url, method } as Request)
  }

  test('serves the built pages with the headers that the served window has', async () => {
    const reply = await get(pageUrl, 'GET')
    expect(await reply.text()).toBe('<title>Neiro</title>')
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8')
    for (const [name, value] of Object.entries(headers)) expect(reply.headers.get(name)).toBe(value)
    expect((await get('app://neiro/assets/a.js', 'GET')).headers.get('content-type')).toContain('javascript')
    expect((await get(`${pageUrl}?x#y`, 'GET')).status).toBe(200)
  })

  test('is not served at all where the page was never built: that is said at the start', async () => {
    built.delete('/index.html')
    await expect(servePages('/app/renderer')).rejects.toThrow(/no page in .*renderer/)
    built.set('/index.html', index)
  })

  test.each([
    ['app://neiro/../../package.json', 'GET'],
    ['app://neiro/%2e%2e/%2e%2e/package.json', 'GET'],
    ['app://neiro/..%2f..%2fpackage.json', 'GET'],
    ['app://other/index.html', 'GET'],
    ['app://neiro//index.html', 'GET'],
    ['app://neiro/assets', 'GET'],
    [pageUrl, 'POST']
  ])('serves nothing at %s %s', async (url, method) => {
    const reply = await get(url, method)
    expect(reply.status).toBe(404)
    expect(await reply.text()).toBe('')
  })
})
