// What there is to be calculated: sizes, and the switches in which one decoder differs from another.
import type { Rotation } from './plain-rotation'

/** Where a layer norms: what it hears and what it adds, of attention and then of the feed-forward. */
export interface LayerNorms {
  readonly hears: string | null
  readonly heard: string | null
  readonly thinks: string | null
  readonly thought: string | null
}

/** What the parts of a layer are called, where it is not as in Llama. */
export interface PartNames {
  readonly o: string
  readonly q: string
  readonly k: string
  readonly block: string
  readonly gate: string
  readonly up: string
  readonly down: string
  /** the norm before the head */
  readonly last: string
}
export const llamaNames: PartNames = {
  o: 'o_proj',
  q: 'q_norm',
  k: 'k_norm',
  block: 'mlp',
  gate: 'gate_proj',
  up: 'up_proj',
  down: 'down_proj',
  last: 'model.norm'
}

/** A delta net's heads, and the tokens its convolution sees. */
export interface PlainDelta {
  readonly keyHeads: number
  readonly valueHeads: number
  readonly keyDim: number
  readonly valueDim: number
  readonly kernel: number
}

export interface PlainExperts {
  readonly count: number
  readonly chosen: number
  /** the weights of those that a token goes through sum to 1 */
  readonly alone: boolean
  /** by layer */
  readonly layers: readonly boolean[]
}

export interface PlainConfig {
  readonly hidden: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly headDim: number
  readonly vocab: number
  readonly epsilon: number
  /** norms multiply by this + w */
  readonly normBase: 0 | 1
  readonly norms: LayerNorms
  /** q_norm and k_norm before they are turned: over each head, or over all of a token's */
  readonly headNorms: 'head' | 'row' | null
  readonly embeddingScale: number
  /** of the scores */
  readonly attentionScale: number
  readonly attentionCap: number | null
  /** of what a block adds */
  readonly residualScale: number
  readonly logitScale: number
  readonly logitCap: number | null
  readonly activation: (z: number) => number
  /** by layer: tokens that are seen; null: all */
  readonly windows: readonly (number | null)[]
  /** by layer; null: this one does not turn */
  readonly rotations: readonly (Rotation | null)[]
  /** numbers of a head that are turned together: i with the one half of the turned part on, or with its neighbour */
  readonly pairs: 'halves' | 'neighbours'
  /** queries are multiplied by 1 + beta ln(1 + [position / positions]) */
  readonly queryGrowth: { readonly beta: number; readonly positions: number } | null
  /** q, k, v in one matrix; gate and up in one */
  readonly fused: { readonly qkv: boolean; readonly mlp: boolean }
  readonly biases: { readonly qkv: boolean; readonly o: boolean; readonly mlp: boolean }
  readonly tied: boolean
  readonly names: PartNames
  /** by layer, what brings its tokens together */
  readonly mixers: readonly ('attention' | 'conv' | 'delta')[]
  /** a short convolution: the tokens it sees, and whether it and its products add something */
  readonly conv: { readonly kernel: number; readonly bias: boolean } | null
  readonly delta: PlainDelta | null
  readonly experts: PlainExperts | null
  /** q_proj gives of each head a query and what its result is gated with */
  readonly gatedAttention: boolean
}
