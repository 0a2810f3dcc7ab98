// Reads the tokenised examples of a run folder (a safetensors file, see PreparedData) and cuts batches from
// them. The file is small beside a model: it is held in memory. Written by services/runs/prepared-file.ts.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Batch } from '../../addon/index'
import { NeiroError } from '../contract/errors'

export interface PreparedSet {
  /** of all examples, end to end */
  readonly tokens: Int32Array
  /** -100 = not learnt */
  readonly labels: Int32Array
  /** [examples + 1] first token of each example, then the end */
  readonly offsets: Float64Array
  /** [examples] tokens of each example */
  readonly lengths: readonly number[]
}

export async function readPrepared(file: string): Promise<PreparedSet> {
  const bytes = await readFile(file).catch(() => {
    throw broken(file, 'missing')
  })
  const tensors = readTensors(file, bytes)
  const tokens = new Int32Array(tensorBytes(file, tensors, 'tokens', 'I32'))
  const labels = new Int32Array(tensorBytes(file, tensors, 'labels', 'I32'))
  const offsets = Float64Array.from(new BigInt64Array(tensorBytes(file, tensors, 'offsets', 'I64')), Number)
  return preparedSet(file, tokens, labels, offsets)
}

export function preparedSet(
  file: string,
  tokens: Int32Array,
  labels: Int32Array,
  offsets: Float64Array
): PreparedSet {
  if (labels.length !== tokens.length) throw broken(file, 'labels')
  const lengths: number[] = []
  for (let example = 1; example < offsets.length; example++) {
    const length = (offsets[example] as number) - (offsets[example - 1] as number)
    if (!(length > 0)) throw broken(file, 'offsets')
    lengths.push(length)
  }
  if (offsets[0] !== 0 || offsets.at(-1) !== tokens.length || lengths.length === 0)
    throw broken(file, 'offsets')
  return { tokens, labels, offsets, lengths }
}

/** These examples laid end to end. */
export function batchOf(set: PreparedSet, examples: readonly number[]): Batch {
  const lengths = Int32Array.from(examples, (example) => set.lengths[example] as number)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const tokens = new Int32Array(total)
  const labels = new Int32Array(total)
  let at = 0
  for (const example of examples) {
    const first = set.offsets[example] as number
    const end = set.offsets[example + 1] as number
    tokens.set(set.tokens.subarray(first, end), at)
    labels.set(set.labels.subarray(first, end), at)
    at += end - first
  }
  return { tokens, labels, lengths }
}

interface Tensor {
  readonly dtype: string
  readonly bytes: Uint8Array
}

function readTensors(file: string, bytes: Uint8Array): Map<string, Tensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerBytes = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : Infinity
  if (headerBytes > bytes.length - 8) throw broken(file, 'cut')
  const data = bytes.subarray(8 + headerBytes)
  const tensors = new Map<string, Tensor>()
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))) as Record<
      string,
      { dtype: string; data_offsets: [number, number] }
    >
    for (const [name, { dtype, data_offsets }] of Object.entries(header)) {
      if (name === '__metadata__') continue
      const [first, end] = data_offsets
      if (!(first >= 0 && first <= end && end <= data.length)) throw new RangeError(name)
      tensors.set(name, { dtype, bytes: data.subarray(first, end) })
    }
  } catch {
    throw broken(file, 'header')
  }
  return tensors
}

/** A copy in a buffer of its own, so that a typed array may start at its first byte. */
function tensorBytes(
  file: string,
  tensors: Map<string, Tensor>,
  name: string,
  dtype: 'I32' | 'I64'
): ArrayBuffer {
  const tensor = tensors.get(name)
  const size = dtype === 'I32' ? 4 : 8
  if (!tensor || tensor.dtype !== dtype || tensor.bytes.length % size !== 0) throw broken(file, name)
  return Uint8Array.from(tensor.bytes).buffer
}

function broken(file: string, what: string): NeiroError {
  return new NeiroError(
    'RUN_BROKEN',
    `The file ${basename(file)} of this run is missing or damaged.`,
    'Prepare the run again from its recipe; your data files are unchanged.',
    { file, name: basename(file), what }
  )
}
