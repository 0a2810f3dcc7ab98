// The families that are exported, a row each: what the class of this name in Transformers does where its config is silent,
// and which of the switches it has. Nothing of the engine's reading is used.
import { activation, geluTanh } from './plain-activation'
import { isObject, NotPlain, number, numberOrNone, type ConfigJson } from './plain-fields'
import { attentionBiases, before, every, noBiases, type Family } from './plain-family'
import { mixedFamilies } from './plain-mixed-families'
import type { LayerNorms, PlainConfig } from './plain-shape'

const behind: LayerNorms = {
  hears: null,
  heard: 'post_attention_layernorm',
  thinks: null,
  thought: 'post_feedforward_layernorm'
}
const around: LayerNorms = { ...behind, hears: 'input_layernorm', thinks: 'pre_feedforward_layernorm' }

const askedBiases = (config: ConfigJson): PlainConfig['biases'] => ({
  ...attentionBiases(config),
  mlp: config['mlp_bias'] === true
})

/** By the words of the config, else by the layer's place. */
function typedWindows(
  config: ConfigJson,
  layers: number,
  window: number | null,
  slides: (layer: number) => boolean
): readonly (number | null)[] {
  const typed = config['layer_types']
  if (!Array.isArray(typed)) return every(layers, null).map((_, i) => (slides(i) ? window : null))
  return typed.map((kind) => {
    if (kind !== 'sliding_attention' && kind !== 'full_attention') throw new NotPlain(String(kind))
    return kind === 'sliding_attention' ? window : null
  })
}

const everyButEach =
  (period: number) =>
  (layer: number): boolean =>
    (layer + 1) % period !== 0

/** Qwen: only where it is switched on, by layer type or from a layer on. */
function switchedWindows(config: ConfigJson, layers: number): readonly (number | null)[] {
  if (config['use_sliding_window'] !== true) return every(layers, null)
  const first = number(config, 'max_window_layers', 28)
  const window = numberOrNone(config, 'sliding_window', 4096)
  return typedWindows(config, layers, window, (layer) => layer >= first)
}

/** SmolLM3: every so many layers one does not turn, or as a list says. */
function smolTurns(config: ConfigJson, layers: number): readonly boolean[] {
  const list = config['no_rope_layers']
  if (Array.isArray(list)) return list.map((turns) => turns !== 0)
  return every(layers, null).map((_, layer) =>
    everyButEach(number(config, 'no_rope_layer_interval', 4))(layer)
  )
}

const gemma = (config: ConfigJson): Partial<PlainConfig> => {
  if (config['use_bidirectional_attention'] === true) throw new NotPlain('use_bidirectional_attention')
  return { normBase: 1, embeddingScale: Math.sqrt(number(config, 'hidden_size')), activation: geluTanh }
}

const laterGemma = (
  config: ConfigJson,
  usual: { readonly scores: number | null; readonly logits: number | null }
): Partial<PlainConfig> => ({
  ...gemma(config),
  activation: activation(config, 'hidden_activation', 'gelu_pytorch_tanh'),
  attentionScale: 1 / Math.sqrt(number(config, 'query_pre_attn_scalar', 256)),
  attentionCap: numberOrNone(config, 'attn_logit_softcapping', usual.scores),
  logitCap: numberOrNone(config, 'final_logit_softcapping', usual.logits)
})

const gemmaWindows = (config: ConfigJson, layers: number, period: number): readonly (number | null)[] =>
  typedWindows(config, layers, numberOrNone(config, 'sliding_window', 4096), everyButEach(period))

/** OLMo 2, and 3: norms behind both blocks and over all queries and keys of a token. */
const olmo = {
  positions: 2048,
  epsilon: 1e-5,
  norms: behind,
  biases: attentionBiases,
  more: () => ({ headNorms: 'row' as const })
}

export const families: Readonly<Record<string, Family>> = {
  llama: { positions: 2048, epsilon: 1e-6, norms: before, biases: askedBiases },
  mistral: {
    kvHeads: 8,
    positions: 131072,
    epsilon: 1e-6,
    norms: before,
    biases: () => noBiases,
    windows: (config, layers) => every(layers, numberOrNone(config, 'sliding_window', 4096))
  },
  ministral3: {
    kvHeads: 8,
    headDim: 128,
    positions: 262144,
    epsilon: 1e-5,
    rope: {
      rope_type: 'yarn',
      rope_theta: 1e6,
      factor: 16,
      original_max_position_embeddings: 16384,
      mscale: 1,
      mscale_all_dim: 1,
      llama_4_scaling_beta: 0.1
    },
    norms: before,
    biases: () => noBiases,
    windows: (config, layers) => every(layers, numberOrNone(config, 'sliding_window', null)),
    more: (config) => ({ queryGrowth: queryGrowth(config) })
  },
  qwen2: {
    kvHeads: 32,
    positions: 32768,
    epsilon: 1e-6,
    norms: before,
    biases: () => ({ ...noBiases, qkv: true }),
    windows: switchedWindows
  },
  qwen3: {
    kvHeads: 32,
    headDim: 128,
    positions: 32768,
    epsilon: 1e-6,
    norms: before,
    biases: attentionBiases,
    windows: switchedWindows,
    more: () => ({ headNorms: 'head' })
  },
  ...mixedFamilies,
  phi3: {
    positions: 4096,
    epsilon: 1e-5,
    norms: before,
    biases: () => noBiases,
    windows: (config, layers) => every(layers, numberOrNone(config, 'sliding_window', null)),
    more: () => ({ fused: { qkv: true, mlp: true } })
  },
  gemma: {
    kvHeads: 16,
    headDim: 256,
    positions: 8192,
    epsilon: 1e-6,
    tied: true,
    norms: before,
    biases: attentionBiases,
    more: gemma
  },
  gemma2: {
    kvHeads: 4,
    headDim: 256,
    positions: 8192,
    epsilon: 1e-6,
    tied: true,
    norms: around,
    biases: attentionBiases,
    windows: (config, layers) => gemmaWindows(config, layers, 2),
    more: (config) => laterGemma(config, { scores: 50, logits: 30 })
  },
  gemma3_text: {
    kvHeads: 4,
    headDim: 256,
    positions: 131072,
    epsilon: 1e-6,
    theta: 1e6,
    nearTheta: (config) => number(config, 'rope_local_base_freq', 1e4),
    tied: true,
    norms: around,
    biases: attentionBiases,
    windows: (config, layers) => gemmaWindows(config, layers, number(config, 'sliding_window_pattern', 6)),
    more: (config) => ({ ...laterGemma(config, { scores: null, logits: null }), headNorms: 'head' })
  },
  granite: {
    positions: 2048,
    epsilon: 1e-6,
    norms: before,
    biases: askedBiases,
    more: (config) => ({
      embeddingScale: number(config, 'embedding_multiplier', 1),
      attentionScale: number(config, 'attention_multiplier', 1),
      residualScale: number(config, 'residual_multiplier', 1),
      logitScale: 1 / number(config, 'logits_scaling', 1)
    })
  },
  olmo2: olmo,
  olmo3: {
    ...olmo,
    theta: 5e5,
    // of a base beside the ropes these layers hear nothing
    nearTheta: () => 5e5,
    windows: (config, layers) =>
      typedWindows(config, layers, numberOrNone(config, 'sliding_window', 4096), everyButEach(4))
  },
  smollm3: {
    kvHeads: 4,
    positions: 32768,
    epsilon: 1e-6,
    theta: 2e6,
    tied: true,
    norms: before,
    biases: askedBiases,
    windows: (config, layers) => {
      if (config['use_sliding_window'] !== true) return every(layers, null)
      const turns = smolTurns(config, layers)
      const window = numberOrNone(config, 'sliding_window', null)
      return typedWindows(config, layers, window, (layer) => turns[layer] === false)
    },
    turns: smolTurns
  },
  glm4: {
    kvHeads: 2,
    headDim: 128,
    positions: 131072,
    epsilon: 1.5625e-7,
    turned: 0.5,
    norms: { ...before, heard: 'post_self_attn_layernorm', thought: 'post_mlp_layernorm' },
    biases: (config) => ({ ...noBiases, qkv: config['attention_bias'] !== false }),
    more: () => ({ fused: { qkv: false, mlp: true }, pairs: 'neighbours' })
  },
  exaone4: {
    kvHeads: 32,
    positions: 2048,
    epsilon: 1e-5,
    norms: behind,
    biases: () => noBiases,
    windows: (config, layers) => {
      const window = numberOrNone(config, 'sliding_window', 4096)
      if (window === null) return every(layers, null)
      // a pattern in letters is not read there without its layer types
      const isTyped = Array.isArray(config['layer_types'])
      const period = isTyped ? 1 : number(config, 'sliding_window_pattern', 4)
      return typedWindows(config, layers, window, everyButEach(period))
    },
    // where some layers have a window, only these turn
    turns: (config, layers, windows) =>
      windows.map((window) => window !== null || numberOrNone(config, 'sliding_window', 4096) === null),
    more: () => ({ headNorms: 'head' })
  }
}

/** Queries grow with the logarithm of how often the original positions have passed (Llama 4, Ministral 3). */
function queryGrowth(config: ConfigJson): PlainConfig['queryGrowth'] {
  const rope = ropeOf(config)
  if (rope === null) return { beta: 0.1, positions: 16384 }
  return {
    beta: number(rope, 'llama_4_scaling_beta'),
    positions: number(rope, 'original_max_position_embeddings')
  }
}

/** The older word comes first where both say something. */
export function ropeOf(config: ConfigJson): ConfigJson | null {
  const said = [config['rope_scaling'], config['rope_parameters']].find(
    (rope) => isObject(rope) && Object.keys(rope).length > 0
  )
  return isObject(said) ? said : null
}
