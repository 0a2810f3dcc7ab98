// How many examples of each kind there are in a set: what a goal learns from may be a part of them. Reads no examples.
import type { KindCounts } from '../../../contract/records'
import { kindNumbers } from '../kept/kept-index'
import { Pauses } from '../../reading/pauses'
import type { PlacedSet } from './placed-set'

const atOnce = 50_000

/** held: 1 for each that is counted, in the order of the set; absent: all are. */
export async function kindsOf(set: PlacedSet, held?: Uint8Array): Promise<KindCounts> {
  const counts = { conversation: 0, text: 0, preference: 0, rated: 0, labelled: 0 }
  const pauses = new Pauses()
  for (const placed of set.files) {
    const { from, to } = set.rangeOf(placed)
    for (let at = from; at < to; at++) {
      if (at % atOnce === 0) await pauses.whenDue()
      if (held && held[at] !== 1) continue
      const place = set.places[at] as number
      // a row that was put right is known by its words alone
      const kind =
        set.changes.words.get(place)?.kind ?? kindNumbers[placed.file.index.kinds[place - placed.base] ?? -1]
      if (kind) counts[kind]++
    }
  }
  return counts
}
