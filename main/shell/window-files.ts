// Where Electron keeps what is its own (the window's cache and keys): in a folder of the data folder, so that one folder
// holds all, is carried about with a portable program, and two data folders are two apps. Before the app is ready.
import { mkdirSync } from 'node:fs'
import { app } from 'electron'

export function keepWindowFiles(folder: string): void {
  // said on the command line: by whoever tries it
  if (process.argv.some((word) => word.startsWith('--user-data-dir='))) return
  try {
    // Electron refuses a folder that is not there
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    app.setPath('userData', folder)
  } catch {
    // a data folder that cannot be written: the system's own place for it
  }
}
