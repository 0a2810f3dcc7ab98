// Is there enough for what is wanted, and is training the way to it at all?
import { goalKeys, goalRow } from '../../../contract/goals'
import type { Example } from '../../../contract/records'
import { Hits, type Found } from '../hits'
import { thresholds } from '../thresholds'
import type { CheckedRow } from '../row'
import { placeOf } from '../row'

export type Goal = keyof typeof thresholds.wanted

/** What has no row of its own is learnt as a tone is. */
export const learntBy = (goal: Goal): readonly Example['kind'][] =>
  goalKeys.filter((key) => key === goal).map(goalRow)[0]?.examples ?? goalRow('tone').examples

/** numbers, dates, names of things in brackets: what is looked up rather than learnt */
const factual = /\d[\d,.]*|「[^「」\n]{1,30}」|『[^『』\n]{1,30}』|第[一二三四五六七八九十]+条/g

export class Amount {
  #rows = 0
  #learnt = 0
  #factual = 0
  #first: CheckedRow[] = []

  /** goal: rows of a kind that it does not learn from make nothing enough */
  constructor(private readonly goal: Goal) {}

  look(row: CheckedRow): void {
    // one question in other words makes nothing enough
    if (row.example.synthetic) return
    this.#rows++
    if (!learntBy(this.goal).includes(row.example.kind)) return
    this.#learnt++
    if ((row.answer.match(factual)?.length ?? 0) < thresholds.knowledge.facts) return
    this.#factual++
    if (this.#first.length < thresholds.shownExamples) this.#first.push(row)
  }

  /** labels: how many there are, where answers are labels; each wants its own examples */
  found(isLabels: boolean, labels = 1): readonly Found[] {
    const all: Found[] = []
    const goal = isLabels ? 'sort' : this.goal
    const rows = isLabels ? this.#rows : this.#learnt
    const wanted = thresholds.wanted[goal] * (isLabels ? labels : 1)
    if (rows < wanted) {
      const few = new Hits('too-few')
      few.count = rows
      few.part(goal, wanted)
      for (const one of [few.found() ?? []].flat()) all.push(one)
    }
    const { share, least } = thresholds.knowledge
    if (!isLabels && this.#learnt >= least && this.#factual >= share * this.#learnt) {
      const knowledge = new Hits('knowledge')
      knowledge.count = this.#factual
      for (const row of this.#first) knowledge.show({ places: [placeOf(row)], excerpt: null })
      for (const one of [knowledge.found() ?? []].flat()) all.push(one)
    }
    return all
  }
}
