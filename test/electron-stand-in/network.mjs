// What electron-updater asks of Electron: requests by Node in the place of Chromium, and the updater that a program which ends
// for a new version tells of it.
import { EventEmitter } from 'node:events'
import { request } from 'node:http'

export const net = { request: ({ session: _, ...options }) => request(options) }
export const autoUpdater = new EventEmitter()
