// Whether a value read from JSON stays within the limits: what goes deeper would overflow the stack of whoever walks
// through it.
import { limits } from '../limits'

export type BeyondLimits = 'TOO_DEEP' | 'TOO_MANY_NAMES' | 'NAME_TOO_LONG'

/** Null where it does. */
export function beyondLimits(value: unknown, depth: number = limits.depth): BeyondLimits | null {
  if (typeof value !== 'object' || value === null) return null
  if (depth === 0) return 'TOO_DEEP'
  if (Array.isArray(value)) {
    for (const one of value) {
      const beyond = beyondLimits(one, depth - 1)
      if (beyond) return beyond
    }
    return null
  }
  let names = 0
  for (const name in value) {
    if (++names > limits.columns) return 'TOO_MANY_NAMES'
    if (name.length > limits.name) return 'NAME_TOO_LONG'
    const beyond = beyondLimits((value as Record<string, unknown>)[name], depth - 1)
    if (beyond) return beyond
  }
  return null
}
