// To where the examples of a set follow one another as they lie in their file: what is read in one go.
import type { PlacedSet } from './placed-set'

export function runOf({ places, changes }: PlacedSet, at: number, end: number): number {
  const first = places[at] as number
  if (changes.words.has(first)) return at + 1
  let next = at + 1
  while (next < end && places[next] === first + next - at && !changes.words.has(places[next] as number))
    next++
  return next
}
