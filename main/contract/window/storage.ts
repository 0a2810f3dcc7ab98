// What the window asks about the place where projects, runs and fetched models lie. Imports nothing but the contract.
import type { NeiroErrorData } from '../errors'
import type { FileRef } from './app'

export interface StorageView {
  readonly shownPath: string
  /** to be shown by files.show; null where nothing is kept there yet, or it is away */
  readonly fileId: FileRef['id'] | null
  /** where fetched models lie, when that is elsewhere */
  readonly modelsPath: string | null
  /** on a drive that is not connected, or removed */
  readonly away: boolean
  /** null: nothing is being moved */
  readonly progress: {
    readonly target: string
    readonly stage: 'copying' | 'checking'
    readonly doneBytes: number
    readonly totalBytes: number
  } | null
  /** why the last move did not take place */
  readonly failure: NeiroErrorData | null
  /** what was moved and still lies in the old place as well; bytes null while something is being moved */
  readonly left: { readonly shownPath: string; readonly bytes: number | null } | null
}

export interface StorageCalls {
  'storage.get': { args: Record<string, never>; result: StorageView }
  /** into the folder, or a new one in it; answers when it has begun */
  'storage.move': { args: { fileId: string }; result: StorageView }
  'storage.cancel': { args: Record<string, never>; result: StorageView }
  /** deletes what was moved from the old place */
  'storage.emptyOld': { args: Record<string, never>; result: StorageView }
  /** begins anew in the standard place, where the present one is lost */
  'storage.useStandard': { args: Record<string, never>; result: StorageView }
}
