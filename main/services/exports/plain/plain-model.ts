// A transformer once more, in plain numbers: no tiles, no cache, no batches, as Transformers computes it (Touvron et al. 2023,
// and whoever changed a switch of it). It holds the engine's numbers to a reading of their own; nothing of the engine is
// used here.
import { convolved, deltaRule } from './plain-mixers'
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
  const normed = await model.norm(config.names.last, asked)
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
    const heard = await this.mixed(layer, await normed(norms.hears, rows))
    const between = sum(rows, await normed(norms.heard, heard))
    const asked = await normed(norms.thinks, between)
    const block = `${at}.${this.config.names.block}`
    const thought = this.config.experts?.layers[layer]
      ? await this.experts(block, asked)
      : await this.feedForward(block, asked)
    return sum(between, await normed(norms.thought, thought))
  }

  /** x / rms(x) * (base + w) (Zhang & Sennrich 2019), over the whole row or over each head of it */
  async norm(
    name: string,
    rows: readonly Vector[],
    width?: number,
    normBase: number = this.config.normBase
  ): Promise<Vector[]> {
    const { epsilon } = this.config
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

  /** What brings the tokens together in this layer. */
  private mixed(layer: number, rows: readonly Vector[]): Promise<Vector[]> {
    switch (this.config.mixers[layer]) {
      case 'conv':
        return this.shortConv(`model.layers.${layer}.conv`, rows)
      case 'delta':
        return this.deltaNet(`model.layers.${layer}.linear_attn`, rows)
      default:
        return this.attention(layer, rows)
    }
  }

  /** out(c * conv(b * x)) of [b, c, x] = in (LFM2) */
  private async shortConv(at: string, rows: readonly Vector[]): Promise<Vector[]> {
    const { hidden, conv } = this.config
    const { kernel, bias } = conv ?? { kernel: 0, bias: false }
    const parts = await this.products.matrix(`${at}.in_proj`, rows, 3 * hidden, bias)
    const inside = parts.map((row) => row.slice(0, hidden).map((b, i) => b * (row[2 * hidden + i] ?? NaN)))
    const weights = await this.products.values(`${at}.conv.weight`)
    const biases = bias ? await this.products.vector(`${at}.conv.bias`) : null
    const product = convolved(inside, weights, kernel, biases).map((row, t) =>
      row.map((value, i) => value * (parts[t]?.[hidden + i] ?? NaN))
    )
    return this.products.matrix(`${at}.out_proj`, product, hidden, bias)
  }

  /** The gated delta net (Yang et al. 2024; Qwen3.5) */
  private async deltaNet(at: string, rows: readonly Vector[]): Promise<Vector[]> {
    const { delta, hidden } = this.config
    if (!delta) throw new Error('a delta net without its sizes')
    const { keyHeads, valueHeads, keyDim, valueDim, kernel } = delta
    const [keys, values] = [keyHeads * keyDim, valueHeads * valueDim]
    const matrix = (name: string, out: number): Promise<Vector[]> =>
      this.products.matrix(`${at}.${name}`, rows, out, false)
    const raw = await matrix('in_proj_qkv', 2 * keys + values)
    const weights = await this.products.values(`${at}.conv1d.weight`)
    const qkv = convolved(raw, weights, kernel, null).map((row) => row.map((z) => z / (1 + Math.exp(-z))))
    const gate = await matrix('in_proj_z', values)
    const mixed = deltaRule(
      {
        q: qkv.map((row) => row.slice(0, keys)),
        k: qkv.map((row) => row.slice(keys, 2 * keys)),
        v: qkv.map((row) => row.slice(2 * keys)),
        decay: await matrix('in_proj_a', valueHeads),
        learn: await matrix('in_proj_b', valueHeads),
        logRate: await this.products.vector(`${at}.A_log`),
        shift: await this.products.vector(`${at}.dt_bias`)
      },
      delta
    )
    const normed = await this.norm(`${at}.norm`, mixed, valueDim, 0)
    const product = normed.map((row, t) =>
      row.map((value, i) => {
        const z = gate[t]?.[i] ?? NaN
        return (value * z) / (1 + Math.exp(-z))
      })
    )
    return this.products.matrix(`${at}.out_proj`, product, hidden, false)
  }

  /** Each token through its few likeliest experts (Shazeer et al. 2017). */
  private async experts(at: string, rows: readonly Vector[]): Promise<Vector[]> {
    const { experts, hidden } = this.config
    if (!experts) throw new Error('experts without their number')
    const logits = await this.products.matrix(`${at}.gate`, rows, experts.count, false)
    const chosen = logits.map((row) => {
      const shares = softmax(row)
      const best = shares
        .map((share, expert) => ({ share, expert }))
        .sort((a, b) => b.share - a.share || a.expert - b.expert)
        .slice(0, experts.chosen)
      const sum = experts.alone ? best.reduce((total, { share }) => total + share, 0) : 1
      return new Map(best.map(({ share, expert }) => [expert, share / sum]))
    })
    const out = rows.map(() => new Float64Array(hidden))
    for (let expert = 0; expert < experts.count; expert++) {
      const own = rows.flatMap((_, t) => (chosen[t]?.has(expert) ? [t] : []))
      if (!own.length) continue
      const gave = await this.feedForward(
        `${at}.experts.${expert}`,
        own.map((t) => rows[t] ?? new Float64Array())
      )
      own.forEach((t, i) => {
        const share = chosen[t]?.get(expert) ?? NaN
        gave[i]?.forEach((value, c) => ((out[t] as Float64Array)[c]! += share * value))
      })
    }
    return out
  }

  private async attention(layer: number, rows: readonly Vector[]): Promise<Vector[]> {
    const { heads, kvHeads, headDim, biases, headNorms, fused, queryGrowth, names, ...config } = this.config
    const at = `model.layers.${layer}.self_attn`
    const [wide, narrow] = [heads * headDim, kvHeads * headDim]
    const [both, rawK, v] = await this.split(
      at,
      ['q_proj', 'k_proj', 'v_proj'],
      fused.qkv ? 'qkv_proj' : null,
      rows,
      [config.gatedAttention ? 2 * wide : wide, narrow, narrow],
      biases.qkv
    )
    const [rawQ, gates] = config.gatedAttention ? headHalves(both ?? [], headDim) : [both, null]
    const normed = (name: string, some: Vector[] = []): Promise<Vector[]> | Vector[] =>
      headNorms === null ? some : this.norm(`${at}.${name}`, some, headNorms === 'head' ? headDim : undefined)
    const turned = (some: Vector[]): Vector[] => this.turned(some, config.rotations[layer] ?? null)
    const keys = turned(await normed(names.k, rawK))
    const queries = turned(await normed(names.q, rawQ)).map((row, position) => {
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
    const result = mixed.map((row, t) =>
      gates === null ? row : row.map((value, i) => value / (1 + Math.exp(-(gates[t]?.[i] ?? NaN))))
    )
    return this.products.matrix(`${at}.${names.o}`, result, config.hidden, biases.o)
  }

  private async feedForward(at: string, rows: readonly Vector[]): Promise<Vector[]> {
    const { biases, fused, activation, hidden, names } = this.config
    const inner = this.products.width(`${at}.${names.down}.weight`)
    const [gate, up] = await this.split(
      at,
      [names.gate, names.up],
      fused.mlp ? 'gate_up_proj' : null,
      rows,
      [inner, inner],
      biases.mlp
    )
    const gated = (gate ?? []).map((row, i) => row.map((z, j) => activation(z) * (up?.[i]?.[j] ?? NaN)))
    return this.products.matrix(`${at}.${names.down}`, gated, hidden, biases.mlp)
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

/** Rows of [heads][2][dim] as the first and as the second of each head. */
function headHalves(rows: readonly Vector[], dim: number): [Vector[], Vector[]] {
  const half = (which: number): Vector[] =>
    rows.map((row) => {
      const out = new Float64Array(row.length / 2)
      for (let i = 0; i < out.length; i++)
        out[i] = row[Math.floor(i / dim) * 2 * dim + which * dim + (i % dim)] ?? NaN
      return out
    })
  return [half(0), half(1)]
}

export function softmax(scores: ArrayLike<number>): number[] {
  const values = Array.from(scores)
  const top = values.reduce((most, score) => Math.max(most, score), -Infinity)
  const powers = values.map((score) => Math.exp(score - top))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
