// One word of content that most questions share: a topic that is most of the whole is told; the others would drown in it.
import { Hits, type Found } from '../hits'
import { placeOf, type CheckedRow } from '../row'
import { thresholds } from '../thresholds'

/** words that are counted at most; rarer ones come too late to be a topic */
const mostWords = 50_000

export class OneTopic {
  readonly #words = new Map<string, { count: number; readonly row: CheckedRow }>()
  #rows = 0

  /** words: of the row's question */
  look(row: CheckedRow, words: readonly string[]): void {
    if (row.question === '') return
    this.#rows++
    for (const word of words) {
      const known = this.#words.get(word)
      if (known) known.count++
      else if (this.#words.size < mostWords) this.#words.set(word, { count: 1, row })
    }
  }

  found(isLabels: boolean): readonly Found[] {
    const { most, least, count } = thresholds.topics
    if (isLabels || this.#rows < least) return []
    const largest = [...this.#words].sort((a, b) => b[1].count - a[1].count).slice(0, count)
    if ((largest[0]?.[1].count ?? 0) < most * this.#rows) return []
    const hits = new Hits('topics')
    hits.count = largest[0]?.[1].count ?? 0
    for (const [word, { count, row }] of largest) {
      hits.part(word, count)
      hits.show({ places: [placeOf(row)], excerpt: null })
    }
    return [hits.found() ?? []].flat()
  }
}
