// What config.json says of a model, by the rules of Transformers: the families that are exported, each in the words of its
// own class there. Nothing of the engine's reading is used.

export type ConfigJson = Readonly<Record<string, unknown>>

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
  readonly embeddingScale: number
  /** of the scores */
  readonly attentionScale: number
  readonly attentionCap: number | null
  readonly logitCap: number | null
  readonly activation: (z: number) => number
  /** by layer: tokens that are seen; null: all */
  readonly windows: readonly (number | null)[]
  /** by layer: turns of each pair of a head per position */
  readonly frequencies: readonly Float64Array[]
  /** q_norm and k_norm over a head, before it is turned */
  readonly normsHeads: boolean
  /** what a block adds is normed too (Gemma 2 and 3) */
  readonly normsAfter: boolean
  /** q, k, v in one matrix, gate and up in another (Phi-3) */
  readonly fused: boolean
  readonly biases: { readonly qkv: boolean; readonly o: boolean; readonly mlp: boolean }
  readonly tied: boolean
}

/** Thrown where this reading does not know what the config asks for; `what` names it. */
export class NotPlain extends Error {
  constructor(readonly what: string) {
    super(what)
  }
}

interface Family {
  readonly kvHeads?: number
  readonly headDim?: number
  readonly positions: number
  readonly epsilon: number
  readonly more: (config: ConfigJson, layers: number) => Partial<PlainConfig>
}

const silu = (z: number): number => z / (1 + Math.exp(-z))
const geluTanh = (z: number): number =>
  0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)))
const activations: Readonly<Record<string, (z: number) => number>> = {
  silu,
  swish: silu,
  gelu_pytorch_tanh: geluTanh,
  gelu_new: geluTanh
}

const attentionBias = (config: ConfigJson): PlainConfig['biases'] => {
  const all = config['attention_bias'] === true
  return { qkv: all, o: all, mlp: config['mlp_bias'] === true }
}
const every = (layers: number, window: number | null): (number | null)[] =>
  Array.from({ length: layers }, () => window)

const families: Readonly<Record<string, Family>> = {
  llama: { positions: 2048, epsilon: 1e-6, more: (config) => ({ biases: attentionBias(config) }) },
  mistral: {
    kvHeads: 8,
    positions: 131072,
    epsilon: 1e-6,
    more: (config, layers) => ({ windows: every(layers, number(config, 'sliding_window', 4096)) })
  },
  qwen2: {
    kvHeads: 32,
    positions: 32768,
    epsilon: 1e-6,
    more: (config, layers) => ({
      biases: { qkv: true, o: false, mlp: false },
      windows: switchedWindows(config, layers)
    })
  },
  qwen3: {
    kvHeads: 32,
    headDim: 128,
    positions: 32768,
    epsilon: 1e-6,
    more: (config, layers) => ({
      biases: { ...attentionBias(config), mlp: false },
      normsHeads: true,
      windows: switchedWindows(config, layers)
    })
  },
  phi3: {
    positions: 4096,
    epsilon: 1e-5,
    more: (config, layers) => ({
      fused: true,
      windows: every(layers, number(config, 'sliding_window', null))
    })
  },
  gemma: { kvHeads: 16, headDim: 256, positions: 8192, epsilon: 1e-6, more: (config) => gemma(config) },
  gemma2: {
    kvHeads: 4,
    headDim: 256,
    positions: 8192,
    epsilon: 1e-6,
    more: (config, layers) => laterGemma(config, layers, { scores: 50, logits: 30, period: 2 })
  },
  gemma3_text: {
    kvHeads: 4,
    headDim: 256,
    positions: 131072,
    epsilon: 1e-6,
    more: (config, layers) => ({
      ...laterGemma(config, layers, {
        scores: null,
        logits: null,
        period: number(config, 'sliding_window_pattern', 6) ?? 6
      }),
      normsHeads: true
    })
  }
}

export function plainConfig(config: ConfigJson): PlainConfig {
  const type = String(config['model_type'])
  const family = families[type]
  if (!family) throw new NotPlain(type)
  const size = (name: string, fallback?: number): number => {
    const value = number(config, name, fallback ?? null)
    if (value === null) throw new NotPlain(name)
    return value
  }
  const [hidden, layers, heads] = [
    size('hidden_size'),
    size('num_hidden_layers'),
    size('num_attention_heads')
  ]
  const headDim = size('head_dim', family.headDim ?? hidden / heads)
  const plain: Omit<PlainConfig, 'frequencies'> = {
    hidden,
    layers,
    heads,
    kvHeads: size('num_key_value_heads', family.kvHeads ?? heads),
    headDim,
    vocab: size('vocab_size'),
    epsilon: size('rms_norm_eps', family.epsilon),
    normBase: 0,
    embeddingScale: 1,
    attentionScale: 1 / Math.sqrt(headDim),
    attentionCap: null,
    logitCap: null,
    activation: activation(config, 'hidden_act', 'silu'),
    windows: every(layers, null),
    normsHeads: false,
    normsAfter: false,
    fused: false,
    biases: { qkv: false, o: false, mlp: false },
    tied: config['tie_word_embeddings'] === true,
    ...family.more(config, layers)
  }
  return { ...plain, frequencies: frequenciesOf(config, type, plain.windows, headDim) }
}

function number(config: ConfigJson, name: string, fallback: number | null): number | null {
  if (!(name in config)) return fallback
  const value = config[name]
  return typeof value === 'number'
    ? value
    : name === 'sliding_window' || name.endsWith('softcapping')
      ? null
      : fallback
}

function activation(config: ConfigJson, name: string, fallback: string): (z: number) => number {
  const said = String(config[name] ?? fallback)
  const known = activations[said]
  if (!known) throw new NotPlain(said)
  return known
}

function gemma(config: ConfigJson): Partial<PlainConfig> {
  return {
    normBase: 1,
    embeddingScale: Math.sqrt(Number(config['hidden_size'])),
    activation: geluTanh,
    biases: { ...attentionBias(config), mlp: false },
    tied: config['tie_word_embeddings'] !== false
  }
}

function laterGemma(
  config: ConfigJson,
  layers: number,
  usual: { readonly scores: number | null; readonly logits: number | null; readonly period: number }
): Partial<PlainConfig> {
  const window = number(config, 'sliding_window', 4096)
  const typed = config['layer_types']
  const windows = Array.isArray(typed)
    ? typed.map((kind) => (kind === 'sliding_attention' ? window : null))
    : every(layers, null).map((_, layer) => ((layer + 1) % usual.period === 0 ? null : window))
  return {
    ...gemma(config),
    activation: activation(config, 'hidden_activation', 'gelu_pytorch_tanh'),
    normsAfter: true,
    attentionScale: 1 / Math.sqrt(number(config, 'query_pre_attn_scalar', 256) ?? 256),
    attentionCap: number(config, 'attn_logit_softcapping', usual.scores),
    logitCap: number(config, 'final_logit_softcapping', usual.logits),
    windows
  }
}

/** Qwen: only where it is switched on, by layer type or from a layer on. */
function switchedWindows(config: ConfigJson, layers: number): (number | null)[] {
  if (config['use_sliding_window'] !== true) return every(layers, null)
  const window = number(config, 'sliding_window', 4096)
  const typed = config['layer_types']
  if (Array.isArray(typed)) return typed.map((kind) => (kind === 'sliding_attention' ? window : null))
  const first = number(config, 'max_window_layers', 28) ?? 28
  return every(layers, null).map((_, layer) => (layer >= first ? window : null))
}

function frequenciesOf(
  config: ConfigJson,
  type: string,
  windows: readonly (number | null)[],
  headDim: number
): readonly Float64Array[] {
  const said = config['rope_parameters'] ?? config['rope_scaling']
  const rope = isObject(said) ? said : {}
  const share = number(rope, 'partial_rotary_factor', null) ?? number(config, 'partial_rotary_factor', 1) ?? 1
  const rotary = Math.floor(headDim * share)
  const theta = number(config, 'rope_theta', type === 'gemma3_text' ? 1e6 : 1e4) ?? 1e4
  if (type !== 'gemma3_text') {
    const all = turns(rope, config, theta, rotary)
    return windows.map(() => all)
  }
  const [full, sliding] = [rope['full_attention'], rope['sliding_attention']]
  const far = turns(isObject(full) ? full : isObject(sliding) ? {} : rope, config, theta, rotary)
  const local = number(config, 'rope_local_base_freq', 1e4) ?? 1e4
  const near = turns(isObject(sliding) ? sliding : {}, config, local, rotary)
  return windows.map((window) => (window === null ? far : near))
}

/** Angle per position of each pair: theta^(-2 i / D), stretched as the config says (Su et al. 2021; Llama 3.1). */
function turns(rope: ConfigJson, config: ConfigJson, theta: number, rotary: number): Float64Array {
  const base = number(rope, 'rope_theta', theta) ?? theta
  const kind = String(rope['rope_type'] ?? rope['type'] ?? 'default')
  const factor = number(rope, 'factor', 1) ?? 1
  const plain = Float64Array.from({ length: rotary / 2 }, (_, i) => base ** ((-2 * i) / rotary))
  // the second one stretches beyond the positions that the model was made for only
  if (kind === 'default' || kind === 'dynamic') return plain
  if (kind === 'linear') return plain.map((turn) => turn / factor)
  if (kind !== 'llama3') throw new NotPlain(`rope ${kind}`)
  const original =
    number(rope, 'original_max_position_embeddings', null) ??
    number(config, 'max_position_embeddings', 2048) ??
    2048
  const [low, high] = [number(rope, 'low_freq_factor', 1) ?? 1, number(rope, 'high_freq_factor', 4) ?? 4]
  return plain.map((turn) => {
    const wavelength = (2 * Math.PI) / turn
    if (wavelength < original / high) return turn
    if (wavelength > original / low) return turn / factor
    const smooth = (original / wavelength - low) / (high - low)
    return ((1 - smooth) * turn) / factor + smooth * turn
  })
}

const isObject = (value: unknown): value is ConfigJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
