// The tensors of a folder as they lie in its safetensors files, read a few rows at a time. An implementation of its own,
// apart from the engine's, so that neither hides what the other gets wrong.
import { open, readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

type Dtype = 'F64' | 'F32' | 'F16' | 'BF16'
const bytesOf: Readonly<Record<Dtype, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 }

export interface TensorPlace {
  readonly dtype: Dtype
  readonly shape: readonly number[]
}

/** Rows one after another, row-major. */
export interface Rows {
  readonly first: number
  readonly values: Float32Array | Float64Array
}

/** What the plain model reads; a test gives it from memory. */
export interface PlainTensors {
  /** null where there is no such tensor */
  find(name: string): TensorPlace | null
  /** rows [from, to) of a matrix, or a vector as one row; in pieces where they are many */
  rows(name: string, from: number, to: number): AsyncIterable<Rows>
}

interface Stored extends TensorPlace {
  readonly file: string
  /** of its first byte in the file */
  readonly at: number
}

/** Values read at a time. */
const pieceValues = 1 << 16
const longestHeader = 100 * 1024 * 1024

export class StoredTensors implements PlainTensors {
  readonly #handles = new Map<string, FileHandle>()

  private constructor(
    private readonly dir: string,
    private readonly tensors: ReadonlyMap<string, Stored>
  ) {}

  /** name: model or adapter_model; with an index its shards, else the one file. Close when done. */
  static async open(dir: string, name: 'model' | 'adapter_model'): Promise<StoredTensors> {
    const index = await readFile(join(dir, `${name}.safetensors.index.json`), 'utf8').catch(() => null)
    const map =
      index === null ? null : (JSON.parse(index) as { weight_map: Record<string, string> }).weight_map
    const files = map ? [...new Set(Object.values(map))] : [`${name}.safetensors`]
    const tensors = new Map<string, Stored>()
    for (const file of files)
      for (const [key, stored] of await headerOf(dir, file))
        if (!map || map[key] === file) tensors.set(key, stored)
    return new StoredTensors(dir, tensors)
  }

  get names(): readonly string[] {
    return [...this.tensors.keys()]
  }

  find(name: string): TensorPlace | null {
    return this.tensors.get(name) ?? null
  }

  async *rows(name: string, from: number, to: number): AsyncGenerator<Rows> {
    const stored = this.tensors.get(name)
    if (!stored) return
    const { dtype, shape, at, file } = stored
    const width = shape.at(-1) ?? 1
    const size = bytesOf[dtype]
    const handle = await this.#open(file)
    const step = Math.max(1, Math.floor(pieceValues / width))
    for (let first = from; first < to; first += step) {
      const count = Math.min(step, to - first) * width
      const bytes = Buffer.allocUnsafeSlow(count * size)
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, at + first * width * size)
      if (bytesRead !== bytes.length) throw new Error(`${file} ends inside ${name}`)
      yield { first, values: valuesOf(bytes, dtype) }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#handles.values()].map((handle) => handle.close()))
    this.#handles.clear()
  }

  async #open(file: string): Promise<FileHandle> {
    const handle = this.#handles.get(file) ?? (await open(join(this.dir, file)))
    this.#handles.set(file, handle)
    return handle
  }
}

async function headerOf(dir: string, file: string): Promise<readonly (readonly [string, Stored])[]> {
  const handle = await open(join(dir, file))
  try {
    const size = Buffer.alloc(8)
    await handle.read(size, 0, 8, 0)
    const length = Number(size.readBigUInt64LE(0))
    if (length > longestHeader) throw new Error(`${file} has no header`)
    const text = Buffer.alloc(length)
    await handle.read(text, 0, length, 8)
    const header = JSON.parse(text.toString('utf8')) as Record<
      string,
      { dtype: string; shape: number[]; data_offsets: [number, number] }
    >
    return Object.entries(header).flatMap(([name, { dtype, shape, data_offsets: range }]) =>
      name !== '__metadata__' && dtype in bytesOf
        ? [[name, { dtype: dtype as Dtype, shape, file, at: 8 + length + range[0] }] as const]
        : []
    )
  } finally {
    await handle.close()
  }
}

/** Little-endian, as the format has it and every machine that Neiro runs on. */
function valuesOf(bytes: Buffer, dtype: Dtype): Float32Array | Float64Array {
  const { buffer, byteOffset, length } = bytes
  if (dtype === 'F32') return new Float32Array(buffer, byteOffset, length / 4)
  if (dtype === 'F64') return new Float64Array(buffer, byteOffset, length / 8)
  const halves = new Uint16Array(buffer, byteOffset, length / 2)
  if (dtype === 'F16') return Float32Array.from(halves, fromHalf)
  const words = new Uint32Array(halves.length)
  for (let i = 0; i < halves.length; i++) words[i] = (halves[i] ?? 0) << 16
  return new Float32Array(words.buffer)
}

/** IEEE 754 binary16: sign, five bits of exponent, ten of fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
