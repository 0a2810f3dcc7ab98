// The part of the examples that a quick try learns from: drawn by the seed, equal questions together.
import { NeiroError } from '../../contract/errors'
import { splitInTurns } from '../dataset/set/split'
import type { CountedExample } from './token-counts'

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
