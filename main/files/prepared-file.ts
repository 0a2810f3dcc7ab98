// Tokenised examples as a safetensors file of a run folder: tokens I32 [N], labels I32 [N] (-100 = not learnt), offsets I64
// [examples + 1], and of texts that are scored targets F32 [examples * width]. Written when a run is prepared; while it
// trains, the tokens stay in the file and are read example by example.
import { closeSync, openSync, readSync } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { endianness } from 'node:os'
import { basename } from 'node:path'
import type { ExampleSet, TokenExample } from '../batches/example-set'
import { NeiroError } from '../contract/errors'
import { lengthBytes, readAt, readTensorPlaces, type TensorPlace } from './safetensors'

/** four tensors with numbers of any length have room in it, bytes */
const headerSize = 512

/** Writes it lot by lot; the examples stay nowhere else. On the disk when end() is done. */
export class PreparedWriter {
  readonly #lengths: number[] = []
  #tokens = 0
  readonly #targets: Float32Array[] = []

  private constructor(
    private readonly handle: FileHandle,
    private readonly labels: FileHandle,
    private readonly labelsFile: string
  ) {}

  /** The file must not be there. Beside it, the labels wait until it is known how many tokens come before them. */
  static async open(file: string): Promise<PreparedWriter> {
    // safetensors is little-endian, and so is every machine this runs on
    if (endianness() !== 'LE') throw new Error('big-endian machines are not supported')
    const handle = await open(file, 'wx')
    try {
      await handle.writeFile(new Uint8Array(headerSize))
      const labelsFile = `${file}.labels`
      return new PreparedWriter(handle, await open(labelsFile, 'wx+'), labelsFile)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Tokens of every example so far. */
  get lengths(): readonly number[] {
    return this.#lengths
  }

  async add(examples: readonly TokenExample[]): Promise<void> {
    for (const { tokens, targets } of examples) {
      if (targets) this.#targets.push(targets)
      this.#lengths.push(tokens.length)
      this.#tokens += tokens.length
    }
    await this.handle.writeFile(endToEnd(examples.map(({ tokens }) => tokens)))
    await this.labels.writeFile(endToEnd(examples.map(({ labels }) => labels)))
  }

  async end(): Promise<void> {
    try {
      for await (const bytes of this.labels.createReadStream({ start: 0, autoClose: false }))
        await this.handle.writeFile(bytes as Buffer)
      const offsets = new BigInt64Array(this.#lengths.length + 1)
      let end = 0
      this.#lengths.forEach((length, at) => (offsets[at + 1] = BigInt((end += length))))
      await this.handle.writeFile(bytesOf(offsets))
      const targets = Float32Array.from(this.#targets.flatMap((one) => [...one]))
      await this.handle.writeFile(bytesOf(targets))
      await this.handle.write(headerBytes(this.#tokens, offsets.length, targets.length), 0, headerSize, 0)
      await this.handle.sync()
    } finally {
      await this.close()
    }
  }

  /** What was written so far is no file yet. */
  async close(): Promise<void> {
    await this.handle.close()
    await this.labels.close()
    await rm(this.labelsFile, { force: true })
  }
}

/** Of examples that are at hand. */
export async function writePrepared(file: string, examples: readonly TokenExample[]): Promise<void> {
  const writer = await PreparedWriter.open(file)
  await writer.add(examples)
  await writer.end()
}

/** Examples in their file, which is open until close is called. */
export class PreparedSet implements ExampleSet {
  readonly lengths: readonly number[]
  readonly targets: Float32Array | undefined
  readonly #descriptor: number

  constructor(
    private readonly file: string,
    private readonly held: {
      readonly lengths: readonly number[]
      /** [examples + 1] first token of each example, then the end */
      readonly offsets: Float64Array
      readonly targets: Float32Array | undefined
    },
    /** where the first token and the first label stand in the file */
    private readonly starts: { readonly tokens: number; readonly labels: number }
  ) {
    this.lengths = held.lengths
    this.targets = held.targets
    this.#descriptor = openSync(file, 'r')
  }

  /** Read at once: whoever trains has nothing else to do, and the system keeps what is read again. */
  example(at: number): TokenExample {
    const first = 4 * (this.held.offsets[at] as number)
    const count = this.lengths[at] as number
    return {
      tokens: this.#numbers(this.starts.tokens + first, count),
      labels: this.#numbers(this.starts.labels + first, count)
    }
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #numbers(from: number, count: number): Int32Array {
    const numbers = new Int32Array(count)
    const bytes = bytesOf(numbers)
    for (let at = 0; at < bytes.length;) {
      const read = readSync(this.#descriptor, bytes, at, bytes.length - at, from + at)
      if (read === 0) throw broken(this.file, 'cut')
      at += read
    }
    return numbers
  }
}

/** Rejects with RUN_BROKEN {file, name, what}. */
export async function readPrepared(file: string): Promise<PreparedSet> {
  return reading(file, async ({ place, read, has }) => {
    const [tokens, labels] = [place('tokens', 'I32'), place('labels', 'I32')]
    if (labels.to - labels.from !== tokens.to - tokens.from) throw broken(file, 'labels')
    const offsets = offsetsOf(await read('offsets', 'I64'))
    const lengths = lengthsOf(file, offsets)
    if (
      offsets[0] !== 0 ||
      4 * (offsets.at(-1) as number) !== tokens.to - tokens.from ||
      lengths.length === 0
    )
      throw broken(file, 'offsets')
    const scored = has('targets') ? await read('targets', 'F32') : null
    const targets = scored ? new Float32Array(scored) : undefined
    if (targets && targets.length % lengths.length !== 0) throw broken(file, 'targets')
    return new PreparedSet(file, { lengths, offsets, targets }, { tokens: tokens.from, labels: labels.from })
  })
}

/** Tokens of each example, without the tokens themselves. */
export async function preparedLengths(file: string): Promise<readonly number[]> {
  return reading(file, async ({ read }) => lengthsOf(file, offsetsOf(await read('offsets', 'I64'))))
}

type Dtype = 'I32' | 'I64' | 'F32'

interface Tensors {
  /** in the file, all of it */
  readonly place: (name: string, dtype: Dtype) => TensorPlace
  readonly read: (name: string, dtype: Dtype) => Promise<ArrayBuffer>
  readonly has: (name: string) => boolean
}

async function reading<T>(file: string, work: (tensors: Tensors) => Promise<T>): Promise<T> {
  const handle = await open(file).catch(() => {
    throw broken(file, 'missing')
  })
  try {
    const places = await readTensorPlaces(handle)
    if (!places) throw broken(file, 'header')
    const placeOf: Tensors['place'] = (name, dtype) => {
      const found = places.get(name)
      const length = found ? found.to - found.from : 0
      if (found?.dtype !== dtype || length % (dtype === 'I64' ? 8 : 4) !== 0) throw broken(file, name)
      return found
    }
    return await work({
      place: placeOf,
      has: (name) => places.has(name),
      read: async (name, dtype) => {
        const { from, to } = placeOf(name, dtype)
        const bytes = await readAt(handle, from, to - from)
        if (!bytes) throw broken(file, 'cut')
        return bytes.buffer as ArrayBuffer
      }
    })
  } finally {
    await handle.close()
  }
}

const offsetsOf = (bytes: ArrayBuffer): Float64Array => Float64Array.from(new BigInt64Array(bytes), Number)

function lengthsOf(file: string, offsets: Float64Array): readonly number[] {
  const lengths = [...offsets.subarray(1)].map((end, at) => end - (offsets[at] as number))
  if (lengths.some((length) => !(length > 0))) throw broken(file, 'offsets')
  return lengths
}

/** The length, then JSON padded with spaces to a size that is known before the tokens are. */
function headerBytes(tokens: number, offsets: number, targets: number): Uint8Array {
  let end = 0
  const tensor = (dtype: 'I32' | 'I64' | 'F32', length: number): object => {
    const first = end
    end += length * (dtype === 'I64' ? 8 : 4)
    return { dtype, shape: [length], data_offsets: [first, end] }
  }
  // tokens and labels are as many: what follows them begins at a multiple of eight
  const json = JSON.stringify({
    tokens: tensor('I32', tokens),
    labels: tensor('I32', tokens),
    offsets: tensor('I64', offsets),
    ...(targets > 0 && { targets: tensor('F32', targets) })
  })
  const header = new Uint8Array(headerSize).fill(0x20)
  new DataView(header.buffer).setBigUint64(0, BigInt(headerSize - lengthBytes), true)
  new TextEncoder().encodeInto(json, header.subarray(lengthBytes))
  return header
}

function endToEnd(parts: readonly Int32Array[]): Uint8Array {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return bytesOf(all)
}

const bytesOf = (values: Int32Array | BigInt64Array | Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

const broken = (file: string, what: string): NeiroError =>
  new NeiroError('RUN_BROKEN', { file, name: basename(file), what })
