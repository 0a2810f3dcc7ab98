// `app`: ready after a turn of the loop, events in Electron's order, quitting that can be prevented.
import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An event whose default can be prevented. */
export function preventable() {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    }
  }
}

class App extends EventEmitter {
  // the packed app, in the folder that Electron names process.resourcesPath
  isPackaged = Boolean(process.env.STAND_IN_RESOURCES)
  /** set by window.mjs, so that this file needs no windows */
  closeWindows = async () => true
  closeBrowser = async () => undefined
  #ready = false
  #quitting = false
  #whenReady = new Promise((ready) =>
    setImmediate(() => {
      this.#ready = true
      this.emit('ready')
      ready()
    })
  )
  #paths = new Map([['userData', mkdtempSync(join(tmpdir(), 'stand-in-'))]])

  whenReady() {
    return this.#whenReady
  }
  isReady() {
    return this.#ready
  }
  get quitting() {
    return this.#quitting
  }
  getLocale() {
    return process.env.STAND_IN_LOCALE ?? 'ja'
  }
  getPath(name) {
    return this.#paths.get(name) ?? tmpdir()
  }
  setPath(name, path) {
    this.#paths.set(name, path)
  }
  getName() {
    return 'neiro'
  }
  getVersion() {
    return '0.0.0'
  }
  setAppUserModelId() {}
  requestSingleInstanceLock() {
    return process.env.STAND_IN_SECOND !== '1'
  }
  releaseSingleInstanceLock() {
    this.locked = false
  }

  quit() {
    void this.#quit()
  }
  async #quit() {
    if (this.#quitting) return
    const before = preventable()
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    this.#quitting = true
    const closed = await this.closeWindows()
    const will = preventable()
    if (closed) this.emit('will-quit', will)
    if (!closed || will.defaultPrevented) {
      this.#quitting = false
      return
    }
    await this.closeBrowser()
    this.emit('quit', {}, 0)
    process.exit(0)
  }
  exit(code = 0) {
    process.exit(code)
  }
}

export const app = new App()
