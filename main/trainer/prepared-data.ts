// Reads the tokenised examples of a run folder (a safetensors file, see PreparedData). It is small beside a
// model: it is held in memory. Written by services/runs/prepared-file.ts.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ExampleSet } from '../batches/example-set'
import { NeiroError } from '../contract/errors'

export async function readPrepared(file: string): Promise<ExampleSet> {
  const bytes = await readFile(file).catch(() => {
    throw broken(file, 'missing')
  })
  const tensors = readTensors(file, bytes)
  const tokens = new Int32Array(tensorBytes(file, tensors, 'tokens', 'I32'))
  const labels = new Int32Array(tensorBytes(file, tensors, 'labels', 'I32'))
  const offsets = Float64Array.from(new BigInt64Array(tensorBytes(file, tensors, 'offsets', 'I64')), Number)
  return checkedSet(file, tokens, labels, offsets)
}

function checkedSet(file: string, tokens: Int32Array, labels: Int32Array, offsets: Float64Array): ExampleSet {
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
  return new NeiroError('RUN_BROKEN', { file, name: basename(file), what })
}
