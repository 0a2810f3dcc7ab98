// Places with the same key, by sorting: in memory is one number for each place, and nothing for each key.
import type { Pauses } from '../../reading/pauses'

/** a double holds so many bits exactly */
const exactBits = 53

/** Those of two and more, each in order. keyOf: a number of 32 bits; null: a place of no key. */
export async function* bucketsOf(
  count: number,
  keyOf: (at: number) => number | null,
  pauses: Pauses
): AsyncGenerator<Float64Array> {
  const placeBits = Math.max(1, Math.ceil(Math.log2(count + 1)))
  // of more places than two million, the keys lose their last bits: a bucket too large is only compared in vain
  const lost = Math.max(0, 32 + placeBits - exactBits)
  const room = 2 ** placeBits
  const order = new Float64Array(count)
  let length = 0
  for (let at = 0; at < count; at++) {
    const key = keyOf(at)
    if (key !== null) order[length++] = (key >>> lost) * room + at
    if (at % 65_536 === 0) await pauses.whenDue()
  }
  const sorted = order.subarray(0, length).sort()
  for (let from = 0; from < length;) {
    const end = (Math.floor((sorted[from] as number) / room) + 1) * room
    let to = from + 1
    while (to < length && (sorted[to] as number) < end) to++
    if (to > from + 1) yield sorted.subarray(from, to).map((one) => one % room)
    from = to
    if (from % 4096 === 0) await pauses.whenDue()
  }
}

/** A hash of 64 bits for each of many places, in two halves; a place may have none. */
export class Keys {
  readonly #high: Uint32Array
  readonly #low: Uint32Array
  readonly #has: Uint8Array

  constructor(readonly count: number) {
    this.#high = new Uint32Array(count)
    this.#low = new Uint32Array(count)
    this.#has = new Uint8Array(count)
  }

  set(at: number, [high, low]: readonly [number, number]): void {
    this.#high[at] = high
    this.#low[at] = low
    this.#has[at] = 1
  }

  /** Those of two and more places that have the same, each in order. */
  async *same(pauses: Pauses): AsyncGenerator<readonly number[]> {
    const keyOf = (at: number): number | null => (this.#has[at] === 1 ? (this.#high[at] as number) : null)
    for await (const bucket of bucketsOf(this.count, keyOf, pauses)) {
      const byRest = new Map<string, number[]>()
      for (const at of bucket) {
        const rest = `${this.#high[at]} ${this.#low[at]}`
        const known = byRest.get(rest)
        if (known) known.push(at)
        else byRest.set(rest, [at])
      }
      for (const group of byRest.values()) if (group.length > 1) yield group
    }
  }
}
