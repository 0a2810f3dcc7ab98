// Is there enough for what is wanted, and is training the way to it at all?
import { Hits, type Found } from '../hits'
import { thresholds } from '../thresholds'
import type { CheckedRow } from '../row'
import { placeOf } from '../row'

export type Goal = keyof typeof thresholds.wanted

/** numbers, dates, names of things in brackets: what is looked up rather than learnt */
const factual = /\d[\d,.]*|「[^「」\n]{1,30}」|『[^『』\n]{1,30}』|第[一二三四五六七八九十]+条/g

export class Amount {
  #rows = 0
  #factual = 0
  #first: CheckedRow[] = []

  look(row: CheckedRow): void {
    this.#rows++
    if ((row.answer.match(factual)?.length ?? 0) < thresholds.knowledge.facts) return
    this.#factual++
    if (this.#first.length < thresholds.shownExamples) this.#first.push(row)
  }

  found(goal: Goal, isLabels: boolean): readonly Found[] {
    const all: Found[] = []
    const wanted = thresholds.wanted[isLabels ? 'sort' : goal]
    if (this.#rows < wanted) {
      const few = new Hits('too-few')
      few.count = this.#rows
      few.part(isLabels ? 'sort' : goal, wanted)
      for (const one of [few.found() ?? []].flat()) all.push(one)
    }
    const { share, least } = thresholds.knowledge
    if (!isLabels && this.#rows >= least && this.#factual >= share * this.#rows) {
      const knowledge = new Hits('knowledge')
      knowledge.count = this.#factual
      for (const row of this.#first) knowledge.show({ places: [placeOf(row)], excerpt: null })
      for (const one of [knowledge.found() ?? []].flat()) all.push(one)
    }
    return all
  }
}
