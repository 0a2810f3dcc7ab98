// Min-hashes of many texts, eight bits of each, four in a band: two texts that are alike fall into one bucket in some band, and
// how many of all their hashes are equal says about how alike they are. In memory is one number of 32 bits for each band of each
// text; the buckets are found by sorting one band after another.
import { Pauses } from '../../reading/pauses'
import { thresholds } from '../thresholds'
import { bucketsOf } from './buckets'

const { count: bands, rows } = thresholds.bands
const hashes = bands * rows

/** Rounds of throws until every place is taken; one piece alone needs twice as many as there are places. */
const [factors, offsets] = [new Uint32Array(2 * hashes), new Uint32Array(2 * hashes)]
// fixed numbers: the same set gives the same findings
for (let i = 0, seed = 0x2545f491; i < factors.length; i++) {
  for (const values of [factors, offsets]) {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    values[i] = seed
  }
  factors[i] = (factors[i] as number) | 1
}

export class Signatures {
  /** of each text its bands, each of four bytes: the last eight bits of a least hash */
  readonly #bands: Uint32Array
  readonly #least = new Uint32Array(hashes)
  /** the round in which a place was taken */
  readonly #taken = new Uint16Array(hashes)
  /** texts without a piece are like none */
  readonly #isEmpty: Uint8Array

  constructor(readonly count: number) {
    this.#bands = new Uint32Array(bands * count)
    this.#isEmpty = new Uint8Array(count)
  }

  set(at: number, pieces: Uint32Array): void {
    if (pieces.length === 0) {
      this.#isEmpty[at] = 1
      return
    }
    this.#throw(pieces)
    const least = this.#least
    for (let band = 0; band < bands; band++) {
      let word = 0
      for (let row = 0; row < rows; row++)
        word = (word << 8) | ((Math.imul(least[band * rows + row] as number, 0x9e3779b1) >>> 24) & 0xff)
      this.#bands[at * bands + band] = word
    }
  }

  /** One hash of each piece in a round, not one for each place: it says for which place the piece is thrown, and the least there
   *  stays. Places that are still free wait for the next round; after as many rounds as there are places, each round is thrown
   *  for one of them. Two texts agree in a place as often as in a min-hash of its own (Dahlgaard, Knudsen, Thorup: Fast
   *  similarity sketching). */
  #throw(pieces: Uint32Array): void {
    const [least, taken] = [this.#least, this.#taken.fill(factors.length)]
    let free = hashes
    for (let round = 0; free > 0 && round < factors.length; round++) {
      const [factor, offset] = [factors[round] as number, offsets[round] as number]
      for (let p = 0; p < pieces.length; p++) {
        let hash = Math.imul((pieces[p] as number) ^ offset, factor)
        hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
        hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
        hash = (hash ^ (hash >>> 15)) >>> 0
        const place = round < hashes ? Math.floor((hash / 2 ** 32) * hashes) : round - hashes
        const when = taken[place] as number
        if (when < round || (when === round && (least[place] as number) <= hash)) continue
        if (when > round) free--
        taken[place] = round
        least[place] = hash
      }
    }
  }

  /** It stands for no text any more: one that is there already. */
  leaveOut(at: number): void {
    this.#isEmpty[at] = 1
  }

  standsFor(at: number): boolean {
    return this.#isEmpty[at] === 0
  }

  /** Pairs that share a bucket and may be as alike as is asked for, each once: of a large bucket, each with the first ones
   *  alone. isWanted: is asked of those that may be. */
  async *pairs(
    isWanted: (a: number, b: number) => boolean,
    pauses = new Pauses()
  ): AsyncGenerator<readonly [number, number]> {
    const all = this.#bands
    for (let band = 0; band < bands; band++) {
      const keyOf = (at: number): number | null =>
        this.#isEmpty[at] === 1 ? null : (all[at * bands + band] as number)
      for await (const bucket of bucketsOf(this.count, keyOf, pauses)) {
        const first = comparedIn(bucket)
        for (let i = 1; i < bucket.length; i++) {
          const b = bucket[i] as number
          for (let k = 0; k < Math.min(i, first); k++) {
            const a = bucket[k] as number
            if (this.mayBeAlike(a, b) && isWanted(a, b) && !this.#haveMet(a, b, band)) yield [a, b]
          }
          if (i % 512 === 0) await pauses.whenDue()
        }
      }
    }
  }

  /** As far as their hashes say. */
  mayBeAlike(a: number, b: number): boolean {
    const all = this.#bands
    const end = (a + 1) * bands
    let left = hashes - thresholds.leastEqual
    for (let one = a * bands, other = b * bands; one < end; one++, other++) {
      const differs = (all[one] as number) ^ (all[other] as number)
      if (differs === 0) continue
      // the highest bit of each byte that is not 0, and how many these are
      const marks = ((((differs & 0x7f7f7f7f) + 0x7f7f7f7f) | differs) & 0x80808080) >>> 7
      left -= Math.imul(marks, 0x01010101) >>> 24
      if (left < 0) return false
    }
    return true
  }

  /** They were in one bucket of a band before. */
  #haveMet(a: number, b: number, band: number): boolean {
    for (let i = 0; i < band; i++) if (this.#bands[a * bands + i] === this.#bands[b * bands + i]) return true
    return false
  }
}

/** All of a small bucket are compared with one another; of a large one, each with the first ones alone: how many these are. */
const comparedIn = (
  bucket: ArrayLike<number>,
  { small, leaders } = thresholds.buckets as Compares
): number => (bucket.length > small ? leaders : small)

interface Compares {
  readonly small: number
  readonly leaders: number
}

/** The pairs of a bucket that are compared. */
export function* pairsWithin(
  bucket: ArrayLike<number>,
  compares: Compares
): Generator<readonly [number, number]> {
  const first = comparedIn(bucket, compares)
  for (let i = 1; i < bucket.length; i++)
    for (let k = 0; k < Math.min(i, first); k++) yield [bucket[k] as number, bucket[i] as number]
}
