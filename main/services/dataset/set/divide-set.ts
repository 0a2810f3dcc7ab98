// Which examples of a set are held out. Files with a held-out part of their own keep it; of all others, one is drawn.
import { NeiroError } from '../../../contract/errors'
import { learntTogether, togetherOf } from '../kinds'
import { settingRows } from '../../../contract/settings'
import { kindNumbers } from '../kept/kept-index'
import type { PlacedFile } from './placed-file'
import type { PlacedSet } from './placed-set'
import { drawAmong, type Drawn } from './split'
import { withSynthetic, type SyntheticRows } from './synthetic-rows'

/** held out where nobody has asked for another share */
export const usualShare = settingRows.heldOutRatio.default

export interface Division {
  /** 1 for each example that is held out, 2 for each synthetic one that is on neither side, in the order of the set */
  readonly held: Uint8Array
  /** why nothing could be held out; null where something is, or nothing is there */
  readonly problem: NeiroError | null
}

/** Of the kinds that are learnt together a part is held out: a few pairs of answers beside many conversations would have
 *  none, and those that were made of the held-out questions would have nothing else. Another share than the usual one is drawn anew from all of them, by the same chance: a smaller part lies within a
 *  larger one. without: positions that are drawn as if they were not there, and are on neither side. */
export async function divideSet(
  set: PlacedSet,
  known: Drawn & { readonly synthetic: SyntheticRows | null },
  share: number,
  without: ReadonlySet<number> = new Set()
): Promise<Division> {
  const held = new Uint8Array(set.places.length)
  const parts = new Uint8Array(set.places.length)
  for (const placed of set.files) {
    const own = placed.heldOutRows && share === usualShare ? new Set(placed.heldOutRows) : null
    const { rows } = placed.file.index
    const { from, to } = set.rangeOf(placed)
    for (let at = from; at < to; at++) {
      if (known.synthetic?.are[at] === 1 || without.has(at)) {
        parts[at] = decided
        continue
      }
      if (!own) {
        parts[at] = partOf(set, placed, at)
        continue
      }
      const place = set.places[at] as number
      const row = set.changes.words.get(place)?.source.row ?? rows[place - placed.base]
      held[at] = own.has(row as number) ? 1 : 0
      parts[at] = decided
    }
  }
  let problem: NeiroError | null = null
  for (let part = 0; part < learntTogether.length; part++) {
    const positions = positionsOf(parts, part)
    if (positions.length === 0) continue
    try {
      const drawn = drawAmong(known, positions, share, settingRows.seed.default)
      positions.forEach((at, i) => (held[at] = drawn[i] as number))
    } catch (error) {
      if (!(error instanceof NeiroError)) throw error
      problem ??= error
    }
  }
  for (const at of without) held[at] = onNeither
  const all = known.synthetic ? withSynthetic(held, known.groups, known.synthetic) : held
  return { held: all, problem: all.includes(1) ? null : problem }
}

/** a side that is none, as that of synthetic rows whose origin is held out */
const onNeither = 2

/** no part of those that are drawn from: the file says itself what it holds out */
const decided = learntTogether.length

/** Which of the kinds that are learnt together the example at a position is of. */
function partOf(set: PlacedSet, { file, base }: PlacedFile, at: number): number {
  const place = set.places[at] as number
  // a row that was put right is known by its words alone
  const kind = set.changes.words.get(place)?.kind ?? kindNumbers[file.index.kinds[place - base] as number]
  return kind ? togetherOf(kind) : 0
}

function positionsOf(parts: Uint8Array, part: number): Uint32Array {
  const positions = new Uint32Array(parts.length)
  let count = 0
  for (const [at, one] of parts.entries()) if (one === part) positions[count++] = at
  return positions.slice(0, count)
}
