// Groups of questions by their words: learnt from a sample drawn by a seed, then every question goes to the nearest. In memory
// are a few numbers for each row; the same rows in the same order give the same groups.
import { randomFrom } from '../../../batches/shuffle'
import { Column } from '../../dataset/kept/columns'
import { Pauses } from '../../reading/pauses'
import { thresholds } from '../thresholds'
import { centresOf, nearest, normal, settled, type Centre, type SparseVector } from './spherical-k-means'
import type { CheckedRow } from '../row'
import { asWritten, featuresOf, wordHash } from './topic-words'

export interface Grouped {
  /** the largest first */
  readonly groups: readonly {
    readonly words: readonly string[]
    readonly rows: number
    /** place in the order of the set of the row nearest to the middle */
    readonly typical: number
    /** share of all rows with its strongest word that are in it */
    readonly own: number
  }[]
  readonly rest: number
}

interface Sampled {
  readonly words: readonly string[]
  /** the beginning of the question */
  readonly text: string
}

/** features that are kept of a row */
const mostFeatures = 12
/** words by which a group is known */
const shownWords = 3
const seed = 16

export class Grouping {
  readonly #counts = new Column('u8')
  readonly #features = new Column('u32')
  readonly #places = new Column('u32')
  readonly #sample: Sampled[] = []
  readonly #random = randomFrom(seed)

  look({ at: place, question }: Pick<CheckedRow, 'at' | 'question'>, words: readonly string[]): void {
    const features = new Set<string>()
    for (const word of words) for (const feature of featuresOf(word)) features.add(feature)
    let count = 0
    for (const feature of features) {
      if (count === mostFeatures) break
      this.#features.push(wordHash(feature))
      count++
    }
    this.#counts.push(count)
    this.#places.push(place)
    // each row is as likely as any other to be in the sample (Vitter's algorithm R)
    const { sample } = thresholds.groups
    const own = { words, text: question.slice(0, 200) }
    if (this.#sample.length < sample) this.#sample.push(own)
    else {
      const at = Math.floor((this.#random() / 2 ** 32) * this.#counts.length)
      if (at < sample) this.#sample[at] = own
    }
  }

  /** Null where there are too few. */
  async groups(): Promise<Grouped | null> {
    const { least, most, merged, loose } = thresholds.groups
    const total = this.#counts.length
    if (total < least) return null
    const vocabulary = new Vocabulary(this.#sample)
    const vectors = this.#sample
      .map(({ words }) => vocabulary.vectorOfWords(words))
      .filter(({ at }) => at.length > 0)
    const { size } = vocabulary
    const countFor = (rows: number, limit: number): number =>
      Math.min(limit, Math.max(2, Math.round(Math.sqrt(rows / 6))))
    const first = centresOf(vectors, { count: countFor(vectors.length, most), size, seed })
    // a small topic is swallowed by large ones: those that are far from all are looked at once more by themselves
    const far = vectors.filter((vector) => nearest(vector, first).cosine < loose)
    const others = centresOf(far, { count: countFor(far.length, most / 2), size, seed })
    const centres = mergedCentres(settled(vectors, [...first, ...others], size), merged)
    if (centres.length === 0) return null
    return this.#divided(vocabulary, centres)
  }

  async #divided(vocabulary: Vocabulary, centres: readonly Centre[]): Promise<Grouped> {
    const { rest: far, smallest } = thresholds.groups
    const groups = centres.map((centre) => ({
      ...{ centre, rows: 0, typical: -1, nearest: -1, strongest: strongestOf(centre), withIt: 0 }
    }))
    const rowsWith = new Uint32Array(vocabulary.size)
    const [counts, features, places] = [this.#counts, this.#features, this.#places].map((column) =>
      column.values()
    ) as [Uint8Array, Uint32Array, Uint32Array]
    const pauses = new Pauses()
    let rest = 0
    let from = 0
    for (let i = 0; i < counts.length; i++) {
      if (i % 4096 === 0) await pauses.whenDue()
      const to = from + (counts[i] as number)
      const vector = vocabulary.vectorOf(features.subarray(from, to))
      for (const dimension of vector.at) rowsWith[dimension] = (rowsWith[dimension] as number) + 1
      const { centre, cosine } = nearest(vector, centres)
      from = to
      const group = cosine < far ? undefined : groups[centre]
      if (!group) {
        rest++
        continue
      }
      group.rows++
      if (vector.at.includes(group.strongest)) group.withIt++
      if (cosine <= group.nearest) continue
      group.nearest = cosine
      group.typical = places[i] as number
    }
    const kept = groups.filter(({ rows }) => rows >= smallest)
    for (const { rows } of groups) if (rows < smallest) rest += rows
    return {
      groups: kept
        .sort((a, b) => b.rows - a.rows || a.typical - b.typical)
        .map(({ centre, rows, typical, strongest, withIt }) => ({
          ...{ rows, typical, own: withIt / (rowsWith[strongest] as number) },
          words: vocabulary.wordsOf(centre, shownWords)
        })),
      rest
    }
  }
}

const isSpelled = (word: string): boolean => /^[a-z]/.test(word)

const strongestOf = (centre: Centre): number =>
  centre.reduce((best, value, dimension) => (value > (centre[best] as number) ? dimension : best), 0)

/** Centres that are near one another are one, in the middle of them. */
function mergedCentres(centres: readonly Centre[], near: number): readonly Centre[] {
  const merged: Centre[] = []
  for (const centre of centres) {
    const at = merged.findIndex(
      (one) => one.reduce((sum, value, d) => sum + value * (centre[d] as number), 0) >= near
    )
    const known = merged[at]
    if (!known) merged.push(centre)
    else merged[at] = normal(known.map((value, d) => value + (centre[d] as number))) ?? known
  }
  return merged
}

/** The words that the sample has more than once, each a dimension; rare ones weigh a little more, or each of
 *  them would be a topic. */
class Vocabulary {
  readonly #words: readonly string[]
  readonly #dimensionOf = new Map<number, number>()
  readonly #weights: Float32Array

  constructor(private readonly sample: readonly Sampled[]) {
    const counts = new Map<string, number>()
    for (const { words } of sample)
      for (const feature of new Set(words.flatMap((word) => [...featuresOf(word)])))
        counts.set(feature, (counts.get(feature) ?? 0) + 1)
    const known = [...counts]
      .filter(([, count]) => count > 1)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, thresholds.groups.words)
    this.#words = known.map(([word]) => word)
    this.#weights = Float32Array.from(known, ([, count]) => Math.sqrt(Math.log(1 + sample.length / count)))
    known.forEach(([word], dimension) => this.#dimensionOf.set(wordHash(word), dimension))
  }

  get size(): number {
    return this.#words.length
  }

  vectorOfWords(words: readonly string[]): SparseVector {
    const features = new Set(words.flatMap((word) => [...featuresOf(word)]))
    return this.vectorOf(Uint32Array.from([...features].slice(0, mostFeatures), wordHash))
  }

  vectorOf(features: Uint32Array): SparseVector {
    let count = 0
    let squares = 0
    const at = new Uint32Array(features.length)
    const values = new Float32Array(features.length)
    for (const feature of features) {
      const dimension = this.#dimensionOf.get(feature)
      if (dimension === undefined) continue
      const weight = this.#weights[dimension] as number
      at[count] = dimension
      values[count++] = weight
      squares += weight * weight
    }
    const length = Math.sqrt(squares)
    for (let i = 0; i < count; i++) values[i] = (values[i] as number) / length
    return { at: at.subarray(0, count), values: values.subarray(0, count) }
  }

  /** The strongest of a group; a part of a word that is named already says nothing more. */
  wordsOf(centre: Centre, most: number): readonly string[] {
    const strongest = [...centre.keys()].sort((a, b) => (centre[b] as number) - (centre[a] as number))
    const words: string[] = []
    for (const dimension of strongest) {
      if (words.length === most || (centre[dimension] as number) <= 0) break
      const whole = this.#longerOf(dimension, centre)
      if (!words.some((one) => one.includes(whole) || whole.includes(one))) words.push(whole)
    }
    return words.map((word) => asWritten(word, this.#texts()))
  }

  /** 定期便 and not its part 定期, where it is nearly as strong. */
  #longerOf(at: number, centre: Centre): string {
    const least = 0.5 * (centre[at] as number)
    const word = this.#words[at] as string
    let longer = word
    this.#words.forEach((one, dimension) => {
      if ((centre[dimension] as number) < least) return
      if (one.length > longer.length && one.length <= 6 && one.includes(word) && !isSpelled(one)) longer = one
    })
    return longer
  }

  *#texts(): Generator<string> {
    for (const { text } of this.sample) yield text
  }
}
