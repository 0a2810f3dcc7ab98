// Training and held-out part of the examples: drawn by a seed, with equal questions always on the same side,
// because a held-out question that was trained on proves nothing.
import { randomFrom, shuffled } from '../../../batches/shuffle'
import { NeiroError } from '../../../contract/errors'
import { UnitClass } from '../../reading/unit-class'
import { folded, hashOf } from '../kept/search-form'
import { drawByStratum } from './strata'
import type { Example } from '../../../contract/records'
import { kindOf } from '../kinds'

export interface Split {
  readonly train: readonly Example[]
  readonly heldOut: readonly Example[]
}

export function splitExamples(examples: readonly Example[], heldOutRatio: number, seed: number): Split {
  const steps = splitting(examples, heldOutRatio, seed)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same split, with a turn for everything else in between: a window must stay awake meanwhile. */
export async function splitInTurns(
  examples: readonly Example[],
  heldOutRatio: number,
  seed: number
): Promise<Split> {
  const steps = splitting(examples, heldOutRatio, seed)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await new Promise((resume) => setImmediate(resume))
  }
}

function* splitting(
  examples: readonly Example[],
  heldOutRatio: number,
  seed: number
): Generator<undefined, Split> {
  const groups = new Map<string, number>()
  const groupOf = new Uint32Array(examples.length)
  if (heldOutRatio > 0) {
    for (const [i, example] of examples.entries()) {
      const key = questionKey(example)
      const group = groups.get(key) ?? groups.size
      groups.set(key, group)
      groupOf[i] = group
      if (i % 2000 === 1999) yield
    }
  }
  const held = drawHeldOut(groupOf, groups.size, heldOutRatio, seed)
  return {
    train: examples.filter((_, i) => held[i] === 0),
    heldOut: examples.filter((_, i) => held[i] === 1)
  }
}

/** Draws whole groups of equal questions until the share is held out. groupOf: of each example, its group, numbered in the
 *  order in which they first come; strata: of each example the number of its labels, each of which is then drawn from by
 *  its share. Answers with 1 for each example that is held out. Throws TOO_FEW_EXAMPLES. */
export function drawHeldOut(
  groupOf: Uint32Array,
  groups: number,
  heldOutRatio: number,
  seed: number,
  strata: Uint32Array | null = null
): Uint8Array {
  const count = groupOf.length
  if (heldOutRatio <= 0) return new Uint8Array(count)
  if (groups < 2) throw tooFew(count)
  const wanted = Math.min(Math.max(1, Math.round(count * heldOutRatio)), count - 1)
  const sizes = new Uint32Array(groups)
  for (const group of groupOf) sizes[group]!++
  const isHeld = new Uint8Array(groups)
  const order = shuffled(groups, randomFrom(seed))
  if (strata && drawByStratum(isHeld, { groupOf, sizes, strata, order }, wanted))
    return Uint8Array.from(groupOf, (group) => isHeld[group] as number)
  let held = 0
  for (const group of order) {
    if (held >= wanted) break
    const size = sizes[group] as number
    // a large group of equal questions must not swallow the training part
    if (held + size <= wanted) {
      isHeld[group] = 1
      held += size
    }
  }
  // none is so small: one of the smallest
  if (held === 0) isHeld[smallestOf(order, sizes)] = 1
  return Uint8Array.from(groupOf, (group) => isHeld[group] as number)
}

/** The first of them in this order. */
const smallestOf = (order: readonly number[] | Uint32Array, sizes: Uint32Array): number => {
  let smallest = order[0] as number
  for (const group of order) if ((sizes[group] as number) < (sizes[smallest] as number)) smallest = group
  return smallest
}

/** What a set knows of its examples that a drawing goes by. */
export interface Drawn {
  readonly groups: Groups
  readonly labels: { readonly numbers: Uint32Array } | null
}

/** Of each example of a set, the number of the group of equal questions that it belongs to. */
export type Groups = Uint32Array

/** The same among some of them: what is drawn is drawn as if there were no others. */
export function drawAmong(
  { groups, labels }: Drawn,
  positions: Uint32Array,
  heldOutRatio: number,
  seed: number
): Uint8Array {
  // number + 1 of each group that has come; there are no more groups than examples
  const numbers = new Uint32Array(groups.length)
  let count = 0
  const groupOf = new Uint32Array(positions.length)
  for (const [i, position] of positions.entries()) {
    const group = groups[position] as number
    if (numbers[group] === 0) numbers[group] = ++count
    groupOf[i] = (numbers[group] as number) - 1
  }
  const strata = labels && Uint32Array.from(positions, (position) => labels.numbers[position] as number)
  return drawHeldOut(groupOf, count, heldOutRatio, seed, strata)
}

/** Examples of one key stand on one side: the same opening question, whatever its width, case, white space and marks. A
 *  question that was typed into a table and into a document differs by just those (。 for ？, none at the end). */
export const questionKey = (example: Example): string => openingKey(kindOf(example).opening(example))

/** The same of what an example opens with. fold: as `folded` does it */
export function openingKey(opening: string, fold = folded): string {
  // folding may make it eighteen times as long
  if (opening.length > longestFolded) return opening
  const form = fold(opening)
  // nothing but marks is told by them
  return form.replace(/[\s\p{P}]+/gu, '') || form.trim()
}

/** The hash of that key, without the key: made for every row of a large file. */
export function openingHash(opening: string, fold = folded): readonly [number, number] {
  if (opening.length > longestFolded) return hashOf(opening)
  const form = fold(opening)
  const [key, other] = hashOf(form, passedOver)
  return key === ofNothing[0] && other === ofNothing[1] ? hashOf(form.trim()) : [key, other]
}
const passedOver = new UnitClass(/[\s\p{P}]/u)
const ofNothing = hashOf('')

/** characters; nobody asks so long a question twice in other widths */
const longestFolded = 100_000

function tooFew(count: number): NeiroError {
  return new NeiroError('TOO_FEW_EXAMPLES', { count: String(count) })
}
