// Synthetic examples of a set and the side on which they stand: never the held-out one, and not the training part either
// where what they were made from, or what they say by now, is held out. A held-out question in other words that was trained
// on proves as little as the question itself.
import type { Synthetic } from '../../../contract/synthetic'
import type { PlacedSet } from './placed-set'
import { eachKey } from './question-keys'
import type { Groups } from './split'

export interface SyntheticRows {
  /** 1 for each, in the order of the set */
  readonly are: Uint8Array
  readonly count: number
  /** by position: the group of equal questions that it was made from; of what is gone or was changed since, none */
  readonly origins: ReadonlyMap<number, number>
}

/** on neither side */
export const aside = 2

export const originHex = ([key, other]: readonly [number, number]): Synthetic['of'] =>
  [key, other].map((half) => half.toString(16).padStart(8, '0')).join('')

export const originKeys = ({ of }: Synthetic): readonly [number, number] => [
  Number.parseInt(of.slice(0, 8), 16),
  Number.parseInt(of.slice(8), 16)
]

/** Null where there is none. */
export async function syntheticRowsOf(set: PlacedSet, groups: Groups): Promise<SyntheticRows | null> {
  if (set.files.every(({ file }) => file.index.synthetic.at.length === 0)) return null
  const are = new Uint8Array(set.places.length)
  const wanted = new Map<number, { readonly other: number; readonly position: number }[]>()
  for (const { file, base } of set.files) {
    const { at, keys, otherKeys } = file.index.synthetic
    for (const [i, line] of at.entries()) {
      const position = set.positionOf(base + line)
      if (set.places[position] !== base + line) continue
      are[position] = 1
      const key = keys[i] as number
      const known = wanted.get(key) ?? []
      known.push({ other: otherKeys[i] as number, position })
      wanted.set(key, known)
    }
  }
  const origins = new Map<number, number>()
  const look = (at: number, key: number, otherKey: number): void => {
    for (const { other, position } of wanted.get(key) ?? [])
      if (other === otherKey && are[at] === 0) origins.set(position, groups[at] as number)
  }
  // as it is learnt, and as it was read: it may have been put right since
  await eachKey(set, look)
  if (set.changes.mends.size > 0 || set.changes.words.size > 0)
    for (const placed of set.files) {
      const { keys, otherKeys } = placed.file.index
      const { from, to } = set.rangeOf(placed)
      for (let at = from; at < to; at++) {
        const line = (set.places[at] as number) - placed.base
        if (line < keys.length) look(at, keys[line] as number, otherKeys[line] as number)
      }
    }
  return { are, count: are.reduce((sum, one) => sum + one, 0), origins }
}

/** A division of those that are not synthetic becomes one of all. */
export function withSynthetic(held: Uint8Array, groups: Groups, { are, origins }: SyntheticRows): Uint8Array {
  const heldGroups = new Set<number>()
  for (const [at, one] of held.entries()) if (one === 1 && are[at] === 0) heldGroups.add(groups[at] as number)
  return held.map((one, at) => {
    if (are[at] === 0) return one
    const origin = origins.get(at)
    const isHeld = heldGroups.has(groups[at] as number) || (origin !== undefined && heldGroups.has(origin))
    return isHeld ? aside : 0
  })
}
