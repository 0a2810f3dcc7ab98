// Shapes of real models, as their config.json says. Weights are made up: speed and memory do not depend on
// what a model knows.
export interface Shape {
  readonly name: string
  readonly modelType: 'llama' | 'qwen2' | 'qwen3'
  readonly hidden: number
  readonly intermediate: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly headDim: number
  readonly vocab: number
  readonly tied: boolean
  readonly theta: number
  readonly positions: number
  readonly epsilon: number
  readonly ropeScaling?: Readonly<Record<string, number | string>>
}

export const shapes: readonly Shape[] = [
  {
    name: 'SmolLM2-135M',
    modelType: 'llama',
    hidden: 576,
    intermediate: 1536,
    layers: 30,
    heads: 9,
    kvHeads: 3,
    headDim: 64,
    vocab: 49152,
    tied: true,
    theta: 100_000,
    positions: 8192,
    epsilon: 1e-5
  },
  {
    name: 'Qwen2.5-0.5B',
    modelType: 'qwen2',
    hidden: 896,
    intermediate: 4864,
    layers: 24,
    heads: 14,
    kvHeads: 2,
    headDim: 64,
    vocab: 151_936,
    tied: true,
    theta: 1_000_000,
    positions: 32_768,
    epsilon: 1e-6
  },
  {
    name: 'Sarashina2.2-0.5B',
    modelType: 'llama',
    hidden: 1280,
    intermediate: 4480,
    layers: 24,
    heads: 16,
    kvHeads: 8,
    headDim: 80,
    vocab: 102_400,
    tied: false,
    theta: 500_000,
    positions: 8192,
    epsilon: 1e-5
  },
  {
    name: 'Qwen3-1.7B',
    modelType: 'qwen3',
    hidden: 2048,
    intermediate: 6144,
    layers: 28,
    heads: 16,
    kvHeads: 8,
    headDim: 128,
    vocab: 151_936,
    tied: true,
    theta: 1_000_000,
    positions: 40_960,
    epsilon: 1e-6
  },
  {
    name: 'Llama-3.1-8B',
    modelType: 'llama',
    hidden: 4096,
    intermediate: 14_336,
    layers: 32,
    heads: 32,
    kvHeads: 8,
    headDim: 128,
    vocab: 128_256,
    tied: false,
    theta: 500_000,
    positions: 131_072,
    epsilon: 1e-5,
    ropeScaling: {
      rope_type: 'llama3',
      factor: 8,
      low_freq_factor: 1,
      high_freq_factor: 4,
      original_max_position_embeddings: 8192
    }
  }
]

/** Tensor names and shapes in file order. One number: a norm or a bias. */
export function tensorsOf(shape: Shape): (readonly [string, readonly number[]])[] {
  const { hidden, intermediate, headDim } = shape
  const q = shape.heads * headDim
  const kv = shape.kvHeads * headDim
  const layer = (i: number): (readonly [string, readonly number[]])[] => {
    const at = (name: string): string => `model.layers.${i}.${name}`
    return [
      [at('input_layernorm.weight'), [hidden]],
      [at('self_attn.q_proj.weight'), [q, hidden]],
      [at('self_attn.k_proj.weight'), [kv, hidden]],
      [at('self_attn.v_proj.weight'), [kv, hidden]],
      [at('self_attn.o_proj.weight'), [hidden, q]],
      ...(shape.modelType === 'qwen2'
        ? ([
            [at('self_attn.q_proj.bias'), [q]],
            [at('self_attn.k_proj.bias'), [kv]],
            [at('self_attn.v_proj.bias'), [kv]]
          ] as const)
        : []),
      ...(shape.modelType === 'qwen3'
        ? ([
            [at('self_attn.q_norm.weight'), [headDim]],
            [at('self_attn.k_norm.weight'), [headDim]]
          ] as const)
        : []),
      [at('post_attention_layernorm.weight'), [hidden]],
      [at('mlp.gate_proj.weight'), [intermediate, hidden]],
      [at('mlp.up_proj.weight'), [intermediate, hidden]],
      [at('mlp.down_proj.weight'), [hidden, intermediate]]
    ]
  }
  return [
    ['model.embed_tokens.weight', [shape.vocab, hidden]],
    ...Array.from({ length: shape.layers }, (_, i) => layer(i)).flat(),
    ['model.norm.weight', [hidden]],
    ...(shape.tied ? [] : ([['lm_head.weight', [shape.vocab, hidden]]] as const))
  ]
}

export function configOf(shape: Shape): Record<string, unknown> {
  const names = { llama: 'LlamaForCausalLM', qwen2: 'Qwen2ForCausalLM', qwen3: 'Qwen3ForCausalLM' }
  return {
    architectures: [names[shape.modelType]],
    model_type: shape.modelType,
    hidden_size: shape.hidden,
    intermediate_size: shape.intermediate,
    num_hidden_layers: shape.layers,
    num_attention_heads: shape.heads,
    num_key_value_heads: shape.kvHeads,
    head_dim: shape.headDim,
    vocab_size: shape.vocab,
    tie_word_embeddings: shape.tied,
    rope_theta: shape.theta,
    rope_scaling: shape.ropeScaling ?? null,
    max_position_embeddings: shape.positions,
    rms_norm_eps: shape.epsilon,
    hidden_act: 'silu',
    torch_dtype: 'bfloat16',
    bos_token_id: 1,
    eos_token_id: 2
  }
}
