// Tokenised examples as a safetensors file of a run folder: tokens I32 [N], labels I32 [N] (-100 = not learnt), offsets I64
// [examples + 1], and of texts that are scored targets F32 [examples * width]. Written when a run is prepared, read when
// it trains: small beside a model, so held in memory.
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

/** Rejects with RUN_BROKEN {file, name, what}. */
export async function readPrepared(file: string): Promise<ExampleSet> {
  return reading(file, async (tensor) => {
    const tokens = new Int32Array(await tensor('tokens', 'I32'))
    const labels = new Int32Array(await tensor('labels', 'I32'))
    if (labels.length !== tokens.length) throw broken(file, 'labels')
    const offsets = offsetsOf(await tensor('offsets', 'I64'))
    const lengths = lengthsOf(file, offsets)
    if (offsets[0] !== 0 || offsets.at(-1) !== tokens.length || lengths.length === 0)
      throw broken(file, 'offsets')
    const scored = await tensor('targets', 'F32', true)
    if (scored === null) return { tokens, labels, offsets, lengths }
    const targets = new Float32Array(scored)
    if (targets.length % lengths.length !== 0) throw broken(file, 'targets')
    return { tokens, labels, offsets, lengths, targets }
  })
}

/** Tokens of each example, without the tokens themselves. */
export async function preparedLengths(file: string): Promise<readonly number[]> {
  return reading(file, async (tensor) => lengthsOf(file, offsetsOf(await tensor('offsets', 'I64'))))
}

interface ReadTensor {
  (name: string, dtype: 'I32' | 'I64'): Promise<ArrayBuffer>
  /** null where it may be missing and is */
  (name: string, dtype: 'F32', optional: true): Promise<ArrayBuffer | null>
}

async function reading<T>(file: string, work: (tensor: ReadTensor) => Promise<T>): Promise<T> {
  const handle = await open(file).catch(() => {
    throw broken(file, 'missing')
  })
  try {
    const places = await readTensorPlaces(handle)
    if (!places) throw broken(file, 'header')
    return await work((async (name: string, dtype: string, optional = false) => {
      const place: TensorPlace | undefined = places.get(name)
      if (!place && optional) return null
      const length = place ? place.to - place.from : 0
      if (place?.dtype !== dtype || length % (dtype === 'I64' ? 8 : 4) !== 0) throw broken(file, name)
      const bytes = await readAt(handle, place.from, length)
      if (!bytes) throw broken(file, 'cut')
      return bytes.buffer as ArrayBuffer
    }) as ReadTensor)
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
