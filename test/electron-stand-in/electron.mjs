// Test stand-in for the `electron` module of the main process: what Neiro's shell imports, and no more.
import { existsSync } from 'node:fs'
import { app } from './app.mjs'
import { dialog, Menu, powerSaveBlocker, records, session, shell, Tray } from './desk.mjs'
import { ipcMain } from './ipc.mjs'
import { autoUpdater, net } from './network.mjs'
import { protocol } from './scheme.mjs'
import { utilityProcess } from './utility.mjs'
import { BrowserWindow } from './window.mjs'

// Electron says so, packed or not
process.resourcesPath = process.env.STAND_IN_RESOURCES
// a packed program is not told where its own code lies
if (app.isPackaged) process.argv.splice(1, 1)

const nativeImage = {
  createFromPath(path) {
    records.images.push({ path, there: existsSync(path) })
    return { isEmpty: () => !existsSync(path) }
  }
}

/** A key store that only turns the text around. */
const safeStorage = {
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from([...text].reverse().join('')),
  decryptString: (bytes) => [...bytes.toString('utf8')].reverse().join('')
}

export {
  app,
  autoUpdater,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  net,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  utilityProcess
}

// for packages that require it
globalThis.standInForElectron = { app, autoUpdater, net, session }
