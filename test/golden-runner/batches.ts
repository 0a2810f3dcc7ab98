// Padded rows of a case turned into what the engine takes: examples end to end, and expected rows with the
// padding taken out.
import type { Batch } from '../../addon/index'
import { floats, integers, tensorOf, type Tensors } from '../fixtures/safetensors'

export interface Ragged extends Batch {
  /** rows and columns of the padded original, and how much of each row is real */
  readonly columns: number
}

/** Padding stands on the right; a mask of all ones where the case gives none. */
export function raggedBatch(inputs: Tensors, prefix: string): Ragged {
  const ids = tensorOf(inputs, `${prefix}input_ids`)
  const [rows = 0, columns = 0] = ids.shape
  const tokens = integers(ids)
  const mask = inputs.has(`${prefix}attention_mask`)
    ? integers(tensorOf(inputs, `${prefix}attention_mask`))
    : new Int32Array(tokens.length).fill(1)
  const labels = inputs.has(`${prefix}labels`)
    ? integers(tensorOf(inputs, `${prefix}labels`))
    : new Int32Array(tokens.length).fill(-100)
  const lengths: number[] = []
  const kept: number[] = []
  for (let row = 0; row < rows; ++row) {
    const places = Array.from({ length: columns }, (_, column) => row * columns + column)
    const real = places.filter((place) => mask[place] !== 0)
    if (real.some((place, i) => place !== places[i]))
      throw new Error(`${prefix} row ${row}: padding is not on the right`)
    if (places.slice(real.length).some((place) => labels[place] !== -100))
      throw new Error(`${prefix} row ${row}: padding has labels`)
    lengths.push(real.length)
    kept.push(...real)
  }
  return {
    tokens: Int32Array.from(kept, (place) => tokens[place] ?? 0),
    labels: Int32Array.from(kept, (place) => labels[place] ?? -100),
    lengths: Int32Array.from(lengths),
    columns
  }
}

/** Rows of a padded [rows, columns, width] tensor where the mask is 1, end to end. */
export function unpadded(tensors: Tensors, name: string, lengths: Int32Array): Float32Array {
  const tensor = tensorOf(tensors, name)
  const [, columns = 0, width = 0] = tensor.shape
  const values = floats(tensor)
  const parts = Array.from(lengths, (length, row) =>
    values.subarray(row * columns * width, (row * columns + length) * width)
  )
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Several batches laid end to end. */
export function endToEnd(batches: readonly Batch[]): Batch {
  const all = (key: 'tokens' | 'labels' | 'lengths'): Int32Array =>
    Int32Array.from(batches.flatMap((batch) => Array.from(batch[key])))
  return { tokens: all('tokens'), labels: all('labels'), lengths: all('lengths') }
}

/** PEFT says lora_A.default.weight inside the program and lora_A.weight in files, lora_magnitude_vector.default.weight
 *  and lora_magnitude_vector, score.modules_to_save.default.weight and score.weight, prompt_encoder.default.embedding
 *  .weight and prompt_embeddings; one spelling here. */
export const plainName = (name: string): string =>
  name
    .replace(/^prompt_encoder\.default\.embedding\.weight$/, 'prompt_embeddings')
    .replace('.modules_to_save.default.', '.')
    .replace(/\.default(?=\.|$)/, '')
    .replace(/(?<=lora_magnitude_vector)\.weight$/, '')

export function gradientsOf(expected: Tensors): Map<string, Float32Array> {
  const found = new Map<string, Float32Array>()
  for (const [name, tensor] of expected)
    if (name.startsWith('grad.')) found.set(plainName(name.slice('grad.'.length)), floats(tensor))
  return found
}

export const named = <T>(record: Readonly<Record<string, T>>): Map<string, T> =>
  new Map(Object.entries(record).map(([name, value]) => [plainName(name), value]))
