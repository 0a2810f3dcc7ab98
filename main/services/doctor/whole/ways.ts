// Where most rows are written in one way and some in another: politeness, language, the notation of the house's words. What
// is usual, the rows themselves say: it is known when all have come.
import type { CheckChoices } from '../../../contract/check-up'
import { Column } from '../../dataset/kept/columns'
import { languageOfText } from '../../dataset/read/script-language'
import { Hits, type Found } from '../hits'
import { mojibakeIn } from '../rests/mojibake'
import { excerptOf, placeOf, type CheckedRow } from '../row'
import { Signs } from '../signs'
import { thresholds } from '../thresholds'
import { termPlaces, usualTerms, type Terms } from '../writing/notation'
import { toneOf } from '../writing/politeness'

/** the first rows of each way, to be shown should it be the odd one */
class Way {
  count = 0
  readonly rows: CheckedRow[] = []
  add(row: CheckedRow): void {
    this.count++
    if (this.rows.length < thresholds.shownExamples) this.rows.push(row)
  }
}

/** One choice of ways, and the way of each row. */
class Ways {
  readonly #names: string[] = []
  readonly #ways: Way[] = []
  readonly #of = new Column('u8')
  readonly #index = new Column('u32')

  add(row: CheckedRow, name: string): void {
    let at = this.#names.indexOf(name)
    if (at < 0) {
      at = this.#names.push(name) - 1
      this.#ways.push(new Way())
    }
    this.#ways[at]?.add(row)
    this.#of.push(at)
    this.#index.push(row.index)
  }

  /** Rows of every other way than the usual one. among: ways that may be the usual one. */
  odd(hits: Hits, among: readonly string[]): Found | null {
    const total = this.#ways.reduce((sum, { count }) => sum + count, 0)
    const usual = this.#names.findIndex(
      (name, at) => among.includes(name) && (this.#ways[at] as Way).count > thresholds.majority * total
    )
    if (usual < 0) return null
    const [of, index] = [this.#of.values(), this.#index.values()]
    of.forEach((way, i) => {
      if (way !== usual) hits.target(index[i] as number)
    })
    this.#ways.forEach(({ count, rows }, way) => {
      if (way === usual) return
      hits.count += count
      hits.part(this.#names[way] as string, count)
      for (const row of rows) hits.show({ places: [placeOf(row)], excerpt: null })
    })
    return hits.found()
  }
}

export interface Unifying {
  readonly wanted: string
  readonly group: readonly string[]
}

export class WaysOfWriting {
  readonly #tones = new Ways()
  readonly #languages = new Ways()
  readonly #terms: Terms
  readonly #signs = new Signs()
  readonly #variants: readonly (readonly Way[])[]
  readonly #rowsOf: readonly (readonly Column<'u32'>[])[]
  /** what the repair makes one */
  readonly unify: Unifying[] = []

  constructor({ terms }: CheckChoices) {
    this.#terms = [...terms, ...usualTerms]
    this.#variants = this.#terms.map((group) => group.map(() => new Way()))
    this.#rowsOf = this.#terms.map((group) => group.map(() => new Column('u32')))
  }

  look(row: CheckedRow): void {
    const { answer } = row
    const { politeness } = toneOf(answer)
    if (politeness !== 'none') this.#tones.add(row, politeness)
    // a word has no language, and what was misread has another finding
    if (answer.trim().length >= 12 && !mojibakeIn(answer)) this.#languages.add(row, languageOfText(answer))
    this.#signs.look(answer)
    this.#terms.forEach((group, g) => {
      group.forEach((word, w) => {
        if (!this.#signs.mayHold(word) || termPlaces(answer, word, group).length === 0) return
        this.#variants[g]?.[w]?.add(row)
        this.#rowsOf[g]?.[w]?.push(row.index)
      })
    })
  }

  found(isLabels: boolean): readonly Found[] {
    const languages = this.#languages.odd(new Hits('languages'), ['ja', 'en', 'other'])
    if (isLabels) return languages ? [languages] : []
    const all = [this.#tones.odd(new Hits('politeness'), ['polite', 'plain']), languages, this.#notation()]
    return all.flatMap((found) => found ?? [])
  }

  #notation(): Found | null {
    const hits = new Hits('notation')
    this.#variants.forEach((ways, g) => {
      const group = this.#terms[g] as readonly string[]
      const most = Math.max(...ways.map(({ count }) => count))
      const usual = ways.findIndex(({ count }) => count === most)
      const others = ways.reduce((sum, { count }) => sum + count, -most)
      if (others === 0) return
      const wanted = group[usual] as string
      this.unify.push({ wanted, group })
      ways.forEach(({ count, rows }, w) => {
        if (w === usual || count === 0) return
        const word = group[w] as string
        hits.count += count
        hits.part(word, count)
        this.#rowsOf[g]?.[w]?.values().forEach((index) => hits.target(index))
        for (const row of rows) {
          const [at = 0] = termPlaces(row.answer, word, group)
          hits.show({
            places: [placeOf(row)],
            excerpt: excerptOf(row.answer, [at, at + word.length], wanted)
          })
        }
      })
    })
    return hits.found()
  }
}
