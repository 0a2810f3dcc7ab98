// What the window asks about new versions of this Neiro. Imports nothing but the contract.
import type { NeiroErrorData } from '../errors'

/** Why no new version is ever looked for: started from source or for a browser, a build that names no place for them, the
 *  office's policy. */
export type UpdatesClosed = 'not-installed' | 'no-address' | 'forbidden'

/** idle: not looked yet, or it failed; current: none is newer; ready: fetched and the same that was signed */
export type UpdateState = 'idle' | 'looking' | 'current' | 'found' | 'fetching' | 'ready' | 'installing'

export interface NewVersion {
  readonly version: string
  /** to be fetched; 0: not said */
  readonly bytes: number
  /** plain text by its makers; '' where they say nothing */
  readonly notes: string
}

export interface UpdateView {
  readonly closed: UpdatesClosed | null
  /** where it is looked: nothing but the question goes there; '' where closed */
  readonly address: string
  readonly state: UpdateState
  readonly found: NewVersion | null
  /** bytes that are here, while fetching */
  readonly done: number
  readonly failure: NeiroErrorData | null
}

export interface UpdateCalls {
  'updates.get': { args: Record<string, never>; result: UpdateView }
  /** asks the address, once */
  'updates.look': { args: Record<string, never>; result: UpdateView }
  /** begins; updates.changed tells the rest */
  'updates.fetch': { args: Record<string, never>; result: UpdateView }
  'updates.cancel': { args: Record<string, never>; result: UpdateView }
  /** ends this Neiro and starts the new one. Throws UPDATE_WHILE_BUSY */
  'updates.install': { args: Record<string, never>; result: UpdateView }
}
