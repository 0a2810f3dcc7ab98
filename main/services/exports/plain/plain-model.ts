// A transformer once more, in plain numbers: every sum in double, no tiles, no cache, no batches, as Transformers computes
// it (Touvron et al. 2023; Gemma 2 and 3; Phi-3). It holds the engine's numbers to a reading of their own; nothing of
// the engine is used here.
import type { PlainConfig } from './plain-config'
import type { PlainTensors } from './stored-tensors'

export class MissingTensor extends Error {
  constructor(readonly tensor: string) {
    super(tensor)
  }
}

/** What an adapter adds to W x: scale * B (A x), by the module's whole name. */
export interface PlainAdapter {
  readonly scaleOf: (module: string) => number | null
  readonly tensors: PlainTensors
  readonly names: (module: string) => { readonly a: string; readonly b: string }
}

interface Parts {
  readonly config: PlainConfig
  readonly tensors: PlainTensors
  readonly adapter?: PlainAdapter | undefined
  /** called now and then: lets others go on, and throws where this must stop */
  readonly pause: () => Promise<void>
}

type Vector = Float64Array

/** Logits [vocab] behind the last of `tokens`, or behind each. */
export async function plainLogits(
  tokens: readonly number[],
  parts: Parts,
  which: 'last' | 'all' = 'last'
): Promise<readonly Vector[]> {
  const { config, tensors } = parts
  const model = new PlainModel(parts)
  let rows = await model.embed(tokens)
  for (let layer = 0; layer < config.layers; layer++) rows = await model.layer(layer, rows)
  const asked = which === 'last' ? rows.slice(-1) : rows
  const normed = await model.norm('model.norm', asked)
  // a head of its own in the file is believed before the config
  const head = config.tied && !tensors.find('lm_head.weight') ? 'model.embed_tokens' : 'lm_head'
  const logits = await model.matrix(head, normed, config.vocab, false)
  const { logitCap } = config
  return logitCap === null ? logits : logits.map((row) => row.map((z) => logitCap * Math.tanh(z / logitCap)))
}

class PlainModel {
  constructor(private readonly parts: Parts) {}

  async embed(tokens: readonly number[]): Promise<Vector[]> {
    const { tensors, config } = this.parts
    const name = 'model.embed_tokens.weight'
    if (!tensors.find(name)) throw new MissingTensor(name)
    const rows: Vector[] = []
    for (const token of tokens) {
      const row = new Float64Array(config.hidden)
      for await (const { values } of tensors.rows(name, token, token + 1))
        for (let i = 0; i < row.length; i++) row[i] = (values[i] ?? NaN) * config.embeddingScale
      rows.push(row)
    }
    return rows
  }

  /** [tokens][hidden] -> the same behind one layer */
  async layer(layer: number, rows: readonly Vector[]): Promise<Vector[]> {
    const { normsAfter } = this.parts.config
    const at = `model.layers.${layer}`
    const mixed = await this.attention(layer, await this.norm(`${at}.input_layernorm`, rows))
    const heard = normsAfter ? await this.norm(`${at}.post_attention_layernorm`, mixed) : mixed
    const between = rows.map((row, i) => added(row, heard[i]))
    const before = normsAfter ? 'pre_feedforward_layernorm' : 'post_attention_layernorm'
    const thought = await this.feedForward(`${at}.mlp`, await this.norm(`${at}.${before}`, between))
    const said = normsAfter ? await this.norm(`${at}.post_feedforward_layernorm`, thought) : thought
    return between.map((row, i) => added(row, said[i]))
  }

  /** x / rms(x) * (base + w) (Zhang & Sennrich 2019), over the whole row or over each head of it */
  async norm(name: string, rows: readonly Vector[], width?: number): Promise<Vector[]> {
    const { epsilon, normBase } = this.parts.config
    const weight = await this.vector(`${name}.weight`)
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
    const { config } = this.parts
    const { heads, kvHeads, headDim, biases, normsHeads } = config
    const at = `model.layers.${layer}.self_attn`
    const [wide, narrow] = [heads * headDim, kvHeads * headDim]
    const [rawQ, rawK, v] = await this.split(
      at,
      'qkv_proj',
      ['q_proj', 'k_proj', 'v_proj'],
      rows,
      [wide, narrow, narrow],
      biases.qkv
    )
    const normed = (name: string, heard: Vector[] = []): Promise<Vector[]> | Vector[] =>
      normsHeads ? this.norm(`${at}.${name}`, heard, headDim) : heard
    const [q, k] = [await normed('q_norm', rawQ), await normed('k_norm', rawK)]
    const turns = config.frequencies[layer] ?? new Float64Array(0)
    const queries = q.map((row, position) => turned(row, position, headDim, turns))
    const keys = k.map((row, position) => turned(row, position, headDim, turns))
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
    return this.matrix(`${at}.o_proj`, mixed, config.hidden, biases.o)
  }

  private async feedForward(at: string, rows: readonly Vector[]): Promise<Vector[]> {
    const { config, tensors } = this.parts
    const { mlp } = config.biases
    const shape = tensors.find(`${at}.down_proj.weight`)?.shape
    if (!shape) throw new MissingTensor(`${at}.down_proj.weight`)
    const inner = shape[1] ?? 0
    const [gate, up] = await this.split(
      at,
      'gate_up_proj',
      ['gate_proj', 'up_proj'],
      rows,
      [inner, inner],
      mlp
    )
    const gated = (gate ?? []).map((row, i) =>
      row.map((z, j) => config.activation(z) * (up?.[i]?.[j] ?? NaN))
    )
    return this.matrix(`${at}.down_proj`, gated, config.hidden, mlp)
  }

  /** Several products of the same rows: by a matrix each, or by one that holds them one under another. */
  private async split(
    at: string,
    fused: string,
    names: readonly string[],
    rows: readonly Vector[],
    sizes: readonly number[],
    bias: boolean
  ): Promise<Vector[][]> {
    if (!this.parts.config.fused) {
      const all: Vector[][] = []
      for (const [i, name] of names.entries())
        all.push(await this.matrix(`${at}.${name}`, rows, sizes[i] ?? 0, bias))
      return all
    }
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const whole = await this.matrix(`${at}.${fused}`, rows, total, bias)
    let from = 0
    return sizes.map((size) => {
      const part = whole.map((row) => row.slice(from, from + size))
      from += size
      return part
    })
  }

  /** y = W x (+ b) (+ what an adapter adds), W [out, in] row by row */
  async matrix(module: string, rows: readonly Vector[], out: number, bias: boolean): Promise<Vector[]> {
    const { tensors, adapter } = this.parts
    const result = await this.product(tensors, `${module}.weight`, rows, out)
    if (bias) {
      const values = await this.vector(`${module}.bias`)
      for (const row of result) for (let i = 0; i < out; i++) row[i] = (row[i] ?? NaN) + (values[i] ?? NaN)
    }
    const scale = adapter?.scaleOf(module) ?? null
    if (!adapter || scale === null) return result
    const { a, b } = adapter.names(module)
    const rank = adapter.tensors.find(a)?.shape[0] ?? 0
    const low = await this.product(adapter.tensors, a, rows, rank)
    const more = await this.product(adapter.tensors, b, low, out)
    return result.map((row, t) => row.map((value, i) => value + scale * (more[t]?.[i] ?? NaN)))
  }

  private async product(
    tensors: PlainTensors,
    name: string,
    rows: readonly Vector[],
    out: number
  ): Promise<Vector[]> {
    const place = tensors.find(name)
    const width = rows[0]?.length ?? 0
    if (!place) throw new MissingTensor(name)
    if (place.shape[0] !== out || place.shape[1] !== width)
      throw new MissingTensor(`${name} [${out}, ${width}]`)
    const result = rows.map(() => new Float64Array(out))
    for await (const { first, values } of tensors.rows(name, 0, out)) {
      const count = values.length / width
      rows.forEach((x, t) => {
        const y = result[t] as Vector
        for (let o = 0; o < count; o++) {
          let sum = 0
          const at = o * width
          for (let i = 0; i < width; i++) sum += (values[at + i] as number) * (x[i] as number)
          y[first + o] = sum
        }
      })
      await this.parts.pause()
    }
    return result
  }

  private async vector(name: string): Promise<Vector> {
    if (!this.parts.tensors.find(name)) throw new MissingTensor(name)
    for await (const { values } of this.parts.tensors.rows(name, 0, 1)) return Float64Array.from(values)
    throw new MissingTensor(name)
  }
}

const added = (a: Vector, b: Vector | undefined): Vector => a.map((value, i) => value + (b?.[i] ?? NaN))

/** Of each head the pairs (i, i + D / 2) turned by position * turns[i] ("rotate half"); the rest as it is. */
function turned(row: Vector, position: number, headDim: number, turns: Vector): Vector {
  const out = Float64Array.from(row)
  const half = turns.length
  for (let head = 0; head < row.length; head += headDim)
    for (let i = 0; i < half; i++) {
      const angle = position * (turns[i] ?? NaN)
      const [x, y] = [row[head + i] ?? NaN, row[head + half + i] ?? NaN]
      out[head + i] = x * Math.cos(angle) - y * Math.sin(angle)
      out[head + half + i] = y * Math.cos(angle) + x * Math.sin(angle)
    }
  return out
}

export function softmax(scores: ArrayLike<number>): number[] {
  const values = Array.from(scores)
  const top = values.reduce((most, score) => Math.max(most, score), -Infinity)
  const powers = values.map((score) => Math.exp(score - top))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
