// The move of the storage place put together for this machine, with what the window sees of both.
import type { StorageView } from '../../contract/window/storage'
import type { FileRefs } from '../files/file-refs'
import { StorageMove, type StorageMoveOptions } from './storage-move'
import { storageView } from './storage-view'

export interface StorageHere {
  readonly storageMove: StorageMove
  readonly viewOfStorage: () => ReturnType<typeof storageView>
}

export function storageHere(
  o: Omit<StorageMoveOptions, 'onChange'> & {
    readonly files: FileRefs
    readonly onView: (view: StorageView) => void
    /** the projects lie where they lay, or in the new place */
    readonly onRest: () => void
  }
): StorageHere {
  const { place, files, onView, onRest } = o
  const storageMove: StorageMove = new StorageMove({
    ...o,
    onChange: (progress) => {
      void viewOfStorage().then(onView, () => undefined)
      if (progress === null && !place.isAway) onRest()
    }
  })
  const viewOfStorage = (): ReturnType<typeof storageView> => storageView(place, storageMove, files)
  return { storageMove, viewOfStorage }
}
