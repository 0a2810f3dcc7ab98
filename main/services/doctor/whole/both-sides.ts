// Rows that stand in the held-out part and in the training part too, by the groups of rows that are alike; what can go is the
// training's. With fewer rows fewer are held out: what would then stand on both sides goes as well, so that one repair is enough
// and says all of it before it is made.
import { Hits, type Found } from '../hits'

/** Rows that are alike, by their places in the order of the set. */
type Group = readonly number[]

/** Which rows would be held out if these were gone: 1, and 0 for those that are learnt. */
export type DrawWithout = (gone: ReadonlySet<number>) => Promise<Uint8Array>

/** how often a part is drawn anew to see what else would stand on both sides: each time there are fewer */
const mostDrawings = 20

export interface BothSidesParts {
  /** of each row, 1 where it is held out */
  readonly held: Uint8Array
  /** all groups, with what their rows have in common; asked again for each drawing */
  readonly groups: () => AsyncGenerator<readonly [group: Group, part: 'exact' | 'near']>
  /** of a row, its index in the set */
  readonly indexOf: (at: number) => number
  /** what is shown of a learnt row and a held-out one */
  readonly pair: (learnt: number, held: number) => Promise<Parameters<Hits['show']>[0]['places']>
  /** absent: what is held out stays so, whatever goes */
  readonly draw?: DrawWithout | undefined
}

export async function onBothSides({
  held,
  groups,
  indexOf,
  pair,
  draw
}: BothSidesParts): Promise<Found | null> {
  const hits = new Hits('leakage')
  const leaking = new Set<number>()
  const gone = new Set<number>()
  for await (const [group, part] of groups()) {
    const shown = group.filter((at) => held[at] === 1 && !leaking.has(at))
    const learnt = group.filter((at) => held[at] === 0)
    const [first] = shown
    if (first === undefined || learnt.length === 0) continue
    for (const at of shown) leaking.add(at)
    hits.count += shown.length
    hits.part(part, shown.length)
    for (const at of learnt) gone.add(at)
    if (hits.wantsExamples) hits.show({ places: await pair(learnt[0] as number, first), excerpt: null })
  }
  for (let drawings = 0; draw && gone.size > 0 && drawings < mostDrawings; drawings++) {
    const before = gone.size
    const drawn = await draw(gone)
    for await (const [group] of groups()) {
      const left = group.filter((at) => !gone.has(at))
      if (left.some((at) => drawn[at] === 1)) for (const at of left) if (drawn[at] === 0) gone.add(at)
    }
    if (gone.size === before) break
  }
  for (const at of [...gone].sort((a, b) => a - b)) hits.target(indexOf(at))
  return hits.found()
}
