// electron-updater's own for this system, loaded when the user asks for a new version for the first time.
import type { UpdaterTools } from './installed-updater'

export async function electronUpdater(): Promise<UpdaterTools> {
  const { autoUpdater, CancellationToken } = (await import('electron-updater')).default
  return { updater: autoUpdater, cancellation: () => new CancellationToken() }
}
