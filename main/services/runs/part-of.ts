// The part of the examples that a quick try learns from, and of those held out that it is checked on: drawn by the
// seed, equal questions together.
import { NeiroError } from '../../contract/errors'
import { splitInTurns } from '../dataset/set/split'
import type { CountedExample, CountedSet } from './token-counts'

/** so many held-out examples, and no more than it learns from, tell of a quick try what there is to tell; each of
 *  them takes time at each check */
const mostHeldOut = 30

/** All of it where the part is the whole. */
export async function partOfSet(
  { train, heldOut }: CountedSet,
  part: number,
  seed: number
): Promise<CountedSet> {
  if (part >= 1) return { train, heldOut }
  const learnt = await partOf(train, part, seed)
  const checkedOn = Math.min(mostHeldOut, Math.max(2, learnt.length))
  return {
    train: learnt,
    heldOut: await partOf(heldOut, Math.min(1, checkedOn / Math.max(1, heldOut.length)), seed)
  }
}

type Part = Promise<readonly CountedExample[]>

/** asked several times while settings are looked for: large sets are divided once */
const divided = new WeakMap<readonly CountedExample[], Map<string, Part>>()

export async function partOf(
  all: readonly CountedExample[],
  part: number,
  seed: number
): Promise<readonly CountedExample[]> {
  if (part >= 1) return all
  const parts = divided.get(all) ?? new Map<string, Part>()
  divided.set(all, parts)
  const key = `${part} ${seed}`
  const known = parts.get(key) ?? divide(all, part, seed)
  parts.set(key, known)
  return known
}

async function divide(all: readonly CountedExample[], part: number, seed: number): Part {
  try {
    const examples = all.map(({ example }) => example)
    const kept = new Set((await splitInTurns(examples, 1 - part, seed)).train)
    return all.filter(({ example }) => kept.has(example))
  } catch (error) {
    // so few questions that there are no parts
    if (error instanceof NeiroError && error.code === 'TOO_FEW_EXAMPLES') return all
    throw error
  }
}
