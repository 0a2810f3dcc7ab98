// Which examples of a set hold some words: looked for in the searched form of each file, and in the user's words.
import type { Example } from '../../../contract/records'
import { kindOf } from '../kinds'
import { folded } from '../kept/search-form'
import type { PlacedFile } from './placed-file'
import type { PlacedSet } from './placed-set'

/** lines that are looked through at once where the searched form is of no use */
const linesAtOnce = 512

/** Positions in the set, in order. wanted: in the searched form, not empty. */
export async function searchSet(set: PlacedSet, wanted: string): Promise<Uint32Array> {
  const all: number[] = []
  for (const placed of set.files) {
    if (folded(placed.name).includes(wanted)) {
      const { from, to } = set.rangeOf(placed)
      for (let at = from; at < to; at++) all.push(at)
    } else {
      const found = await placesIn(set, placed, wanted)
      for (const place of found) all.push(set.positionOf(place))
    }
  }
  return Uint32Array.from(all)
}

/** rows that are read together */
const atOnce = 500

async function placesIn(set: PlacedSet, placed: PlacedFile, wanted: string): Promise<readonly number[]> {
  const { removed, words, mends } = set.changes
  const found: number[] = []
  for (const line of await linesIn(set, placed, wanted)) {
    const place = placed.base + line
    if (!removed.has(place) && !words.has(place) && !mends.has(place)) found.push(place)
  }
  let hasWords = false
  for (const [place, example] of words) {
    if (place < placed.base || place >= placed.end || !holds(set.learnt(place, example), wanted)) continue
    found.push(place)
    hasWords = true
  }
  // what repairs make of a row stands in no searched form
  const mended = [...mends.keys()]
    .filter(
      (place) =>
        place >= placed.base && place < placed.refusedBase && !removed.has(place) && !words.has(place)
    )
    .sort((a, b) => a - b)
  for (let at = 0; at < mended.length; at += atOnce) {
    const some = mended.slice(at, at + atOnce)
    const examples = await placed.file.examplesAt(
      some.map((place) => place - placed.base),
      placed.name
    )
    for (const [i, example] of examples.entries()) {
      if (!holds(set.learnt(some[i] as number, example), wanted)) continue
      found.push(some[i] as number)
      hasWords = true
    }
  }
  return hasWords ? found.sort((a, b) => a - b) : found
}

/** The searched form knows no normalisation; none makes a difference to it but that of spaces before the end of a line. */
async function linesIn(
  set: PlacedSet,
  { file, name, base }: PlacedFile,
  wanted: string
): Promise<Iterable<number>> {
  const isSame = !set.source.normalisations.includes('trailing-space') || !/[\r\n]/.test(wanted)
  if (isSame) return file.search(wanted)
  const found: number[] = []
  for (let from = 0; from < file.examples; from += linesAtOnce) {
    const some = await file.examplesOf(from, from + linesAtOnce, name)
    some.forEach((example, i) => {
      if (holds(set.learnt(base + from + i, example), wanted)) found.push(from + i)
    })
  }
  return found
}

const holds = (example: Example, wanted: string): boolean =>
  kindOf(example)
    .texts(example)
    .some((text) => folded(text).includes(wanted))
