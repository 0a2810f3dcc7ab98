// Answers that are labels: few different ones, short, again and again. How many examples each has.
import { Hits, type Found } from '../hits'
import { placeOf, type CheckedRow } from '../row'
import { thresholds } from '../thresholds'

export class Labels {
  readonly #counts = new Map<string, { count: number; readonly row: CheckedRow }>()
  #rows = 0
  /** of them, rows that were made to be sorted */
  #sorted = 0
  #isOver = false

  look(row: CheckedRow): void {
    this.#rows++
    const { example } = row
    // made to be sorted: its labels are said, one by one
    if (example.kind === 'labelled') {
      this.#sorted++
      for (const label of example.labels) this.#count(label, row)
      return
    }
    if (this.#isOver) return
    const label = row.answer.trim()
    const { longest, most } = thresholds.labels
    const isNew = !this.#counts.has(label)
    if (isNew && (example.kind === 'text' || label.length > longest || this.#counts.size >= most))
      this.#isOver = true
    else this.#count(label, row)
  }

  #count(label: string, row: CheckedRow): void {
    const known = this.#counts.get(label)
    if (known) known.count++
    else this.#counts.set(label, { count: 1, row })
  }

  get count(): number {
    return this.#counts.size
  }

  /** Are the answers labels? */
  get areMeant(): boolean {
    const { share, least } = thresholds.labels
    const areFew = this.#counts.size <= Math.max(2, share * this.#rows)
    if (this.#sorted > 0 && this.#sorted === this.#rows)
      // a number for each text is no label, however often one comes again
      return (
        this.#counts.size > 1 &&
        (areFew || [...this.#counts.keys()].some((label) => Number.isNaN(Number(label))))
      )
    return !this.#isOver && this.#rows >= least && this.#counts.size > 1 && areFew
  }

  found(): readonly Found[] {
    if (!this.areMeant) return []
    const hits = new Hits('labels')
    const { ratio, least } = thresholds.labelBalance
    const most = [...this.#counts.values()].reduce((top, { count }) => Math.max(top, count), 0)
    for (const [label, { count, row }] of this.#counts) {
      if (count >= least && most <= ratio * count) continue
      hits.count++
      hits.part(label, count)
      hits.show({ places: [placeOf(row)], excerpt: null })
    }
    return [hits.found() ?? []].flat()
  }
}
