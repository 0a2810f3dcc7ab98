// Llama once more, in plain numbers: an implementation of its own to hold the engine's to. Every sum in double, no
// tiles, no cache, no batches; nothing of the engine is used here. Touvron et al. 2023, as Transformers computes it.
import type { Tensors } from '../fixtures/safetensors'
import { floats, tensorOf } from '../fixtures/safetensors'

export interface LlamaSizes {
  readonly hidden: number
  readonly intermediate: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly headDim: number
  readonly vocab: number
  readonly theta: number
  readonly epsilon: number
}

type Row = readonly number[]

/** y = W x, W[out, in] row by row. */
export function product(weight: ArrayLike<number>, x: Row, out: number): number[] {
  return Array.from({ length: out }, (_, o) =>
    x.reduce((sum, value, i) => sum + (weight[o * x.length + i] ?? NaN) * value, 0)
  )
}

/** x / rms(x) * w (Zhang & Sennrich 2019) */
export function rmsNorm(x: Row, weight: ArrayLike<number>, epsilon: number): number[] {
  const mean = x.reduce((sum, value) => sum + value * value, 0) / x.length
  return x.map((value, i) => (value / Math.sqrt(mean + epsilon)) * (weight[i] ?? NaN))
}

/** Pairs (i, i + D / 2) turned by position / theta^(2 i / D) (Su et al. 2021, "rotate half"). */
export function rotate(x: Row, position: number, theta: number): number[] {
  const half = x.length / 2
  return x.map((value, i) => {
    const angle = position / theta ** ((2 * (i % half)) / x.length)
    const partner = i < half ? -(x[i + half] ?? NaN) : (x[i - half] ?? NaN)
    return value * Math.cos(angle) + partner * Math.sin(angle)
  })
}

export function softmax(scores: Row): number[] {
  const top = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - top))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

const silu = (z: number): number => z / (1 + Math.exp(-z))
const add = (a: Row, b: Row): number[] => a.map((value, i) => value + (b[i] ?? NaN))
const dot = (a: Row, b: Row): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0)

/** Logits after every token of one text. */
export function llamaLogits(tensors: Tensors, sizes: LlamaSizes, tokens: readonly number[]): number[][] {
  const weight = (name: string): Float32Array => floats(tensorOf(tensors, `${name}.weight`))
  const { hidden, heads, kvHeads, headDim, epsilon } = sizes
  const table = weight('model.embed_tokens')
  let rows: number[][] = tokens.map((token) =>
    Array.from(table.subarray(token * hidden, (token + 1) * hidden))
  )
  for (let layer = 0; layer < sizes.layers; ++layer) {
    const of = (name: string): Float32Array => weight(`model.layers.${layer}.${name}`)
    const project = (name: string, x: Row[], out: number): number[][] => {
      const matrix = of(name)
      return x.map((row) => product(matrix, row, out))
    }
    const first = of('input_layernorm')
    const normed = rows.map((row) => rmsNorm(row, first, epsilon))
    const head = (row: Row, h: number): number[] => row.slice(h * headDim, (h + 1) * headDim)
    const q = project('self_attn.q_proj', normed, heads * headDim)
    const k = project('self_attn.k_proj', normed, kvHeads * headDim)
    const v = project('self_attn.v_proj', normed, kvHeads * headDim)
    const turned = (all: number[][], h: number): number[][] =>
      all.map((row, position) => rotate(head(row, h), position, sizes.theta))
    const mixed: number[][] = rows.map(() => [])
    for (let h = 0; h < heads; ++h) {
      const shared = Math.floor((h * kvHeads) / heads)
      const queries = turned(q, h)
      const keys = turned(k, shared)
      queries.forEach((query, i) => {
        const seen = keys.slice(0, i + 1)
        const share = softmax(seen.map((key) => dot(query, key) / Math.sqrt(headDim)))
        for (let d = 0; d < headDim; ++d)
          mixed[i]?.push(
            share.reduce((sum, part, j) => sum + part * (v[j]?.[shared * headDim + d] ?? NaN), 0)
          )
      })
    }
    const attended = project('self_attn.o_proj', mixed, hidden)
    rows = rows.map((row, i) => add(row, attended[i] ?? []))
    const second = of('post_attention_layernorm')
    const before = rows.map((row) => rmsNorm(row, second, epsilon))
    const gate = project('mlp.gate_proj', before, sizes.intermediate)
    const up = project('mlp.up_proj', before, sizes.intermediate)
    const gated = gate.map((row, i) => row.map((z, j) => silu(z) * (up[i]?.[j] ?? NaN)))
    const down = project('mlp.down_proj', gated, hidden)
    rows = rows.map((row, i) => add(row, down[i] ?? []))
  }
  const last = weight('model.norm')
  const matrix = weight('lm_head')
  return rows.map((row) => product(matrix, rmsNorm(row, last, epsilon), sizes.vocab))
}

/** -log p of the learnt tokens: position i predicts the token behind it. */
export function nllSum(logits: readonly Row[], labels: readonly number[]): number {
  return labels.slice(1).reduce((sum, label, i) => {
    if (label === -100) return sum
    return sum - Math.log(softmax(logits[i] ?? [])[label] ?? NaN)
  }, 0)
}
