// Answers that are labels: few different ones, short, again and again. How many examples each has.
import { Hits, type Found } from '../hits'
import { placeOf, type CheckedRow } from '../row'
import { thresholds } from '../thresholds'

export class Labels {
  readonly #counts = new Map<string, { count: number; readonly row: CheckedRow }>()
  #rows = 0
  #isOver = false

  look(row: CheckedRow): void {
    this.#rows++
    if (this.#isOver) return
    const label = row.answer.trim()
    const known = this.#counts.get(label)
    if (known) known.count++
    else if (
      row.example.kind === 'text' ||
      label.length > thresholds.labels.longest ||
      this.#counts.size >= thresholds.labels.most
    )
      this.#isOver = true
    else this.#counts.set(label, { count: 1, row })
  }

  /** Are the answers labels? */
  get areMeant(): boolean {
    const { share, least } = thresholds.labels
    return (
      !this.#isOver &&
      this.#rows >= least &&
      this.#counts.size > 1 &&
      this.#counts.size <= Math.max(2, share * this.#rows)
    )
  }

  found(): readonly Found[] {
    if (!this.areMeant) return []
    const hits = new Hits('labels')
    const { ratio, least } = thresholds.labelBalance
    const most = Math.max(...[...this.#counts.values()].map(({ count }) => count))
    for (const [label, { count, row }] of this.#counts) {
      if (count >= least && most <= ratio * count) continue
      hits.count++
      hits.part(label, count)
      hits.show({ places: [placeOf(row)], excerpt: null })
    }
    return [hits.found() ?? []].flat()
  }
}
