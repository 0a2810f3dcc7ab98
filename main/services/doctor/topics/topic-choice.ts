// Which words questions are known by: the one that most of them share, then the one that most of the others share, and so on.
// What becomes of a row that goes is counted in its own words alone, so that the others stay as they are. Pure.
import { thresholds } from '../thresholds'
import { isSpelled } from './topic-words'

export interface TopicWord {
  readonly word: string
  /** share of its questions that no topic before it has */
  readonly own: number
}

/** features: of each question, the words that it may be known by. */
export function topicWordsOf(features: readonly (readonly string[])[]): readonly TopicWord[] {
  const { most, smallest, whole, own: least } = thresholds.groups
  const open = new Map([...rowsByWord(features)].filter(([, rows]) => rows.length >= smallest))
  const all = [...open]
  const covered = new Uint8Array(features.length)
  const chosen: TopicWord[] = []
  while (chosen.length < most) {
    let best: { word: string; rows: readonly number[]; fresh: number } | null = null
    for (const [word, rows] of open) {
      const fresh = rows.reduce((sum, row) => sum + 1 - (covered[row] as number), 0)
      // what it asks is of topics that are there: their number only grows
      if (fresh < smallest || fresh < least * rows.length) open.delete(word)
      else if (best === null || isBefore(word, fresh, best.word, best.fresh)) best = { word, rows, fresh }
    }
    if (best === null) break
    const { word, rows, fresh } = best
    // 定期便 and not its part 定期, where hardly any question has the part alone
    const longer = all.filter(
      ([one, its]) => one.includes(word) && !isSpelled(one) && its.length >= whole * rows.length
    )
    const name = longer.reduce((found, [one]) => (one.length > found.length ? one : found), word)
    chosen.push({ word: name, own: fresh / rows.length })
    for (const row of rows) covered[row] = 1
  }
  return chosen
}

const isBefore = (word: string, fresh: number, other: string, its: number): boolean =>
  fresh !== its ? fresh > its : word.length !== other.length ? word.length > other.length : word < other

function rowsByWord(features: readonly (readonly string[])[]): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>()
  features.forEach((words, row) => {
    for (const word of words) {
      const known = rows.get(word)
      if (known) known.push(row)
      else rows.set(word, [row])
    }
  })
  return rows
}
