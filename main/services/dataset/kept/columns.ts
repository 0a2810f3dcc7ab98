// Numbers of many rows, one kind a column: grown while rows are counted, stored as they lie in memory.
import { endianness } from 'node:os'
import { KeptBroken } from './kept-broken'

const kinds = { f64: Float64Array, u32: Uint32Array, u8: Uint8Array } as const
type Kind = keyof typeof kinds
export type Numbers = Float64Array | Uint32Array | Uint8Array

/** A column that grows. */
export class Column<K extends Kind> {
  #values: Numbers
  #length = 0

  constructor(kind: K) {
    this.#values = new kinds[kind](1024)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new (this.#values.constructor as Uint32ArrayConstructor)(2 * this.#length)
      larger.set(this.#values as Uint32Array)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  /** Only what was pushed, in memory of its own. */
  values(): InstanceType<(typeof kinds)[K]> {
    return this.#values.slice(0, this.#length) as InstanceType<(typeof kinds)[K]>
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
