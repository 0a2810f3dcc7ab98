// Examples that are looked at lot after lot, as often as wanted, and are never all in memory.
import type { Example } from '../../contract/records'
import type { Outcome } from './kinds/kind'

export interface Lot {
  readonly examples: readonly Example[]
  /** of each, what is known of its tokens already; undefined: nothing */
  readonly outcomes?: readonly (Outcome | null | undefined)[]
}

export interface ExampleLots {
  readonly count: number
  lots(): AsyncIterable<Lot>
}

/** Those of a training, and those that it is checked on. */
export interface SplitLots {
  readonly train: ExampleLots
  readonly heldOut: ExampleLots
}

/** encoded at once */
const atOnce = 2048

/** Of examples that are at hand. */
export function lotsOf(examples: readonly Example[]): ExampleLots {
  return {
    count: examples.length,
    async *lots() {
      for (let at = 0; at < examples.length; at += atOnce) yield { examples: examples.slice(at, at + atOnce) }
    }
  }
}
