// Numbers of many rows, one kind a column: grown while rows are counted.

export const numberKinds = { f64: Float64Array, u32: Uint32Array, u8: Uint8Array } as const
export type NumberKind = keyof typeof numberKinds
export type Numbers = Float64Array | Uint32Array | Uint8Array

/** As they lie in memory. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** numbers of the first piece, and of every other */
const firstLength = 1024
const pieceLength = 1 << 15

/** A column that grows, piece by piece: it never has room for twice as much. */
export class Column<K extends NumberKind> {
  readonly #pieces: Numbers[] = []
  #last: Numbers
  #used = 0
  #before = 0

  constructor(private readonly kind: K) {
    this.#last = new numberKinds[kind](firstLength)
  }

  get length(): number {
    return this.#before + this.#used
  }

  push(value: number): void {
    if (this.#used === this.#last.length) {
      this.#pieces.push(this.#last)
      this.#before += this.#used
      this.#last = new numberKinds[this.kind](pieceLength)
      this.#used = 0
    }
    this.#last[this.#used++] = value
  }

  /** Only what was pushed, end to end in memory of its own. */
  values(): InstanceType<(typeof numberKinds)[K]> {
    const all = new numberKinds[this.kind](this.length)
    let at = 0
    for (const piece of this.#pieces) {
      all.set(piece as Uint32Array, at)
      at += piece.length
    }
    all.set(this.#last.subarray(0, this.#used) as Uint32Array, at)
    return all as InstanceType<(typeof numberKinds)[K]>
  }
}
