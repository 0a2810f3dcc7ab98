// Texts nearest to a question, by BM25 (Robertson et al. 1994) over runs of two and three characters: it needs no
// words, so that Japanese is searched as well as English, and no model. All in memory.
import { letters } from '../../metrics/rouge'
import { ngramsOf } from '../../metrics/ngrams'

/** how soon a run that comes again stops counting, and how much length matters: the usual values */
const [k1, b] = [1.2, 0.75]

interface Posting {
  readonly text: number
  readonly count: number
}

export interface Found {
  /** place among the texts */
  readonly at: number
  readonly score: number
}

export class Nearest {
  readonly #postings = new Map<string, Posting[]>()
  readonly #lengths: number[] = []
  #total = 0

  constructor(texts: Iterable<string>) {
    for (const text of texts) this.#add(text)
  }

  /** At most `most`, the nearest first; those that share nothing with the question are none. */
  find(question: string, most: number): readonly Found[] {
    const texts = this.#lengths.length
    const mean = this.#total / Math.max(1, texts)
    const scores = new Map<number, number>()
    for (const gram of grams(question).keys()) {
      const postings = this.#postings.get(gram) ?? []
      const rarity = Math.log(1 + (texts - postings.length + 0.5) / (postings.length + 0.5))
      for (const { text, count } of postings) {
        const length = 1 - b + (b * (this.#lengths[text] ?? 0)) / mean
        scores.set(text, (scores.get(text) ?? 0) + (rarity * count * (k1 + 1)) / (count + k1 * length))
      }
    }
    return [...scores]
      .map(([at, score]) => ({ at, score }))
      .sort((one, other) => other.score - one.score || one.at - other.at)
      .slice(0, most)
  }

  #add(text: string): void {
    const at = this.#lengths.length
    let length = 0
    for (const [gram, count] of grams(text)) {
      length += count
      const postings = this.#postings.get(gram)
      if (postings) postings.push({ text: at, count })
      else this.#postings.set(gram, [{ text: at, count }])
    }
    this.#lengths.push(length)
    this.#total += length
  }
}

function grams(text: string): ReadonlyMap<string, number> {
  const signs = letters(text)
  return new Map([...ngramsOf(signs, 2), ...ngramsOf(signs, 3)])
}
