// Llama in plain numbers to hold the engine's to: the plain model of the exports (main/services/exports/plain), which shares
// nothing with the engine, on tensors in memory.
import type { Tensors } from '../fixtures/safetensors'
import { floats } from '../fixtures/safetensors'
import { plainConfig } from '../../main/services/exports/plain/plain-config'
import { plainLogits, softmax } from '../../main/services/exports/plain/plain-model'
import type { PlainTensors } from '../../main/services/exports/plain/stored-tensors'

export interface LlamaSizes {
  readonly hidden: number
  readonly intermediate: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly headDim: number
  readonly vocab: number
  readonly theta: number
  readonly epsilon: number
}

export function configOf(s: LlamaSizes): Readonly<Record<string, unknown>> {
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    hidden_act: 'silu',
    hidden_size: s.hidden,
    intermediate_size: s.intermediate,
    num_hidden_layers: s.layers,
    num_attention_heads: s.heads,
    num_key_value_heads: s.kvHeads,
    head_dim: s.headDim,
    vocab_size: s.vocab,
    max_position_embeddings: 128,
    rms_norm_eps: s.epsilon,
    rope_theta: s.theta,
    tie_word_embeddings: false
  }
}

/** As the plain model asks for them. */
export const inMemory = (tensors: Tensors): PlainTensors => ({
  find: (name) => {
    const tensor = tensors.get(name)
    return tensor ? { dtype: tensor.dtype as 'F32', shape: tensor.shape } : null
  },
  async *rows(name, from, to) {
    const tensor = tensors.get(name)
    if (!tensor) return
    const width = tensor.shape.at(-1) ?? 1
    yield { first: from, values: floats(tensor).subarray(from * width, to * width) }
  }
})

/** Logits after every token of one text. */
export async function llamaLogits(
  tensors: Tensors,
  sizes: LlamaSizes,
  tokens: readonly number[]
): Promise<number[][]> {
  const parts = {
    config: plainConfig(configOf(sizes)),
    tensors: inMemory(tensors),
    pause: async () => undefined
  }
  return (await plainLogits(tokens, parts, 'all')).map((row) => Array.from(row))
}

/** -log p of the learnt tokens: position i predicts the token behind it. */
export function nllSum(logits: readonly (readonly number[])[], labels: readonly number[]): number {
  return labels.slice(1).reduce((sum, label, i) => {
    if (label === -100) return sum
    return sum - Math.log(softmax(logits[i] ?? [])[label] ?? NaN)
  }, 0)
}
