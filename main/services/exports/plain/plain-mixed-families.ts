// The families whose layers are not all of one kind: convolutions, delta nets or experts beside attention and one block.
import { activation } from './plain-activation'
import { attentionBiases, before, every, noBiases, type Family } from './plain-family'
import { NotPlain, number, numberOrNone, type ConfigJson } from './plain-fields'
import { llamaNames, type PlainConfig } from './plain-shape'

/** LFM2 without the words of its later form: the numbers of the layers that attend. */
function lfmMixers(config: ConfigJson, layers: number): PlainConfig['mixers'] {
  const attending = config['full_attn_idxs']
  return Array.isArray(attending)
    ? every(layers, null).map((_, layer) => (attending.includes(layer) ? 'attention' : 'conv'))
    : every(layers, null).map(() => 'attention')
}

/** By the words of the config; where it has none, as the family has it. */
function typedMixers(
  config: ConfigJson,
  words: Readonly<Record<string, PlainConfig['mixers'][number]>>,
  usual: () => PlainConfig['mixers']
): PlainConfig['mixers'] {
  const typed = config['layer_types']
  if (!Array.isArray(typed)) return usual()
  return typed.map((kind) => {
    const mixer = words[String(kind)]
    if (!mixer) throw new NotPlain(String(kind))
    return mixer
  })
}

/** Qwen3-MoE: every so many layers, but for those of a list. */
function expertLayers(config: ConfigJson, layers: number): readonly boolean[] {
  const without = config['mlp_only_layers']
  const period = number(config, 'decoder_sparse_step', 1)
  return every(layers, null).map(
    (_, layer) => (layer + 1) % period === 0 && !(Array.isArray(without) && without.includes(layer))
  )
}

export const mixedFamilies: Readonly<Record<string, Family>> = {
  qwen3_moe: {
    kvHeads: 4,
    positions: 32768,
    epsilon: 1e-6,
    norms: before,
    biases: attentionBiases,
    windows: (config, layers) =>
      every(
        layers,
        config['use_sliding_window'] === true ? numberOrNone(config, 'sliding_window', 4096) : null
      ),
    more: (config, layers) => ({
      headNorms: 'head',
      experts: {
        count: number(config, 'num_local_experts', number(config, 'num_experts', 128)),
        chosen: number(config, 'num_experts_per_tok', 8),
        alone: config['norm_topk_prob'] === true,
        layers: expertLayers(config, layers)
      }
    })
  },
  qwen3_5_text: {
    kvHeads: 4,
    headDim: 256,
    positions: 32768,
    epsilon: 1e-6,
    turned: 0.25,
    norms: before,
    biases: attentionBiases,
    more: (config, layers) => ({
      headNorms: 'head',
      normBase: 1,
      gatedAttention: true,
      mixers: typedMixers(config, { full_attention: 'attention', linear_attention: 'delta' }, () => {
        const period = number(config, 'full_attention_interval', 4)
        return every(layers, null).map((_, layer) => ((layer + 1) % period === 0 ? 'attention' : 'delta'))
      }),
      delta: {
        keyHeads: number(config, 'linear_num_key_heads', 16),
        valueHeads: number(config, 'linear_num_value_heads', 32),
        keyDim: number(config, 'linear_key_head_dim', 128),
        valueDim: number(config, 'linear_value_head_dim', 128),
        kernel: number(config, 'linear_conv_kernel_dim', 4)
      }
    })
  },
  lfm2: {
    positions: 128000,
    epsilon: 1e-5,
    theta: 1e6,
    tied: true,
    norms: { ...before, hears: 'operator_norm', thinks: 'ffn_norm' },
    biases: () => noBiases,
    more: (config, layers) => ({
      headNorms: 'head',
      epsilon: number(config, 'norm_eps', 1e-5),
      tied: (config['tie_embedding'] ?? config['tie_word_embeddings'] ?? true) === true,
      activation: activation({}, 'hidden_act', 'silu'),
      names: {
        ...llamaNames,
        o: 'out_proj',
        q: 'q_layernorm',
        k: 'k_layernorm',
        block: 'feed_forward',
        gate: 'w1',
        up: 'w3',
        down: 'w2',
        last: 'model.embedding_norm'
      },
      mixers: typedMixers(config, { full_attention: 'attention', conv: 'conv' }, () =>
        lfmMixers(config, layers)
      ),
      conv: { kernel: number(config, 'conv_L_cache', 3), bias: config['conv_bias'] === true }
    })
  }
}
