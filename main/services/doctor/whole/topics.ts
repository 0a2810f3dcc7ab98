// What the questions are about, roughly: rows by the word of content that most of them share. One topic that is most of the
// whole is told; the others would drown in it.
import { Hits, type Found } from '../hits'
import { contentOf } from '../alike/question'
import { placeOf, type CheckedRow } from '../row'
import { thresholds } from '../thresholds'

/** words that are counted at most; rarer ones come too late to be a topic */
const mostWords = 50_000

export class Topics {
  readonly #words = new Map<string, { count: number; readonly row: CheckedRow }>()
  #rows = 0

  look(row: CheckedRow): void {
    if (row.question === '') return
    this.#rows++
    for (const word of contentOf(row.question.slice(0, 400)).key.split(' ')) {
      if (word.length < 2) continue
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
