// Numbers of many rows, one kind a column: grown while rows are counted, stored as they lie in memory.
import { endianness } from 'node:os'
import { KeptBroken } from './kept-broken'

const kinds = { f64: Float64Array, u32: Uint32Array, u8: Uint8Array } as const
type Kind = keyof typeof kinds
export type Numbers = Float64Array | Uint32Array | Uint8Array

/** numbers of the first piece, and of every other */
const firstLength = 1024
const pieceLength = 1 << 15

/** A column that grows, piece by piece: it never has room for twice as much. */
export class Column<K extends Kind> {
  readonly #pieces: Numbers[] = []
  #last: Numbers
  #used = 0
  #before = 0

  constructor(private readonly kind: K) {
    this.#last = new kinds[kind](firstLength)
  }

  get length(): number {
    return this.#before + this.#used
  }

  push(value: number): void {
    if (this.#used === this.#last.length) {
      this.#pieces.push(this.#last)
      this.#before += this.#used
      this.#last = new kinds[this.kind](pieceLength)
      this.#used = 0
    }
    this.#last[this.#used++] = value
  }

  /** Only what was pushed, end to end in memory of its own. */
  values(): InstanceType<(typeof kinds)[K]> {
    const all = new kinds[this.kind](this.length)
    let at = 0
    for (const piece of this.#pieces) {
      all.set(piece as Uint32Array, at)
      at += piece.length
    }
    all.set(this.#last.subarray(0, this.#used) as Uint32Array, at)
    return all as InstanceType<(typeof kinds)[K]>
  }

  /** The same, and the column is empty afterwards. */
  take(): InstanceType<(typeof kinds)[K]> {
    const all = this.values()
    this.#pieces.length = this.#before = this.#used = 0
    this.#last = new kinds[this.kind](firstLength)
    return all
  }
}

interface Header {
  readonly facts: unknown
  readonly columns: readonly { readonly name: string; readonly kind: Kind; readonly length: number }[]
}

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8

/** The length of the header, the header as JSON, then each column, all at multiples of eight bytes. */
export function packColumns(facts: unknown, columns: Readonly<Record<string, Numbers>>): Uint8Array[] {
  // as in files/prepared-file.ts
  if (endianness() !== 'LE') throw new Error('big-endian machines are not supported')
  const header: Header = {
    facts,
    columns: Object.entries(columns).map(([name, values]) => ({
      name,
      kind: (Object.keys(kinds) as Kind[]).find((kind) => values instanceof kinds[kind]) as Kind,
      length: values.length
    }))
  }
  const json = Buffer.from(JSON.stringify(header))
  const start = Buffer.alloc(8 + aligned(json.length), ' ')
  start.writeBigUInt64LE(BigInt(json.length))
  json.copy(start, 8)
  const parts: Uint8Array[] = [start]
  for (const values of Object.values(columns)) {
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    parts.push(new Uint8Array(aligned(values.byteLength) - values.byteLength))
  }
  return parts
}

/** Throws KeptBroken where the bytes are not all there. */
export function unpackColumns(bytes: Uint8Array): {
  readonly facts: unknown
  readonly columns: ReadonlyMap<string, Numbers>
} {
  const buffer = bytes.buffer as ArrayBuffer
  if (bytes.length < 8 || bytes.byteOffset % 8 !== 0) throw new KeptBroken('columns')
  const length = Number(new DataView(buffer, bytes.byteOffset).getBigUint64(0, true))
  if (!(length <= bytes.length - 8)) throw new KeptBroken('columns')
  let header: Header
  try {
    header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString()) as Header
  } catch {
    throw new KeptBroken('columns')
  }
  let at = 8 + aligned(length)
  const columns = new Map<string, Numbers>()
  for (const { name, kind, length: count } of header.columns) {
    const Kind = kinds[kind]
    const size = count * Kind.BYTES_PER_ELEMENT
    if (!(count >= 0) || at + size > bytes.length) throw new KeptBroken('columns')
    columns.set(name, new Kind(buffer, bytes.byteOffset + at, count))
    at += aligned(size)
  }
  return { facts: header.facts, columns }
}
