// What config.json says of a model, by the rules of Transformers.
import { activation } from './plain-activation'
import { families, ropeOf } from './plain-families'
import type { Family } from './plain-family'
import { isObject, NotPlain, number, numberOrNone, type ConfigJson } from './plain-fields'
import { rotation, type Rotated, type Rotation } from './plain-rotation'
import { llamaNames, type PlainConfig } from './plain-shape'

/** Throws NotPlain. */
export function plainConfig(config: ConfigJson): PlainConfig {
  const type = String(config['model_type'])
  const family = families[type]
  if (!family) throw new NotPlain(type)
  const [hidden, layers, heads] = [
    number(config, 'hidden_size'),
    number(config, 'num_hidden_layers'),
    number(config, 'num_attention_heads')
  ]
  const headDim = numberOrNone(config, 'head_dim', family.headDim ?? null) ?? hidden / heads
  const windows = family.windows?.(config, layers) ?? Array.from({ length: layers }, () => null)
  const turns = family.turns?.(config, layers, windows)
  const ropes = rotations(config, family, headDim, windows)
  return {
    hidden,
    layers,
    heads,
    kvHeads: numberOrNone(config, 'num_key_value_heads', family.kvHeads ?? null) ?? heads,
    headDim,
    vocab: number(config, 'vocab_size'),
    epsilon: number(config, 'rms_norm_eps', family.epsilon),
    normBase: 0,
    norms: family.norms,
    headNorms: null,
    embeddingScale: 1,
    attentionScale: 1 / Math.sqrt(headDim),
    attentionCap: null,
    residualScale: 1,
    logitScale: 1,
    logitCap: null,
    activation: activation(config, 'hidden_act', 'silu'),
    windows,
    rotations: ropes.map((rope, layer) => (turns?.[layer] === false ? null : rope)),
    pairs: 'halves',
    queryGrowth: null,
    fused: { qkv: false, mlp: false },
    biases: family.biases(config),
    tied: (config['tie_word_embeddings'] ?? family.tied) === true,
    names: llamaNames,
    mixers: Array.from({ length: layers }, () => 'attention' as const),
    conv: null,
    delta: null,
    experts: null,
    gatedAttention: false,
    ...family.more?.(config, layers)
  }
}

function rotations(
  config: ConfigJson,
  family: Family,
  headDim: number,
  windows: readonly (number | null)[]
): readonly Rotation[] {
  const rope = ropeOf(config) ?? family.rope ?? {}
  const made = (theta: number, own: ConfigJson): Rotated => ({
    theta,
    width: Math.floor(
      headDim *
        number(own, 'partial_rotary_factor', number(config, 'partial_rotary_factor', family.turned ?? 1))
    ),
    positions: number(config, 'max_position_embeddings', family.positions),
    original: numberOrNone(config, 'original_max_position_embeddings', null)
  })
  const theta = number(config, 'rope_theta', family.theta ?? 1e4)
  if (!family.nearTheta) {
    const one = rotation(rope, made(theta, rope))
    return windows.map(() => one)
  }
  const { far, near } = typedRopes(config)
  const [wide, local] = [
    rotation(far, made(theta, far)),
    rotation(near, made(family.nearTheta(config), near))
  ]
  return windows.map((window) => (window === null ? wide : local))
}

/** Of layers that see all and of layers with a window; what stands in the older word is of the first alone. */
function typedRopes(config: ConfigJson): { readonly far: ConfigJson; readonly near: ConfigJson } {
  const [typed, older] = [config['rope_parameters'] ?? {}, config['rope_scaling'] ?? {}]
  if (!isObject(typed) || !isObject(older)) throw new NotPlain('rope_parameters')
  const [far, near] = [typed['full_attention'] ?? {}, typed['sliding_attention'] ?? {}]
  const others = Object.keys(typed).filter(
    (name) => name !== 'full_attention' && name !== 'sliding_attention'
  )
  if (!isObject(far) || !isObject(near) || others.length > 0) throw new NotPlain('rope_parameters')
  return { far: { ...far, ...older }, near }
}
