// A transformer once more, in plain numbers: no tiles, no cache, no batches, as Transformers computes it (Touvron et al. 2023,
// and whoever changed a switch of it). It holds the engine's numbers to a reading of their own; nothing of the engine is
// used here.
import { PlainProducts, type PlainAdapter, type Vector } from './plain-products'
import type { Rotation } from './plain-rotation'
import type { PlainConfig } from './plain-shape'
import type { PlainTensors } from './stored-tensors'

interface Parts {
  readonly config: PlainConfig
  readonly tensors: PlainTensors
  readonly adapter?: PlainAdapter | undefined
  /** called now and then: lets others go on, and throws where this must stop */
  readonly pause: () => Promise<void>
}

/** Logits [vocab] behind the last of `tokens`, or behind each. */
export async function plainLogits(
  tokens: readonly number[],
  { config, tensors, adapter, pause }: Parts,
  which: 'last' | 'all' = 'last'
): Promise<readonly Vector[]> {
  const products = new PlainProducts(tensors, adapter, pause)
  const model = new PlainModel(config, products)
  let rows = await model.embed(tokens)
  for (let layer = 0; layer < config.layers; layer++) rows = await model.layer(layer, rows)
  const asked = which === 'last' ? rows.slice(-1) : rows
  const normed = await model.norm('model.norm', asked)
  // a head of its own in the file is believed before the config
  const head = config.tied && !products.has('lm_head.weight') ? 'model.embed_tokens' : 'lm_head'
  const logits = await products.matrix(head, normed, config.vocab, false)
  const { logitCap, logitScale } = config
  return logits.map((row) =>
    row.map((z) => (logitCap === null ? z * logitScale : logitCap * Math.tanh((z * logitScale) / logitCap)))
  )
}

class PlainModel {
  constructor(
    private readonly config: PlainConfig,
    private readonly products: PlainProducts
  ) {}

  async embed(tokens: readonly number[]): Promise<Vector[]> {
    const rows: Vector[] = []
    for (const token of tokens) {
      const row = await this.products.row('model.embed_tokens', token)
      rows.push(row.map((value) => value * this.config.embeddingScale))
    }
    return rows
  }

  /** [tokens][hidden] -> the same behind one layer */
  async layer(layer: number, rows: readonly Vector[]): Promise<Vector[]> {
    const { norms, residualScale } = this.config
    const at = `model.layers.${layer}`
    const normed = async (name: string | null, some: readonly Vector[]): Promise<readonly Vector[]> =>
      name === null ? some : await this.norm(`${at}.${name}`, some)
    const sum = (old: readonly Vector[], more: readonly Vector[]): Vector[] =>
      old.map((row, t) => row.map((value, i) => value + residualScale * (more[t]?.[i] ?? NaN)))
    const heard = await this.attention(layer, await normed(norms.hears, rows))
    const between = sum(rows, await normed(norms.heard, heard))
    const thought = await this.feedForward(`${at}.mlp`, await normed(norms.thinks, between))
    return sum(between, await normed(norms.thought, thought))
  }

  /** x / rms(x) * (base + w) (Zhang & Sennrich 2019), over the whole row or over each head of it */
  async norm(name: string, rows: readonly Vector[], width?: number): Promise<Vector[]> {
    const { epsilon, normBase } = this.config
    const weight = await this.products.vector(`${name}.weight`)
    return rows.map((row) => {
      const size = width ?? row.length
      const out = new Float64Array(row.length)
      for (let from = 0; from < row.length; from += size) {
        let sum = 0
        for (let i = from; i < from + size; i++) sum += (row[i] ?? NaN) ** 2
        const scale = 1 / Math.sqrt(sum / size + epsilon)
        for (let i = 0; i < size; i++)
          out[from + i] = (row[from + i] ?? NaN) * scale * (normBase + (weight[i] ?? NaN))
      }
      return out
    })
  }

  private async attention(layer: number, rows: readonly Vector[]): Promise<Vector[]> {
    const { heads, kvHeads, headDim, biases, headNorms, fused, queryGrowth, ...config } = this.config
    const at = `model.layers.${layer}.self_attn`
    const [wide, narrow] = [heads * headDim, kvHeads * headDim]
    const [rawQ, rawK, v] = await this.split(
      at,
      ['q_proj', 'k_proj', 'v_proj'],
      fused.qkv ? 'qkv_proj' : null,
      rows,
      [wide, narrow, narrow],
      biases.qkv
    )
    const normed = (name: string, some: Vector[] = []): Promise<Vector[]> | Vector[] =>
      headNorms === null ? some : this.norm(`${at}.${name}`, some, headNorms === 'head' ? headDim : undefined)
    const turned = (some: Vector[]): Vector[] => this.turned(some, config.rotations[layer] ?? null)
    const keys = turned(await normed('k_norm', rawK))
    const queries = turned(await normed('q_norm', rawQ)).map((row, position) => {
      if (queryGrowth === null) return row
      const { beta, positions } = queryGrowth
      const growth = 1 + beta * Math.log(1 + Math.floor(position / positions))
      return row.map((value) => value * growth)
    })
    const mixed = queries.map((query, i) => {
      const out = new Float64Array(wide)
      const from = Math.max(0, i + 1 - (config.windows[layer] ?? Infinity))
      for (let h = 0; h < heads; h++) {
        const shared = Math.floor((h * kvHeads) / heads) * headDim
        const scores: number[] = []
        for (let j = from; j <= i; j++) {
          let score = 0
          for (let d = 0; d < headDim; d++)
            score += (query[h * headDim + d] ?? NaN) * (keys[j]?.[shared + d] ?? NaN)
          score *= config.attentionScale
          scores.push(
            config.attentionCap === null
              ? score
              : config.attentionCap * Math.tanh(score / config.attentionCap)
          )
        }
        softmax(scores).forEach((share, j) => {
          for (let d = 0; d < headDim; d++)
            out[h * headDim + d] = (out[h * headDim + d] ?? 0) + share * (v?.[from + j]?.[shared + d] ?? NaN)
        })
      }
      return out
    })
    return this.products.matrix(`${at}.o_proj`, mixed, config.hidden, biases.o)
  }

  private async feedForward(at: string, rows: readonly Vector[]): Promise<Vector[]> {
    const { biases, fused, activation, hidden } = this.config
    const inner = this.products.width(`${at}.down_proj.weight`)
    const [gate, up] = await this.split(
      at,
      ['gate_proj', 'up_proj'],
      fused.mlp ? 'gate_up_proj' : null,
      rows,
      [inner, inner],
      biases.mlp
    )
    const gated = (gate ?? []).map((row, i) => row.map((z, j) => activation(z) * (up?.[i]?.[j] ?? NaN)))
    return this.products.matrix(`${at}.down_proj`, gated, hidden, biases.mlp)
  }

  /** Several products of the same rows: by a matrix each, or by one that holds them one under another. */
  private async split(
    at: string,
    names: readonly string[],
    fused: string | null,
    rows: readonly Vector[],
    sizes: readonly number[],
    bias: boolean
  ): Promise<Vector[][]> {
    if (fused === null) {
      const all: Vector[][] = []
      for (const [i, name] of names.entries())
        all.push(await this.products.matrix(`${at}.${name}`, rows, sizes[i] ?? 0, bias))
      return all
    }
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const whole = await this.products.matrix(`${at}.${fused}`, rows, total, bias)
    let from = 0
    return sizes.map((size) => {
      const part = whole.map((row) => row.slice(from, from + size))
      from += size
      return part
    })
  }

  /** The pairs of each head turned by position * turns; the rest of a head, and rows without rotation, as they are. */
  private turned(rows: Vector[], rotation: Rotation | null): Vector[] {
    if (rotation === null) return rows
    const { headDim, pairs } = this.config
    const turns = rotation.turns(rows.length)
    const half = turns.length
    const [step, apart] = pairs === 'halves' ? [1, half] : [2, 1]
    return rows.map((row, position) => {
      const out = Float64Array.from(row)
      for (let head = 0; head < row.length; head += headDim)
        for (let pair = 0; pair < half; pair++) {
          const at = head + pair * step
          const angle = position * (turns[pair] ?? NaN)
          const [x, y] = [row[at] ?? NaN, row[at + apart] ?? NaN]
          out[at] = rotation.size * (x * Math.cos(angle) - y * Math.sin(angle))
          out[at + apart] = rotation.size * (y * Math.cos(angle) + x * Math.sin(angle))
        }
      return out
    })
  }
}

export function softmax(scores: ArrayLike<number>): number[] {
  const values = Array.from(scores)
  const top = values.reduce((most, score) => Math.max(most, score), -Infinity)
  const powers = values.map((score) => Math.exp(score - top))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
