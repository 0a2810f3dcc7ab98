// Tokenised examples as a safetensors file of a run folder: offsets I64 [examples + 1], tokens I32 [N], labels I32 [N]
// (-100 = not learnt). Written when a run is prepared, read when it trains: small beside a model, so held in memory.
import { open } from 'node:fs/promises'
import { endianness } from 'node:os'
import { basename } from 'node:path'
import type { ExampleSet, TokenExample } from '../batches/example-set'
import { NeiroError } from '../contract/errors'
import { lengthBytes, readAt, readTensorPlaces, type TensorPlace } from './safetensors'

export async function writePrepared(file: string, examples: readonly TokenExample[]): Promise<void> {
  // safetensors is little-endian, and so is every machine this runs on
  if (endianness() !== 'LE') throw new Error('big-endian machines are not supported')
  const offsets = new BigInt64Array(examples.length + 1)
  examples.forEach(({ tokens }, index) => {
    offsets[index + 1] = (offsets[index] as bigint) + BigInt(tokens.length)
  })
  const total = Number(offsets.at(-1))
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(headerBytes(total, offsets.length))
    await handle.writeFile(bytesOf(offsets))
    for (const part of ['tokens', 'labels'] as const) {
      const all = new Int32Array(total)
      examples.forEach((example, index) => all.set(example[part], Number(offsets[index])))
      await handle.writeFile(bytesOf(all))
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
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
    return { tokens, labels, offsets, lengths }
  })
}

/** Tokens of each example, without the tokens themselves. */
export async function preparedLengths(file: string): Promise<readonly number[]> {
  return reading(file, async (tensor) => lengthsOf(file, offsetsOf(await tensor('offsets', 'I64'))))
}

type ReadTensor = (name: string, dtype: 'I32' | 'I64') => Promise<ArrayBuffer>

async function reading<T>(file: string, work: (tensor: ReadTensor) => Promise<T>): Promise<T> {
  const handle = await open(file).catch(() => {
    throw broken(file, 'missing')
  })
  try {
    const places = await readTensorPlaces(handle)
    if (!places) throw broken(file, 'header')
    return await work(async (name, dtype) => {
      const place: TensorPlace | undefined = places.get(name)
      const length = place ? place.to - place.from : 0
      if (place?.dtype !== dtype || length % (dtype === 'I32' ? 4 : 8) !== 0) throw broken(file, name)
      const bytes = await readAt(handle, place.from, length)
      if (!bytes) throw broken(file, 'cut')
      return bytes.buffer as ArrayBuffer
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

/** The length, then JSON padded with spaces, so that the tensors start on a multiple of eight. */
function headerBytes(tokens: number, offsets: number): Uint8Array {
  let end = 0
  const tensor = (dtype: 'I32' | 'I64', length: number): object => {
    const first = end
    end += length * (dtype === 'I32' ? 4 : 8)
    return { dtype, shape: [length], data_offsets: [first, end] }
  }
  // the widest first keeps every tensor aligned
  const json = JSON.stringify({
    offsets: tensor('I64', offsets),
    tokens: tensor('I32', tokens),
    labels: tensor('I32', tokens)
  })
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8))
  const header = new Uint8Array(lengthBytes + text.length)
  new DataView(header.buffer).setBigUint64(0, BigInt(text.length), true)
  header.set(text, lengthBytes)
  return header
}

const bytesOf = (values: Int32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

const broken = (file: string, what: string): NeiroError =>
  new NeiroError('RUN_BROKEN', { file, name: basename(file), what })
