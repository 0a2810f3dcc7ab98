// Min-hashes of many texts, in bands: two texts that are alike fall into one bucket in some band. In memory is one number of
// 32 bits for each band of each text; the buckets are found by sorting one band after another.
import { Pauses } from '../../reading/pauses'
import { thresholds } from '../thresholds'

const { count: bands, rows } = thresholds.bands
const hashes = bands * rows

const [factors, offsets] = [new Uint32Array(hashes), new Uint32Array(hashes)]
// fixed numbers: the same set gives the same findings
for (let i = 0, seed = 0x2545f491; i < hashes; i++) {
  for (const values of [factors, offsets]) {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    values[i] = seed
  }
  factors[i] = (factors[i] as number) | 1
}

export class Signatures {
  readonly #bands: Uint32Array[]
  readonly #least = new Uint32Array(hashes)
  /** texts without a piece are like none */
  readonly #isEmpty: Uint8Array

  constructor(readonly count: number) {
    this.#bands = Array.from({ length: bands }, () => new Uint32Array(count))
    this.#isEmpty = new Uint8Array(count)
  }

  set(at: number, pieces: Uint32Array): void {
    if (pieces.length === 0) {
      this.#isEmpty[at] = 1
      return
    }
    const least = this.#least.fill(0xffffffff)
    for (let p = 0; p < pieces.length; p++) {
      const piece = pieces[p] as number
      for (let i = 0; i < hashes; i++) {
        const hash = (Math.imul(piece, factors[i] as number) + (offsets[i] as number)) >>> 0
        // the low bits of a product know little of the high ones
        const turned = (hash ^ (hash >>> 15)) >>> 0
        if (turned < (least[i] as number)) least[i] = turned
      }
    }
    for (let band = 0; band < bands; band++) {
      let key = 0
      for (let row = 0; row < rows; row++)
        key = Math.imul(key ^ (least[band * rows + row] as number), 0x9e3779b1) ^ (key >>> 15)
      ;(this.#bands[band] as Uint32Array)[at] = key
    }
  }

  /** Pairs that share a bucket, some of them more than once: of a large bucket, each with the first ones alone. */
  async *pairs(): AsyncGenerator<readonly [number, number]> {
    const pauses = new Pauses()
    const order = new Float64Array(this.count)
    for (const keys of this.#bands) {
      let length = 0
      for (let i = 0; i < this.count; i++)
        // 32 bits of the key and 20 of the place are within what a double holds exactly
        if (this.#isEmpty[i] === 0) order[length++] = (keys[i] as number) * 2 ** 21 + i
      const sorted = order.subarray(0, length).sort()
      for (let from = 0; from < length;) {
        const key = Math.floor((sorted[from] as number) / 2 ** 21)
        let to = from + 1
        while (to < length && Math.floor((sorted[to] as number) / 2 ** 21) === key) to++
        for (let b = from + 1; b < to; b++)
          for (let a = from; a < Math.min(b, from + thresholds.leaders); a++)
            yield [(sorted[a] as number) % 2 ** 21, (sorted[b] as number) % 2 ** 21]
        from = to
        await pauses.whenDue()
      }
    }
  }
}
