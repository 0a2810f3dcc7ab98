// Columns of numbers in a file: written piece by piece while rows are counted, so that a million rows never lie in memory
// twice, and read each into memory of its own. Where the pieces lie is said at the end of the file.
import { open, type FileHandle } from 'node:fs/promises'
import { endianness } from 'node:os'
import { bytesOf, numberKinds, type Numbers, type NumberKind } from './columns'
import { KeptBroken } from './kept-broken'

/** numbers of the first piece of a column, and of every other */
const firstLength = 1024
const pieceLength = 1 << 15
/** bytes of the last number: how long what is said before it is */
const tailSize = 8

/** A column as its file has it. */
interface Said {
  readonly kind: NumberKind
  /** where each piece begins, in bytes, and how many numbers it has */
  readonly pieces: readonly (readonly [at: number, count: number])[]
}

interface Tail {
  readonly facts: unknown
  readonly columns: Readonly<Record<string, Said>>
}

export class GrowingColumn {
  #piece: Numbers | null = null
  #used = 0
  #before = 0
  #last = 0

  constructor(
    private readonly kind: NumberKind,
    private readonly full: (piece: Numbers) => void
  ) {}

  get length(): number {
    return this.#before + this.#used
  }

  /** the newest one; 0: there is none */
  get last(): number {
    return this.#last
  }

  push(value: number): void {
    this.#piece ??= new numberKinds[this.kind](this.#before === 0 ? firstLength : pieceLength)
    this.#piece[this.#used++] = this.#last = value
    if (this.#used === this.#piece.length) this.end()
  }

  /** What there is of the newest piece is all of it. */
  end(): void {
    if (this.#piece) this.full(this.#piece.subarray(0, this.#used))
    this.#before += this.#used
    this.#used = 0
    this.#piece = null
  }
}

export class ColumnWriter {
  readonly #columns = new Map<string, { readonly grown: GrowingColumn; readonly said: Said }>()
  readonly #waiting: Uint8Array[] = []
  #end = 0

  private constructor(private readonly handle: FileHandle) {}

  /** What stands there is written over. */
  static async open(file: string): Promise<ColumnWriter> {
    // as in files/prepared-file.ts
    if (endianness() !== 'LE') throw new Error('big-endian machines are not supported')
    return new ColumnWriter(await open(file, 'w'))
  }

  column(name: string, kind: NumberKind): GrowingColumn {
    const pieces: [number, number][] = []
    const grown = new GrowingColumn(kind, (piece) => {
      const bytes = bytesOf(piece)
      pieces.push([this.#end, piece.length])
      this.#end += bytes.length
      this.#waiting.push(bytes)
    })
    this.#columns.set(name, { grown, said: { kind, pieces } })
    return grown
  }

  /** Writes the pieces that are full. */
  async flush(): Promise<void> {
    for (const bytes of this.#waiting.splice(0)) await this.handle.writeFile(bytes)
  }

  /** Writes the rest, and what else is to be known. */
  async finish(facts: unknown): Promise<void> {
    for (const { grown } of this.#columns.values()) grown.end()
    await this.flush()
    const columns = Object.fromEntries([...this.#columns].map(([name, { said }]) => [name, said]))
    const text = Buffer.from(JSON.stringify({ facts, columns } satisfies Tail))
    const tail = Buffer.alloc(tailSize)
    tail.writeBigUInt64LE(BigInt(text.length))
    await this.handle.writeFile(Buffer.concat([text, tail]))
    await this.handle.sync()
  }

  close(): Promise<void> {
    return this.handle.close()
  }
}

/** Throws KeptBroken where it is not all there. */
export async function readColumns(file: string): Promise<{
  readonly facts: unknown
  readonly columns: ReadonlyMap<string, Numbers>
}> {
  const handle = await open(file).catch(() => {
    throw new KeptBroken('no columns')
  })
  try {
    const { size } = await handle.stat()
    const { facts, columns, end } = await tailOf(handle, size)
    const read = new Map<string, Numbers>()
    for (const [name, said] of columns) read.set(name, await columnOf(handle, said, end))
    return { facts, columns: read }
  } finally {
    await handle.close()
  }
}

async function tailOf(
  handle: FileHandle,
  size: number
): Promise<{
  readonly facts: unknown
  readonly columns: readonly (readonly [string, Said])[]
  /** where the last piece ends, in bytes */
  readonly end: number
}> {
  const tail = await readAt(handle, Buffer.alloc(tailSize), size - tailSize)
  const length = Number(tail.readBigUInt64LE())
  const end = size - tailSize - length
  if (!(end >= 0) || length === 0) throw new KeptBroken('columns')
  const text = await readAt(handle, Buffer.alloc(length), end)
  try {
    const { facts, columns } = JSON.parse(text.toString()) as Tail
    return { facts, columns: Object.entries(columns), end }
  } catch {
    throw new KeptBroken('columns')
  }
}

async function columnOf(handle: FileHandle, { kind, pieces }: Said, end: number): Promise<Numbers> {
  if (!Object.hasOwn(numberKinds, kind) || !Array.isArray(pieces)) throw new KeptBroken('columns')
  const Kind = numberKinds[kind]
  const length = pieces.reduce((sum, [, count]) => sum + count, 0)
  if (!(length * Kind.BYTES_PER_ELEMENT <= end)) throw new KeptBroken('columns')
  const column = new Kind(length)
  let from = 0
  for (const [at, count] of pieces) {
    await readAt(handle, bytesOf(column.subarray(from, from + count)), at)
    from += count
  }
  return column
}

async function readAt<B extends Uint8Array>(handle: FileHandle, bytes: B, at: number): Promise<B> {
  if (at < 0) throw new KeptBroken('columns')
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, at + done)
    if (bytesRead === 0) throw new KeptBroken('columns')
    done += bytesRead
  }
  return bytes
}
