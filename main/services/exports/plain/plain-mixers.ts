// What some models have in place of attention, in plain numbers, as Transformers computes it.
import type { Vector } from './plain-products'
import type { PlainDelta } from './plain-shape'

/** Each column by its own `kernel` weights over the last tokens; before the first is 0. */
export function convolved(
  rows: readonly Vector[],
  weights: Vector,
  kernel: number,
  biases: Vector | null
): Vector[] {
  return rows.map((row, t) => {
    const out = new Float64Array(row.length)
    for (let c = 0; c < row.length; c++) {
      let sum = biases?.[c] ?? 0
      for (let j = 0; j < kernel; j++)
        sum +=
          (weights[c * kernel + j] ?? NaN) *
          (t - kernel + 1 + j < 0 ? 0 : (rows[t - kernel + 1 + j]?.[c] ?? NaN))
      out[c] = sum
    }
    return out
  })
}

interface DeltaInputs {
  readonly q: readonly Vector[]
  readonly k: readonly Vector[]
  readonly v: readonly Vector[]
  readonly decay: readonly Vector[]
  readonly learn: readonly Vector[]
  readonly logRate: Vector
  readonly shift: Vector
}

/** The gated delta rule (Yang et al. 2024): of each value head a state that fades, learns and is asked, token by token. */
export function deltaRule(inputs: DeltaInputs, shape: PlainDelta): Vector[] {
  const { keyHeads, valueHeads, keyDim, valueDim } = shape
  const out = inputs.v.map((row) => new Float64Array(row.length))
  for (let head = 0; head < valueHeads; head++) {
    const at = Math.floor(head / (valueHeads / keyHeads)) * keyDim
    const state = Array.from({ length: keyDim }, () => new Float64Array(valueDim))
    for (const [t, result] of out.entries()) {
      const query = unit(inputs.q[t], at, keyDim).map((value) => value / Math.sqrt(keyDim))
      const key = unit(inputs.k[t], at, keyDim)
      const z = (inputs.decay[t]?.[head] ?? NaN) + (inputs.shift[head] ?? NaN)
      const softplus = z > 20 ? z : Math.log1p(Math.exp(z))
      const keep = Math.exp(-Math.exp(inputs.logRate[head] ?? NaN) * softplus)
      const learn = 1 / (1 + Math.exp(-(inputs.learn[t]?.[head] ?? NaN)))
      for (const row of state) for (let j = 0; j < valueDim; j++) row[j] = (row[j] as number) * keep
      for (let j = 0; j < valueDim; j++) {
        const remembered = state.reduce((sum, row, i) => sum + (row[j] as number) * (key[i] as number), 0)
        const change = learn * ((inputs.v[t]?.[head * valueDim + j] ?? NaN) - remembered)
        state.forEach((row, i) => (row[j] = (row[j] as number) + (key[i] as number) * change))
        result[head * valueDim + j] = state.reduce(
          (sum, row, i) => sum + (row[j] as number) * (query[i] as number),
          0
        )
      }
    }
  }
  return out
}

/** Part of a row, of length 1. */
function unit(row: Vector | undefined, from: number, size: number): Float64Array {
  const part = Float64Array.from({ length: size }, (_, i) => row?.[from + i] ?? NaN)
  const squares = part.reduce((sum, value) => sum + value * value, 0)
  return part.map((value) => value / Math.sqrt(squares + 1e-6))
}
