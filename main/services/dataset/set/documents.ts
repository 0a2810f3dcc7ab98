// Parts of one document stand on one side of the split: a page whose neighbours were learnt shows little. Of a document that is
// a large share of all, parts that follow one another do, so that there is something to hold out of it as well. Pure.
import type { Groups } from './split'

/** a document larger than this share of all parts is split into stretches of it */
const largest = 1 / 20

/** groupOf: by equal texts, numbered in the order in which they first come; goingOn: 1 for each part whose document goes on in
 *  the next example. Answers with the groups that follow, numbered alike. */
export function withDocuments(groupOf: Groups, goingOn: Uint8Array): Groups {
  if (!goingOn.includes(1)) return groupOf
  const parts = partsOfDocuments(goingOn)
  const most = Math.max(1, Math.ceil(parts * largest))
  const joined = new Joined(groupOf.length)
  for (let from = 0; from < goingOn.length;) {
    let to = from
    while (goingOn[to] === 1) to++
    // stretches of even length: none is a useless remainder
    const stretches = Math.ceil((to + 1 - from) / most)
    const stretchOf = (at: number): number => Math.floor(((at - from) * stretches) / (to + 1 - from))
    for (let at = from; at < to; at++)
      if (stretchOf(at) === stretchOf(at + 1)) joined.join(groupOf[at] as number, groupOf[at + 1] as number)
    from = to + 1
  }
  const numbers = new Map<number, number>()
  return groupOf.map((group) => {
    const own = joined.of(group)
    const number = numbers.get(own) ?? numbers.size
    numbers.set(own, number)
    return number
  })
}

/** Of documents of several parts. */
function partsOfDocuments(goingOn: Uint8Array): number {
  let parts = 0
  for (let at = 0; at < goingOn.length; at++) if (goingOn[at] === 1 || goingOn[at - 1] === 1) parts++
  return parts
}

/** Groups that were put together, each under the first of them. */
class Joined {
  readonly #under: Uint32Array

  constructor(groups: number) {
    this.#under = Uint32Array.from({ length: groups }, (_, at) => at)
  }

  of(group: number): number {
    let own = group
    while (this.#under[own] !== own)
      own = this.#under[own] = this.#under[this.#under[own] as number] as number
    return own
  }

  join(one: number, other: number): void {
    const [a, b] = [this.of(one), this.of(other)]
    this.#under[Math.max(a, b)] = Math.min(a, b)
  }
}
