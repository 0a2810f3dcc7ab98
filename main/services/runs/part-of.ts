// The part of the examples that a quick try learns from, and of those held out that it is checked on: drawn by the
// seed, equal questions together.
import { NeiroError } from '../../contract/errors'
import { drawAmong } from '../dataset/set/split'
import type { CountedPart, CountedSet } from './token-counts'

/** so many held-out examples, and no more than it learns from, tell of a quick try what there is to tell; each of
 *  them takes time at each check */
const mostHeldOut = 30

/** All of it where the part is the whole. */
export function partOfSet({ train, heldOut }: CountedSet, part: number, seed: number): CountedSet {
  if (part >= 1) return { train, heldOut }
  const learnt = partOf(train, part, seed)
  const checkedOn = Math.min(mostHeldOut, Math.max(2, learnt.positions.length))
  return {
    train: learnt,
    heldOut: partOf(heldOut, Math.min(1, checkedOn / Math.max(1, heldOut.positions.length)), seed)
  }
}

/** asked several times while settings are looked for: large sets are divided once */
const divided = new WeakMap<CountedPart, Map<string, CountedPart>>()

export function partOf(all: CountedPart, part: number, seed: number): CountedPart {
  if (part >= 1) return all
  const parts = divided.get(all) ?? new Map<string, CountedPart>()
  divided.set(all, parts)
  const key = `${part} ${seed}`
  const known = parts.get(key) ?? divide(all, part, seed)
  parts.set(key, known)
  return known
}

function divide(all: CountedPart, part: number, seed: number): CountedPart {
  const { counted, positions } = all
  try {
    const left = drawAmong(counted, positions, 1 - part, seed)
    return { counted, positions: positions.filter((_, i) => left[i] === 0) }
  } catch (error) {
    // so few questions that there are no parts
    if (error instanceof NeiroError && error.code === 'TOO_FEW_EXAMPLES') return all
    throw error
  }
}
