// What is asked of the process that holds the examples, and what it says. Types alone; both sides speak them.
import type { NeiroErrorData } from '../contract/errors'
import type { Checked } from '../services/doctor/check-up'
import type { CheckAsked, SetFacts, SetQuestion, SetSource } from '../services/dataset/set/kept-set'

interface Call<Args, Result> {
  readonly args: Args
  readonly result: Result
}

export interface KeeperCalls {
  readonly index: Call<{ readonly kept: string }, null>
  readonly open: Call<{ readonly source: SetSource }, SetFacts>
  readonly checkUp: Call<{ readonly source: SetSource; readonly options: CheckAsked }, Checked>
  /** of a set that is open; null: it is not */
  readonly ask: Call<
    { readonly set: string; readonly question: SetQuestion; readonly args: unknown },
    { readonly answer: unknown } | null
  >
}

export type KeeperCallName = keyof KeeperCalls

export type ToKeeper =
  | { readonly kind: 'call'; readonly id: number; readonly call: KeeperCallName; readonly args: unknown }
  | { readonly kind: 'cancel'; readonly id: number }

export type FromKeeper =
  | { readonly kind: 'ready' }
  /** it is alive */
  | { readonly kind: 'beat' }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: NeiroErrorData }
