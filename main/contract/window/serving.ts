// The local server for other programs: whether it runs, what it serves, and who is being answered.
import type { NeiroErrorData } from '../errors'
import type { TurnWork } from './results'

export interface LeftOut {
  readonly run: string
  readonly name: string
  /** another base; packed otherwise than the base that is served; a whole model of its own; sorts texts and writes
   *  none; its files cannot be read; too many newer ones */
  readonly why: 'base' | 'precision' | 'whole' | 'sorts' | 'damaged' | 'most'
}

export interface ApiState {
  readonly state: 'off' | 'starting' | 'on' | 'stopping'
  /** http://127.0.0.1:PORT/v1; null while it is off */
  readonly address: string | null
  /** null while it is off */
  readonly key: string | null
  /** names that a program writes; the first is the base */
  readonly models: readonly { readonly name: string; readonly run: string | null }[]
  readonly leftOut: readonly LeftOut[]
  /** answered now, at most so many at once, and waiting for a place */
  readonly talking: number
  readonly places: number
  readonly waiting: number
  /** since it was switched on */
  readonly answered: number
  /** who has the engine while requests wait for it */
  readonly waitsFor: TurnWork | null
  /** a training shares this machine with it */
  readonly training: boolean
  /** why it could not be switched on */
  readonly error: NeiroErrorData | null
}

export interface ServingCalls {
  'api.get': { args: Record<string, never>; result: ApiState }
  /** run: its base is served; null: that of the newest run. Answers with the state then, also where it failed. */
  'api.start': { args: { run: string | null }; result: ApiState }
  'api.stop': { args: Record<string, never>; result: ApiState }
  /** the one before is worth nothing from then on */
  'api.renewKey': { args: Record<string, never>; result: ApiState }
}
