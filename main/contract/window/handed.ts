// What was handed to the app from outside its window: by a double click or a drop on its icon. Imports nothing but the contract.
import type { NeiroErrorData } from '../errors'
import type { FileRef } from './app'

export interface HandedOver {
  /** folders of projects, to be opened */
  readonly projects: readonly FileRef[]
  /** files and folders that may become examples, if the user wants that */
  readonly data: readonly FileRef[]
  /** why others cannot be opened */
  readonly refused: readonly NeiroErrorData[]
}

export interface HandedCalls {
  /** all that waits, once; told by files.handed */
  'files.takeHanded': { args: Record<string, never>; result: HandedOver }
}
