// The set in blocks of rows as they were read: a row that is changed or left out changes its block and no other, whatever
// that moves. What was made of a block is known by its mark.
import { createHash } from 'node:crypto'
import type { SetBlock } from './kept-set'
import type { PlacedSet } from './placed-set'

/** places of a block */
const size = 512

export function blocksOf(set: PlacedSet): readonly SetBlock[] {
  const { places, changes, source } = set
  const blocks: SetBlock[] = []
  const changed = [...changes.removed, ...changes.words.keys(), ...changes.mends.keys()].sort((a, b) => a - b)
  let at = 0
  let next = 0
  for (const { base, end, kept } of set.files) {
    for (let first = base; first < end; first += size) {
      const last = Math.min(end, first + size)
      const from = at
      while (at < places.length && (places[at] as number) < last) at++
      const own: unknown[] = []
      for (; next < changed.length && (changed[next] as number) < last; next++) {
        const place = changed[next] as number
        const mends = changes.mends.get(place)?.map(({ mark }) => mark) ?? null
        own.push([place - first, changes.words.get(place) ?? null, ...(mends ? [mends] : [])])
      }
      if (from === at) continue
      const mark = JSON.stringify([kept, first - base, source.normalisations, own])
      blocks.push({ from, to: at, mark: createHash('sha256').update(mark).digest('base64') })
    }
  }
  return blocks
}
