// The place where projects, runs and models lie: shown, moved, its old one emptied.
import type { StorageCalls } from '../contract/window/storage'
import type { Parts } from '../parts'
import type { HandlersOf } from './handlers'

export function storageHandlers(parts: Parts): HandlersOf<StorageCalls> {
  const { files, storageMove, viewOfStorage, tell } = parts
  /** every window shows what is so now */
  const told = async (): ReturnType<typeof viewOfStorage> => {
    const view = await viewOfStorage()
    tell('storage.changed', view)
    return view
  }
  return {
    'storage.get': () => viewOfStorage(),
    'storage.move': async ({ fileId }) => {
      await storageMove.begin(files.pathOf(fileId))
      return viewOfStorage()
    },
    'storage.cancel': async () => {
      await storageMove.cancel()
      return viewOfStorage()
    },
    'storage.emptyOld': async () => {
      await storageMove.emptyOld()
      return told()
    },
    'storage.useStandard': async () => {
      await storageMove.useStandard()
      tell('projects.changed', null)
      return told()
    }
  }
}
