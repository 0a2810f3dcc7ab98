// Files that the system names as it starts the app, once or again: the words of a command line that are paths.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** argv with the program first; from source, the app's own folder comes second. Switches are Electron's or the system's. */
export function handedPaths(argv: readonly string[], packaged: boolean, workingFolder: string): string[] {
  return argv
    .filter((word) => word !== '' && !word.startsWith('-'))
    .slice(packaged ? 1 : 2)
    .flatMap((word) => pathOf(word) ?? [])
    .map((path) => resolve(workingFolder, path))
}

/** Desktops may name a file by its address. Of what lies elsewhere there is none. */
function pathOf(word: string): string | null {
  // two letters and more: a drive has one
  if (!/^[a-z][a-z\d+.-]+:/i.test(word)) return word
  try {
    return fileURLToPath(word)
  } catch {
    return null
  }
}
