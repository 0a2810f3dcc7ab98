// Turns a llama2.c checkpoint (7 int32, then float32 tensors) into a Hugging Face folder, and its tokenizer
// into a list of pieces. For the test beside it; no part of the product.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { float32, writeSafetensors, type Tensor } from '../fixtures/safetensors'

export function convert(checkpoint: string, dir: string): void {
  const bytes = readFileSync(checkpoint)
  const [dim = 0, hidden = 0, layers = 0, heads = 0, kvHeads = 0, signedVocab = 0, context = 0] = Array.from(
    { length: 7 },
    (_, i) => bytes.readInt32LE(4 * i)
  )
  const vocab = Math.abs(signedVocab)
  const headDim = dim / heads
  const kvDim = kvHeads * headDim
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + 28, bytes.byteOffset + bytes.length))
  let at = 0
  const take = (n: number): Float32Array => values.subarray(at, (at += n))
  const perLayer = (n: number): Float32Array[] => Array.from({ length: layers }, () => take(n))

  // in the order of the file
  const embedding = take(vocab * dim)
  const attentionNorm = perLayer(dim)
  const q = perLayer(dim * dim)
  const k = perLayer(kvDim * dim)
  const v = perLayer(kvDim * dim)
  const o = perLayer(dim * dim)
  const mlpNorm = perLayer(dim)
  const gate = perLayer(hidden * dim)
  const down = perLayer(dim * hidden)
  const up = perLayer(hidden * dim)
  const finalNorm = take(dim)
  take(context * headDim) // tables of cosines and sines: computed from theta here
  const ownHead = signedVocab < 0
  const head = ownHead ? take(vocab * dim) : embedding
  if (at !== values.length) throw new Error(`${values.length - at} numbers are left over`)

  const tensors: Record<string, Tensor> = {
    'model.embed_tokens.weight': float32(embedding, [vocab, dim]),
    'model.norm.weight': float32(finalNorm, [dim])
  }
  if (ownHead) tensors['lm_head.weight'] = float32(head, [vocab, dim])
  for (let i = 0; i < layers; ++i) {
    const add = (name: string, data: Float32Array | undefined, shape: number[]): void => {
      tensors[`model.layers.${i}.${name}.weight`] = float32(data ?? [], shape)
    }
    add('input_layernorm', attentionNorm[i], [dim])
    add('self_attn.q_proj', halves(q[i], headDim, dim), [dim, dim])
    add('self_attn.k_proj', halves(k[i], headDim, dim), [kvDim, dim])
    add('self_attn.v_proj', v[i], [kvDim, dim])
    add('self_attn.o_proj', o[i], [dim, dim])
    add('post_attention_layernorm', mlpNorm[i], [dim])
    add('mlp.gate_proj', gate[i], [hidden, dim])
    add('mlp.up_proj', up[i], [hidden, dim])
    add('mlp.down_proj', down[i], [dim, hidden])
  }
  mkdirSync(dir, { recursive: true })
  writeSafetensors(join(dir, 'model.safetensors'), tensors, { format: 'pt' })
  const config = {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    hidden_size: dim,
    intermediate_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    num_key_value_heads: kvHeads,
    vocab_size: vocab,
    max_position_embeddings: context,
    rms_norm_eps: 1e-5,
    rope_theta: 10000,
    hidden_act: 'silu',
    tie_word_embeddings: !ownHead,
    bos_token_id: 1,
    eos_token_id: 2,
    torch_dtype: 'float32'
  }
  writeFileSync(join(dir, 'config.json'), JSON.stringify(config))
}

/** llama2.c rotates neighbours (2j, 2j + 1) of a head, Hugging Face the halves (j, j + headDim / 2). */
function halves(weight: Float32Array | undefined, headDim: number, columns: number): Float32Array {
  if (!weight) return new Float32Array()
  const result = new Float32Array(weight.length)
  for (let row = 0; row < weight.length / columns; ++row) {
    const inHead = row % headDim
    const pair = inHead % (headDim / 2)
    const from = row - inHead + 2 * pair + (inHead < headDim / 2 ? 0 : 1)
    result.set(weight.subarray(from * columns, (from + 1) * columns), row * columns)
  }
  return result
}

/** Pieces by id: one int32 (longest), then for each a float32 score, an int32 length and its bytes. */
export function readPieces(file: string): Buffer[] {
  const bytes = readFileSync(file)
  const pieces: Buffer[] = []
  for (let at = 4; at < bytes.length;) {
    const length = bytes.readInt32LE(at + 4)
    const piece = bytes.subarray(at + 8, at + 8 + length)
    const raw = /^<0x([0-9A-F]{2})>$/.exec(piece.toString('latin1'))
    pieces.push(raw ? Buffer.from(raw[1] ?? '', 'hex') : piece)
    at += 8 + length
  }
  return pieces
}
