// The bridge of the built preload: one CommonJS file that asks for electron only, exposes three functions,
// passes on known names only, and lets nothing of Electron through to the page.
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runInNewContext } from 'node:vm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { build } from 'vite'
import { callNames, eventNames, type Bridge } from '../../main/contract/channels'

const root = resolve(import.meta.dirname, '../..')
const invoked: { channel: string; args: unknown[] }[] = []
const heard = new Map<string, Set<(event: unknown, value: unknown) => void>>()
const ipcRenderer = {
  invoke: async (channel: string, ...args: unknown[]) => {
    invoked.push({ channel, args })
    return { ok: true, value: channel }
  },
  on(channel: string, listener: (event: unknown, value: unknown) => void) {
    heard.set(channel, (heard.get(channel) ?? new Set()).add(listener))
    return ipcRenderer
  },
  removeListener(channel: string, listener: (event: unknown, value: unknown) => void) {
    heard.get(channel)?.delete(listener)
    return ipcRenderer
  }
}
const webUtils = { getPathForFile: (file: { path?: string }) => file.path ?? '' }

interface Loaded {
  readonly required: string[]
  readonly exposed: Record<string, Bridge>
}

/** Runs the file as a sandboxed preload is run: no import, no process, and a require that knows electron. */
function load(code: string): Loaded {
  const required: string[] = []
  const exposed: Record<string, Bridge> = {}
  const contextBridge = { exposeInMainWorld: (name: string, value: Bridge) => void (exposed[name] = value) }
  const require = (name: string): unknown => {
    required.push(name)
    if (name === 'electron') return { contextBridge, ipcRenderer, webUtils }
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  runInNewContext(`(function (require, module, exports) {${code}\n})`, { Promise })(
    require,
    module,
    module.exports
  )
  return { required, exposed }
}

/** From the present source, in the way electron.vite.config.ts builds it. */
async function builtNow(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'neiro-preload-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      minify: false,
      rollupOptions: {
        input: { preload: join(root, 'main/shell/preload.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  })
  return readFileSync(join(outDir, 'preload.cjs'), 'utf8')
}

test.skipIf(!existsSync(join(root, 'out/preload')))('the app is built with one CommonJS file', () => {
  expect(readdirSync(join(root, 'out/preload'))).toEqual(['preload.cjs'])
  const { required, exposed } = load(readFileSync(join(root, 'out/preload/preload.cjs'), 'utf8'))
  expect([...new Set(required)]).toEqual(['electron'])
  expect(Object.keys(exposed)).toEqual(['api'])
})

describe('the bridge', () => {
  let api: Bridge
  let loaded: Loaded
  beforeAll(async () => {
    loaded = load(await builtNow())
    api = loaded.exposed['api'] as Bridge
  })
  beforeEach(() => {
    invoked.length = 0
    heard.clear()
  })

  test('is call, on and fileRefs, on window.api, and needs electron only', () => {
    expect(Object.keys(loaded.exposed)).toEqual(['api'])
    expect(Object.keys(api).sort()).toEqual(['call', 'fileRefs', 'on'])
    expect([...new Set(loaded.required)]).toEqual(['electron'])
  })

  test('passes on every call of the contract with its arguments alone', async () => {
    for (const name of callNames) {
      const args = { of: name }
      expect(await (api.call as (...all: unknown[]) => unknown)(name, args, 'more')).toEqual({
        ok: true,
        value: name
      })
      expect(invoked.at(-1)).toEqual({ channel: name, args: [args] })
    }
  })

  test.each([
    'files.dropped',
    'constructor',
    '',
    'app.info ',
    'ELECTRON_BROWSER_REQUIRE',
    undefined,
    null,
    ['app.info']
  ])('an unknown call (%j) is answered and not passed on', async (name) => {
    expect(await api.call(name as never, {} as never)).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_CALL' }
    })
    expect(invoked).toEqual([])
  })

  test('an event reaches its listener as a value alone, until the listener goes', () => {
    for (const name of eventNames) {
      const values: unknown[][] = []
      const off = api.on(name, (...all: unknown[]) => void values.push(all))
      for (const listener of heard.get(name) ?? []) listener({ sender: ipcRenderer }, 'value')
      expect(values).toEqual([['value']])
      // removeListener answers with ipcRenderer: the page must not get it
      expect(off()).toBeUndefined()
      expect(heard.get(name)?.size).toBe(0)
    }
  })

  test.each(['app.info', 'constructor', '', null])('an unknown event (%j) is not listened to', (name) => {
    const off = api.on(name as never, () => undefined)
    expect(heard.size).toBe(0)
    expect(off()).toBeUndefined()
  })

  test('real files go as their paths; what is only in memory has none', async () => {
    await api.fileRefs([{ path: '/a.csv' }, {}, { path: '/b.csv' }] as never)
    expect(invoked).toEqual([{ channel: 'files.dropped', args: [['/a.csv', '/b.csv']] }])
  })
})
