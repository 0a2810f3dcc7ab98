// The labels of a set's examples as numbers: what a fair division goes by, what is counted for people and what a training
// is planned with. Reads examples only where a file has any that are sorted.
import { kindNumbers } from '../kept/kept-index'
import type { NumberedLabels } from '../../tokens/labels/scheme'
import { Pauses } from '../../reading/pauses'
import type { PlacedSet } from './placed-set'
import { runOf } from './run-of'

const labelledNumber = kindNumbers.indexOf('labelled')
const atOnce = 512

/** In the order of the set; null where nothing in it is sorted. */
export async function labelsOf(set: PlacedSet): Promise<NumberedLabels | null> {
  const isSorted =
    set.files.some(({ file }) => file.index.kinds.includes(labelledNumber)) ||
    [...set.changes.words.values()].some(({ kind }) => kind === 'labelled')
  if (!isSorted) return null
  const pauses = new Pauses()
  const numbers = new Uint32Array(set.places.length)
  // the first is of those that are not sorted
  const sets: (readonly string[])[] = [[]]
  const known = new Map<string, number>()
  for (const placed of set.files) {
    const { from, to } = set.rangeOf(placed)
    for (let at = from; at < to;) {
      await pauses.whenDue()
      const next = runOf(set, at, Math.min(to, at + atOnce))
      const place = set.places[at] as number
      const words = set.changes.words.get(place)
      const line = place - placed.base
      const examples = words ? [words] : await placed.file.examplesOf(line, line + next - at, placed.name)
      examples.forEach((example, i) => {
        if (example.kind !== 'labelled') return
        const key = JSON.stringify(example.labels)
        const number = known.get(key) ?? sets.push(example.labels) - 1
        known.set(key, number)
        numbers[at + i] = number
      })
      at = next
    }
  }
  return { numbers, sets }
}
