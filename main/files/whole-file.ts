// Replaces one small file whole: written beside, synced, renamed into place. Never half of it.
import { open, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { beside, newMark } from './beside'
import { asFileError } from './file-errors'
import { makeFolder } from './make-folder'
import { remove, renameInto } from './moving'

/** as a whole, or piece by piece */
export type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>

/** Folders above it are made. Throws DISK_FULL or READ_ONLY {place}, or what else the system says. */
export async function writeFileWhole(file: string, content: Content): Promise<void> {
  const mark = newMark()
  const staging = beside(file, 'tmp', mark.text)
  try {
    await makeFolder(dirname(file))
    await writeFile(staging, content, { flush: true })
    await renameInto(staging, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await remove(staging).catch(() => undefined)
    throw asFileError(error, dirname(file))
  } finally {
    mark.done()
  }
}

/** Names in a folder outlive a power cut only when the folder itself was synced. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and syncs names with their files
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
