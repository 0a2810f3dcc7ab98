// The built preload in a page: wraps its one CommonJS file in the three modules a sandboxed preload may ask for.
// What it exposes lands on window, as Electron's bridge does; the isolation itself cannot be had here.
import { readFile } from 'node:fs/promises'
import { makeCodec } from './codec.mjs'

function inPage(makeCodecInPage, preload) {
  const { __standInInvoke: invoke } = globalThis
  const codec = makeCodecInPage()
  const listeners = new Map()
  const cloned = (values) => {
    try {
      return codec.encode(structuredClone(values))
    } catch {
      throw new Error('An object could not be cloned.')
    }
  }
  globalThis.__standInEmit = (channel, values) => {
    for (const listener of [...(listeners.get(channel) ?? [])])
      listener({ sender: ipcRenderer }, ...codec.decode(values))
  }
  const ipcRenderer = {
    async invoke(channel, ...values) {
      const reply = await invoke(channel, cloned(values))
      if ('error' in reply) throw new Error(reply.error)
      return codec.decode(reply.value)
    },
    on(channel, listener) {
      if (!listeners.has(channel)) listeners.set(channel, new Set())
      listeners.get(channel).add(listener)
      return ipcRenderer
    },
    removeListener(channel, listener) {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    }
  }
  const contextBridge = {
    exposeInMainWorld(name, value) {
      Object.defineProperty(globalThis, name, { value: Object.freeze(value), enumerable: true })
    }
  }
  // a test that drops files says by name where they lie
  const webUtils = { getPathForFile: (file) => globalThis.__standInPaths?.[file.name] ?? '' }
  const require = (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer, webUtils }
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports)
  globalThis.__standInPreloaded = true
}

export async function preloadScript(file) {
  const code = await readFile(file, 'utf8')
  return `(${inPage})(${makeCodec}, function (require, module, exports) {${code}\n})`
}
