// New versions of the installed program, by electron-updater: what fetches and installs on each system. It does nothing of its
// own accord here: no download, no installation while quitting, no older version.
import type { AppUpdater, CancellationToken } from 'electron-updater'
import type { Manifest } from '../services/updates/manifest'
import type { Updater } from '../services/updates/updates'

export interface UpdaterTools {
  /** electron-updater's own for this system */
  readonly updater: AppUpdater
  readonly cancellation: () => CancellationToken
}

/** tools: loaded when they are asked for the first time: most starts never do. */
export function installedUpdater(tools: () => Promise<UpdaterTools>, log: (line: string) => void): Updater {
  let ready: Promise<UpdaterTools> | null = null
  const opened = (): Promise<UpdaterTools> =>
    (ready ??= tools().then((found) => {
      keepQuiet(found.updater, log)
      return found
    }))
  let opening: AppUpdater | null = null
  return {
    async look(address) {
      const { updater } = await opened()
      updater.setFeedURL({ provider: 'generic', url: address })
      const found = await updater.checkForUpdates()
      return found?.isUpdateAvailable ? (found.updateInfo as unknown as Manifest) : null
    },
    async fetch(onBytes, signal) {
      const { updater, cancellation } = await opened()
      const token = cancellation()
      const stop = (): void => token.cancel()
      const progress = ({ transferred }: { readonly transferred: number }): void => onBytes(transferred)
      signal.addEventListener('abort', stop, { once: true })
      updater.on('download-progress', progress)
      try {
        await updater.downloadUpdate(token)
        opening = updater
      } finally {
        updater.off('download-progress', progress)
        signal.removeEventListener('abort', stop)
      }
    },
    install() {
      let failed = false
      const onError = (): void => void (failed = true)
      opening?.once('error', onError)
      // not silent: the system may ask for the user's password; and the new one is started
      opening?.quitAndInstall(false, true)
      opening?.off('error', onError)
      return opening !== null && !failed
    }
  }
}

function keepQuiet(updater: AppUpdater, log: (line: string) => void): void {
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.disableWebInstaller = true
  // whole files alone: they are checked as a whole
  updater.disableDifferentialDownload = true
  // else a number of this PC goes along, to tell it from others
  updater.requestHeaders = { 'x-user-staging-id': '' }
  updater.logger = { info: log, warn: log, error: log }
  // what goes wrong is thrown as well; without a listener it would end the app
  updater.on('error', () => undefined)
}
