// From the states of all tokens of some texts to one vector for each text.
import type { Pooling } from '../contract/trainer-protocol'

/** states: [tokens, size], texts end to end; returns [texts, size]. */
export function pooled(states: Float32Array, lengths: Int32Array, pooling: Pooling): Float32Array {
  const tokens = lengths.reduce((sum, length) => sum + length, 0)
  const size = states.length / tokens
  const all = new Float32Array(lengths.length * size)
  let first = 0
  lengths.forEach((length, text) => {
    const own = all.subarray(text * size, (text + 1) * size)
    if (pooling === 'cls') own.set(states.subarray(first * size, (first + 1) * size))
    else own.set(meanOf(states.subarray(first * size, (first + length) * size), size))
    first += length
  })
  return all
}

/** Summed in double: a long text has thousands of them. */
function meanOf(states: Float32Array, size: number): Float64Array {
  const sum = new Float64Array(size)
  for (let at = 0; at < states.length; at += size)
    for (let i = 0; i < size; i++) sum[i] = (sum[i] as number) + (states[at + i] as number)
  const tokens = states.length / size
  return sum.map((one) => one / tokens)
}
