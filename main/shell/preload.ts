// The bridge under Electron: one function per direction, made from the contract's lists, so that nothing
// else of Electron is reachable from the page. Built as one CommonJS file (a sandboxed preload must be).
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { callNames, eventNames, type Bridge, type CallName, type Result } from '../contract/channels'
import type { FileRef } from '../contract/window/app'

const unknownName: Result<never> = {
  ok: false,
  error: {
    code: 'UNKNOWN_CALL',
    details: {}
  }
}

const bridge: Bridge = {
  call: (name, args) =>
    (callNames as readonly string[]).includes(name)
      ? ipcRenderer.invoke(name, args)
      : Promise.resolve(unknownName),
  on(name, listener) {
    if (!(eventNames as readonly string[]).includes(name)) return () => undefined
    const heard = (_event: IpcRendererEvent, value: unknown): void => listener(value as never)
    ipcRenderer.on(name, heard)
    return () => {
      // gives nothing back: it answers with ipcRenderer itself
      ipcRenderer.removeListener(name, heard)
    }
  },
  // Only real files of this machine have a path; main turns the paths into references.
  fileRefs: (files) =>
    ipcRenderer.invoke(
      'files.dropped' satisfies string as CallName,
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '')
    ) as Promise<Result<readonly FileRef[]>>
}

contextBridge.exposeInMainWorld('api', bridge)
