// The starter's shape, in Hugging Face's words: a Llama small enough to be trained here in an hour and to be
// tuned in a minute.

export interface Shape {
  readonly hiddenSize: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly feedForward: number
  readonly vocabSize: number
  readonly maxPositions: number
}

export const shape: Shape = {
  hiddenSize: 256,
  layers: 4,
  heads: 4,
  kvHeads: 2,
  feedForward: 704,
  vocabSize: 4096,
  maxPositions: 1024
}

export function configJson(of: Shape, ids: { readonly pad: number; readonly end: number }): unknown {
  return {
    architectures: ['LlamaForCausalLM'],
    attention_bias: false,
    attention_dropout: 0,
    bos_token_id: null,
    dtype: 'bfloat16',
    eos_token_id: ids.end,
    head_dim: of.hiddenSize / of.heads,
    hidden_act: 'silu',
    hidden_size: of.hiddenSize,
    initializer_range: 0.02,
    intermediate_size: of.feedForward,
    max_position_embeddings: of.maxPositions,
    mlp_bias: false,
    model_type: 'llama',
    num_attention_heads: of.heads,
    num_hidden_layers: of.layers,
    num_key_value_heads: of.kvHeads,
    pad_token_id: ids.pad,
    rms_norm_eps: 1e-6,
    rope_theta: 10000,
    tie_word_embeddings: true,
    use_cache: true,
    vocab_size: of.vocabSize
  }
}

export function generationConfigJson(ids: { readonly pad: number; readonly end: number }): unknown {
  return { eos_token_id: [ids.end, ids.pad], pad_token_id: ids.pad, do_sample: false }
}

/** Every tensor of the model by its name in the file, with its shape. */
export function tensorShapes(of: Shape): ReadonlyMap<string, readonly number[]> {
  const head = of.hiddenSize / of.heads
  const tensors = new Map<string, readonly number[]>([
    ['model.embed_tokens.weight', [of.vocabSize, of.hiddenSize]]
  ])
  for (let layer = 0; layer < of.layers; layer++) {
    const add = (name: string, ...size: number[]): void => {
      tensors.set(`model.layers.${layer}.${name}.weight`, size)
    }
    add('input_layernorm', of.hiddenSize)
    add('self_attn.q_proj', of.heads * head, of.hiddenSize)
    add('self_attn.k_proj', of.kvHeads * head, of.hiddenSize)
    add('self_attn.v_proj', of.kvHeads * head, of.hiddenSize)
    add('self_attn.o_proj', of.hiddenSize, of.heads * head)
    add('post_attention_layernorm', of.hiddenSize)
    add('mlp.gate_proj', of.feedForward, of.hiddenSize)
    add('mlp.up_proj', of.feedForward, of.hiddenSize)
    add('mlp.down_proj', of.hiddenSize, of.feedForward)
  }
  tensors.set('model.norm.weight', [of.hiddenSize])
  return tensors
}
