// What the fuzzing of the engine's readers begins with: small files of each kind, right as they stand, and the words
// that the readers look for.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GgufBytes } from '../../fixtures/gguf-bytes'
import { count, float32, headerBytes, type Tensor } from '../../fixtures/safetensors'

export const readers = [
  'json',
  'safetensors',
  'gguf',
  'config',
  'index',
  'adapter_config',
  'adapter',
  'state'
] as const
export type Reader = (typeof readers)[number]

const root = resolve(import.meta.dirname, '../../..')

/** Files of the golden cases by name, small ones. */
function golden(name: string, most = 8000): Buffer[] {
  return ['test/golden', 'test/golden-2'].flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith(`/${name}`))
      .map((path) => join(root, dir, path))
      .filter((path) => statSync(path).size <= most)
      .sort()
      .map((path) => readFileSync(path))
  )
}

function safetensors(tensors: Readonly<Record<string, Tensor>>, metadata?: Record<string, string>): Buffer {
  const list = Object.entries(tensors)
  return Buffer.concat([headerBytes(list, metadata), ...list.map(([, { bytes }]) => bytes)])
}
const ones = (...shape: number[]): Tensor => float32(new Float32Array(count(shape)).fill(1), shape)
const bytes = (dtype: Tensor['dtype'], each: number, ...shape: number[]): Tensor => ({
  dtype,
  shape,
  bytes: new Uint8Array(count(shape) * each)
})

/** Of the adapter that test/addon/adapters/support.h makes around test/addon/tiny_model.h with one layer. */
function adapter(type: (...shape: number[]) => Tensor): Buffer {
  const layer = 'base_model.model.model.layers.0'
  return safetensors({
    [`${layer}.self_attn.q_proj.lora_A.weight`]: type(3, 20),
    [`${layer}.self_attn.q_proj.lora_B.weight`]: type(24, 3),
    [`${layer}.mlp.down_proj.lora_A.weight`]: type(3, 27),
    [`${layer}.mlp.down_proj.lora_B.weight`]: type(20, 3)
  })
}

/** Of the parameters in readers/state.cpp. */
function state(step: string): Buffer {
  const each = ['param', 'exp_avg', 'exp_avg_sq']
  return safetensors(
    Object.fromEntries([
      ...each.map((part) => [`${part}.a`, ones(2, 3)] as const),
      ...each.map((part) => [`${part}.b`, ones(2)] as const)
    ]),
    { format: 'neiro-state-1', step, written_by: 'avx2' }
  )
}

/** The format's numbers of a few types, and bytes of so many elements. */
const ggufTypes = [
  { number: 0, block: 1, size: 4 },
  { number: 1, block: 1, size: 2 },
  { number: 2, block: 32, size: 18 },
  { number: 8, block: 32, size: 34 },
  { number: 30, block: 1, size: 2 }
] as const

/** A whole model of one layer, as small as blocks of 32 allow. */
function gguf(family: string, type: (typeof ggufTypes)[number]): Buffer {
  const made = new GgufBytes()
    .entry('general.architecture', 8, family)
    .entry('general.file_type', 4, type.number)
    .entry('general.alignment', 4, 32)
  const sizes = {
    block_count: 1,
    context_length: 64,
    embedding_length: 32,
    feed_forward_length: 32,
    'attention.head_count': 2,
    'attention.head_count_kv': 1,
    'attention.key_length': 16,
    'attention.value_length': 16,
    'attention.sliding_window': 8,
    'rope.dimension_count': 16,
    vocab_size: 8
  }
  for (const [name, size] of Object.entries(sizes)) made.entry(`${family}.${name}`, 4, size)
  made.entry(`${family}.rope.freq_base`, 6, 10000)
  made.entry(`${family}.attention.layer_norm_rms_epsilon`, 6, 1e-5)
  made.list('tokenizer.ggml.tokens', 8, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  const vectors = [
    'output_norm',
    ...['attn_norm', 'ffn_norm', 'post_attention_norm', 'post_ffw_norm'].map((name) => `blk.0.${name}`)
  ]
  const matrices: Record<string, readonly number[]> = {
    token_embd: [32, 8],
    'blk.0.attn_q': [32, 32],
    'blk.0.attn_k': [32, 16],
    'blk.0.attn_v': [32, 16],
    'blk.0.attn_output': [32, 32],
    'blk.0.ffn_gate': [32, 32],
    'blk.0.ffn_up': [32, 32],
    'blk.0.ffn_down': [32, 32]
  }
  const more = family.startsWith('gemma') ? vectors : vectors.slice(0, 3)
  const tensors = [
    ...more.map((name) => ({ name, shape: [32] as readonly number[], type: ggufTypes[0] })),
    ...Object.entries(matrices).map(([name, shape]) => ({ name, shape, type }))
  ]
  const number = (value: number, size: 4 | 8): Buffer => {
    const made = Buffer.alloc(size)
    made.writeUInt32LE(value)
    return made
  }
  let offset = 0
  const data: Buffer[] = []
  for (const { name, shape, type } of tensors) {
    const text = Buffer.from(`${name}.weight`)
    made.raw(number(text.length, 8), text, number(shape.length, 4), ...shape.map((size) => number(size, 8)))
    made.raw(number(type.number, 4), number(offset, 8))
    const values = Buffer.alloc(Math.ceil(((count(shape) / type.block) * type.size) / 32) * 32, 0x11)
    data.push(values)
    offset += values.length
  }
  const head = made.bytes()
  head.writeBigUInt64LE(BigInt(tensors.length), 8)
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), ...data])
}

const index = (shard: string): Buffer =>
  Buffer.from(JSON.stringify({ metadata: { total_size: 8 }, weight_map: { a: shard, b: shard } }))

export const seeds: Readonly<Record<Reader, () => readonly Buffer[]>> = {
  json: () => [
    ...golden('config.json', 2500).slice(0, 6),
    ...[
      '[1,-0.5e3,"\\u00e9\\n",null,true,{"a":[]}]',
      '{"a":{"b":{"c":[[[1]]]}}}',
      '"\\ud83d\\ude00 音色"'
    ].map((text) => Buffer.from(text))
  ],
  safetensors: () => [
    ...golden('inputs.safetensors', 2500),
    safetensors({ a: ones(2, 3), b: bytes('BF16', 2, 4), c: bytes('U8', 1, 3) }, { format: 'pt' }),
    safetensors({ a: bytes('F16', 2, 0), b: bytes('I64', 8) })
  ],
  gguf: () =>
    ['llama', 'qwen2', 'gemma2', 'phi3', 'olmo2', 'granite'].flatMap((family) =>
      ggufTypes.map((type) => gguf(family, type))
    ),
  config: () => golden('config.json'),
  index: () => [
    index('a.safetensors'),
    index('../a.safetensors'),
    ...golden('model.safetensors.index.json', 4000)
  ],
  adapter_config: () => golden('adapter_config.json', 4000),
  adapter: () => [
    adapter(ones),
    adapter((...shape) => bytes('BF16', 2, ...shape)),
    adapter((...shape) => bytes('F16', 2, ...shape))
  ],
  state: () => ['0', '12'].map(state)
}

/** Texts between quotes in the readers' own sources, as libFuzzer's dictionary. */
export function dictionary(): string {
  const folders = ['io', 'model', 'model/families', 'adapters', 'train', 'formats']
  const words = new Set<string>()
  for (const folder of folders.map((name) => join(root, 'addon/engine', name)))
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.cpp')))
      for (const line of readFileSync(join(folder, name), 'utf8').split('\n'))
        if (!line.startsWith('#'))
          for (const [, word] of line.matchAll(/"([\w.]{2,40})"/g)) if (word) words.add(word)
  return [...words].map((word) => `"${word}"\n`).join('')
}
