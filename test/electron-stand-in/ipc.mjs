// `ipcMain`: handlers by channel, one each. The windows call them through invoke().
import { EventEmitter } from 'node:events'

class IpcMain extends EventEmitter {
  #handlers = new Map()

  handle(channel, handler) {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel) {
    this.#handlers.delete(channel)
  }

  /** Not Electron's: a page's invoke arrives here. */
  async invoke(channel, event, args) {
    const handler = this.#handlers.get(channel)
    if (!handler)
      throw new Error(`Error invoking remote method '${channel}': No handler registered for '${channel}'`)
    return handler(event, ...args)
  }
}

export const ipcMain = new IpcMain()
