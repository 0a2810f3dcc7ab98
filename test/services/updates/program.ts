// An installed program of Linux (an AppImage that is a script) with electron-updater's real updater, whose requests go by Node
// in the place of Electron.
import { EventEmitter } from 'node:events'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { request, type ClientRequest, type RequestOptions } from 'node:http'
import { createRequire, Module } from 'node:module'
import { join } from 'node:path'
import {
  HttpExecutor,
  configureRequestOptions,
  configureRequestUrl,
  type DownloadOptions
} from 'builder-util-runtime'
import electronUpdater from 'electron-updater'
import { installedUpdater } from '../../../main/shell/installed-updater'
import type { Updater } from '../../../main/services/updates/updates'

// what it tells Electron as it ends the program; the package itself would ask for a binary that is not here
const electron = createRequire(import.meta.url).resolve('electron')
const module = Object.assign(new Module(electron), {
  loaded: true,
  exports: { autoUpdater: new EventEmitter() }
})
createRequire(import.meta.url).cache[electron] = module as NodeJS.Module

class NodeExecutor extends HttpExecutor<ClientRequest> {
  createRequest(options: RequestOptions, callback: (response: never) => void): ClientRequest {
    return request(options, callback as never)
  }

  /** As ElectronHttpExecutor.download. */
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const asked: RequestOptions = { headers: (options.headers ?? {}) as never }
      configureRequestUrl(url, asked)
      configureRequestOptions(asked)
      this.doDownload(
        asked,
        {
          destination,
          options,
          onCancel,
          callback: (error: Error | null) => (error ? reject(error) : resolve(destination)),
          responseHandler: null
        } as never,
        0
      )
    })
  }
}

export interface InstalledProgram {
  readonly updater: Updater
  readonly file: string
  readonly quits: () => number
}

/** dir: a folder of its own. The file that is installed says its version when it is run. */
export function installedProgram(dir: string, version: string): InstalledProgram {
  const file = join(dir, 'Neiro.AppImage')
  writeFileSync(file, '#!/bin/sh\necho old\n')
  chmodSync(file, 0o755)
  const config = join(dir, 'app-update.yml')
  writeFileSync(
    config,
    'provider: generic\nurl: https://nowhere.invalid\nupdaterCacheDirName: neiro-updater\n'
  )
  mkdirSync(join(dir, 'cache'))
  let quits = 0
  const app = {
    ...{ version, name: 'neiro', isPackaged: true, appUpdateConfigPath: config },
    ...{ userDataPath: join(dir, 'user'), baseCachePath: join(dir, 'cache') },
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => void quits++,
    onQuit: () => undefined
  }
  const tools = () => {
    const updater = new electronUpdater.AppImageUpdater(null, app)
    Object.assign(updater, { httpExecutor: new NodeExecutor() })
    return Promise.resolve({ updater, cancellation: () => new electronUpdater.CancellationToken() })
  }
  return { updater: installedUpdater(tools, () => undefined), file, quits: () => quits }
}
