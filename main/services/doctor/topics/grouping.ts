// Questions by the words that most of them share: the words are chosen in a sample that stays the same when other rows go,
// then every question that has one is counted. In memory are a few numbers for each row.
import { Column } from '../../dataset/kept/columns'
import { Pauses } from '../../reading/pauses'
import type { CheckedRow } from '../row'
import { thresholds } from '../thresholds'
import { topicWordsOf } from './topic-choice'
import { asWritten, featuresOf, wordHash } from './topic-words'

export interface Grouped {
  /** the largest first */
  readonly groups: readonly {
    readonly word: string
    /** all that have it; a question may be in several groups */
    readonly rows: number
    /** place in the order of the set of the one whose other words most of them have, too */
    readonly typical: number
    /** share of them that are in no larger group */
    readonly own: number
  }[]
  readonly rest: number
  readonly asked: number
}

interface Sampled {
  /** by which it is in the sample, whatever else there is */
  readonly lot: number
  readonly features: readonly string[]
  /** the beginning of the question */
  readonly text: string
}

/** features that are kept of a row */
const mostFeatures = 48

export class Grouping {
  readonly #counts = new Column('u8')
  readonly #features = new Column('u32')
  readonly #places = new Column('u32')
  #sample: Sampled[] = []
  #lastLot = Infinity

  look(
    { at, question, example }: Pick<CheckedRow, 'at' | 'question' | 'example'>,
    words: readonly string[]
  ): void {
    const features = featuresOf(words).slice(0, mostFeatures)
    for (const feature of features) this.#features.push(wordHash(feature))
    this.#counts.push(features.length)
    this.#places.push(at)
    const { file, sheet = '', row } = example.source
    const lot = wordHash(`${row} ${sheet} ${file}`)
    if (lot > this.#lastLot) return
    this.#sample.push({ lot, features, text: question.slice(0, 200) })
    if (this.#sample.length > 2 * thresholds.groups.sample) this.#draw()
  }

  #draw(): void {
    this.#sample = this.#sample.sort((a, b) => a.lot - b.lot).slice(0, thresholds.groups.sample)
    this.#lastLot = this.#sample.at(-1)?.lot ?? Infinity
  }

  /** Null where there are too few. */
  async groups(): Promise<Grouped | null> {
    const { least, sample } = thresholds.groups
    if (this.#counts.length < least) return null
    if (this.#sample.length > sample) this.#draw()
    const chosen = topicWordsOf(this.#sample.map(({ features }) => features))
    if (chosen.length === 0) return null
    const groups = chosen.map(({ word, own }) => ({
      ...{ word: asWritten(word, this.#texts()), own, rows: 0, typical: -1, nearest: -1 },
      beside: new Map<number, number>()
    }))
    const groupOf = new Map(chosen.map(({ word }, at) => [wordHash(word), groups[at] as (typeof groups)[0]]))
    let rest = 0
    await this.#each((features) => {
      let isIn = false
      for (const feature of features) {
        const group = groupOf.get(feature)
        if (!group) continue
        isIn = true
        group.rows++
        // those of the first ones tell what most have
        if (group.rows <= sample)
          for (const other of features) group.beside.set(other, (group.beside.get(other) ?? 0) + 1)
      }
      if (!isIn) rest++
    })
    await this.#each((features, place) => {
      for (const feature of features) {
        const group = groupOf.get(feature)
        if (!group) continue
        const shared = features.reduce((sum, other) => sum + (group.beside.get(other) ?? 0), 0)
        const near = shared / Math.sqrt(features.length)
        if (near <= group.nearest) continue
        group.nearest = near
        group.typical = place
      }
    })
    return {
      groups: groups
        .sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1))
        .map(({ word, rows, typical, own }) => ({ word, rows, typical, own })),
      rest,
      asked: this.#counts.length
    }
  }

  async #each(look: (features: Uint32Array, place: number) => void): Promise<void> {
    const [counts, features, places] = [this.#counts, this.#features, this.#places].map((column) =>
      column.values()
    ) as [Uint8Array, Uint32Array, Uint32Array]
    const pauses = new Pauses()
    let from = 0
    for (let i = 0; i < counts.length; i++) {
      if (i % 4096 === 0) await pauses.whenDue()
      const to = from + (counts[i] as number)
      look(features.subarray(from, to), places[i] as number)
      from = to
    }
  }

  *#texts(): Generator<string> {
    for (const { text } of this.#sample) yield text
  }
}
