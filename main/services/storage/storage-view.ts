// The storage place as the window and the command line show it.
import { resolve } from 'node:path'
import type { StorageView } from '../../contract/window/storage'
import type { FileRefs } from '../files/file-refs'
import type { StorageMove } from './storage-move'
import type { StoragePlace } from './storage-place'

/** Throws STORAGE_BROKEN {file}. */
export async function storageView(
  place: StoragePlace,
  move: StorageMove,
  files: FileRefs
): Promise<StorageView> {
  const { dir, left } = place.standing
  const { progress, failure } = move
  const ref = place.isAway ? null : await files.add(dir).catch(() => null)
  return {
    shownPath: dir,
    fileId: ref?.id ?? null,
    modelsPath: await move.modelsElsewhere(resolve(dir)),
    away: place.isAway,
    progress,
    failure,
    // not counted many times a second
    left: left && { shownPath: left.dir, bytes: progress ? null : await move.leftBytes() }
  }
}
