// By what the questions of a set are told from one another, and the groups of equal ones that follow. The parts of one
// document are a group, too.
import { hashOf } from '../kept/search-form'
import { Pauses } from '../../reading/pauses'
import type { PlacedFile } from './placed-file'
import type { PlacedSet } from './placed-set'
import { withDocuments } from './documents'
import { QuestionGroups } from './question-groups'
import { questionKey, type Groups } from './split'

/** Two halves of the hash of each example's question as it is learnt, in the order of the set. */
export async function eachKey(
  set: PlacedSet,
  take: (at: number, key: number, otherKey: number) => void
): Promise<void> {
  const pauses = new Pauses()
  for (const placed of set.files) {
    const { keys, otherKeys } = placed.file.index
    const loose = await looseKeysOf(set, placed)
    const { from, to } = set.rangeOf(placed)
    for (let at = from; at < to; at++) {
      if (at % 10_000 === 0) await pauses.whenDue()
      const place = set.places[at] as number
      const words = set.changes.words.get(place)
      const line = place - placed.base
      const [key, otherKey] = words
        ? hashOf(questionKey(set.learnt(place, words)))
        : (loose.get(line) ?? [keys[line] as number, otherKeys[line] as number])
      take(at, key, otherKey)
    }
  }
}

/** Of each example of a set, the group of equal questions, or of one document, that it belongs to. */
export async function groupsOf(set: PlacedSet): Promise<Groups> {
  const groups = new QuestionGroups(set.places.length)
  const groupOf = new Uint32Array(set.places.length)
  await eachKey(set, (at, key, otherKey) => (groupOf[at] = groups.of(key, otherKey)))
  return withDocuments(groupOf, goingOnOf(set))
}

/** 1 for each part of a document whose next part is the next of the set. */
function goingOnOf(set: PlacedSet): Uint8Array {
  const goingOn = new Uint8Array(set.places.length)
  for (const { file, base } of set.files)
    for (const line of file.index.goingOn) {
      const at = set.positionOf(base + line)
      // a part that was removed, and one whose next part was
      if (set.places[at] === base + line && set.places[at + 1] === base + line + 1) goingOn[at] = 1
    }
  return goingOn
}

/** No normalisation makes a question another one, but where it is told by more than one text. A repair may. */
async function looseKeysOf(
  set: PlacedSet,
  { file, name, base, refusedBase }: PlacedFile
): Promise<ReadonlyMap<number, readonly [number, number]>> {
  const keys = new Map<number, readonly [number, number]>()
  const lines = new Set(set.source.normalisations.length === 0 ? [] : file.index.looseKeys)
  for (const place of set.changes.mends.keys())
    if (place >= base && place < refusedBase) lines.add(place - base)
  for (const line of lines) {
    const [example] = await file.examplesOf(line, line + 1, name)
    if (example) keys.set(line, hashOf(questionKey(set.learnt(base + line, example))))
  }
  return keys
}
