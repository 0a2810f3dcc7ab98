// Opening what others may have put there: an ordinary file, or a word. A pipe would be waited for without end, in a thread
// that not even the end of the program gets back; a device gives bytes for ever.
import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { NeiroError } from '../contract/errors'

/** Windows knows no such flag, and has no such pipes in its folders. */
const withoutWaiting = constants.O_RDONLY | ((constants as { O_NONBLOCK?: number }).O_NONBLOCK ?? 0)

/** Throws NOT_A_FILE, or what the system says; a folder opens, and cannot be read. */
export async function openOrdinary(path: string): Promise<FileHandle> {
  const handle = await open(path, withoutWaiting)
  const there = await handle.stat()
  if (there.isFile() || there.isDirectory()) return handle
  await handle.close()
  throw new NeiroError('NOT_A_FILE', { file: basename(path) })
}

/** All of a small file, `most` bytes at the most. Throws NOT_A_FILE, FILE_TOO_LARGE, or what the system says. */
export async function readOrdinary(path: string, most: number): Promise<Buffer> {
  const handle = await openOrdinary(path)
  try {
    const there = await handle.stat()
    if (there.isFile() && there.size > most)
      throw new NeiroError('FILE_TOO_LARGE', { file: basename(path), size: String(there.size) })
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/** What a project or a run keeps about itself: as JSON, and never of this size. */
export const mostOfOwnFile = 64 * 2 ** 20

/** What stands in such a file; null: nothing, or nothing that can be read. */
export async function readOwnJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readOrdinary(path, mostOfOwnFile)).toString('utf8'))
  } catch {
    return null
  }
}
