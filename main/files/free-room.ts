// Is there room where much is going to lie? Asked before anything is written.
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { NeiroError } from '../contract/errors'

/** for what else is written beside */
const beside = 64 * 2 ** 20

/** Throws `code` with {place, needed, free} in GB. A disk that does not say how much is free is tried. */
export async function requireRoom(
  dir: string,
  bytes: number,
  code: 'DATA_NO_ROOM' | 'EXPORT_NO_ROOM' | 'STORAGE_NO_ROOM'
): Promise<void> {
  const free = await freeAt(dir)
  const needed = bytes + beside
  if (free === null || free >= needed) return
  throw new NeiroError(code, { place: dir, needed: gigabytes(needed), free: gigabytes(free) })
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)

/** Of the nearest folder that is there. */
async function freeAt(dir: string): Promise<number | null> {
  const disk = await statfs(dir).catch(() => null)
  if (disk) return disk.bavail * disk.bsize
  return dirname(dir) === dir ? null : freeAt(dirname(dir))
}
