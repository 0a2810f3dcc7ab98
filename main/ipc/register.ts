// Electron's side of the gate: one handler a call, answered only to our own page's main frame.
import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { App } from '../app'
import { callNames, type Result } from '../contract/channels'
import { NeiroError } from '../contract/errors'
import type { Log } from '../log'
import { answer, failure } from './gate'

/** a drop: paths that the preload read from real File objects */
export const droppedChannel = 'files.dropped'

export function registerCalls(app: App, log: Log, origin: string): void {
  const trusted = (event: IpcMainInvokeEvent): boolean => {
    const frame = event.senderFrame
    return frame !== null && frame.parent == null && frame.url.startsWith(`${origin}/`)
  }
  const guarded = (
    event: IpcMainInvokeEvent,
    work: () => Promise<Result<unknown>>
  ): Promise<Result<unknown>> => {
    if (trusted(event)) return work()
    const error = new NeiroError('UNKNOWN_SENDER')
    return Promise.resolve({ ok: false, error: failure(error, 'ipc', log).toData() })
  }
  for (const name of callNames)
    ipcMain.handle(name, (event, args: unknown) => guarded(event, () => answer(app, log, name, args)))
  ipcMain.handle(droppedChannel, (event, paths: unknown) =>
    guarded(event, async () => {
      try {
        const real = Array.isArray(paths)
          ? paths.filter((path): path is string => typeof path === 'string')
          : []
        return { ok: true, value: await app.addPaths(real.slice(0, 10_000)) }
      } catch (error) {
        return { ok: false, error: failure(error, droppedChannel, log).toData() }
      }
    })
  )
}
