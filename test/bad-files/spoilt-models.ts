// Model folders that are not what they should be: each row spoils a copy of a golden model in one way.
// Used through the engine and through the command line.
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  float32,
  floats,
  frame,
  readSafetensors,
  tensorOf,
  writeSafetensors,
  type Tensor
} from '../fixtures/safetensors'

/** The codes that may answer; any other, or none, is a defect. */
export interface Spoilt {
  readonly name: string
  readonly spoil: (dir: string) => void
  readonly codes: readonly string[]
}

const weights = 'model.safetensors'
type Header = Record<string, { dtype: string; shape: unknown[]; data_offsets: unknown[] }>
const someTensor = 'model.layers.0.self_attn.q_proj.weight'
const otherTensor = 'model.layers.1.mlp.down_proj.weight'

const cut = (length: (size: number) => number) => (dir: string) => {
  const file = join(dir, weights)
  truncateSync(file, length(readFileSync(file).length))
}

/** Another length in the first eight bytes. */
const prefix = (length: bigint) => (dir: string) => {
  const bytes = readFileSync(join(dir, weights))
  bytes.writeBigUInt64LE(length, 0)
  writeFileSync(join(dir, weights), bytes)
}

/** The header rewritten as text, the data as it was. */
const headerText = (change: (text: string) => string) => (dir: string) => {
  const bytes = readFileSync(join(dir, weights))
  const length = Number(bytes.readBigUInt64LE(0))
  const text = change(
    bytes
      .subarray(8, 8 + length)
      .toString('utf8')
      .trimEnd()
  )
  writeFileSync(join(dir, weights), Buffer.concat([frame(text), bytes.subarray(8 + length)]))
}
const header = (change: (header: Header) => void): ((dir: string) => void) =>
  headerText((text) => {
    const parsed = JSON.parse(text) as Header
    change(parsed)
    return JSON.stringify(parsed)
  })
const entry = (parsed: Header, name: string): Header[string] => {
  const found = parsed[name]
  if (!found) throw new Error(`no ${name}`)
  return found
}

/** A file that is right in itself, with other tensors. */
const tensors = (change: (all: Map<string, Tensor>) => void) => (dir: string) => {
  const all = new Map(readSafetensors(join(dir, weights)))
  change(all)
  writeSafetensors(join(dir, weights), all)
}
const value = (name: string, index: number, bad: number): ((dir: string) => void) =>
  tensors((all) => {
    const tensor = tensorOf(all, name)
    const values = Float32Array.from(floats(tensor))
    values[index < 0 ? values.length + index : index] = bad
    all.set(name, float32(values, tensor.shape))
  })

const config = (changes: Record<string, unknown>) => (dir: string) => {
  const file = join(dir, 'config.json')
  const parsed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, JSON.stringify({ ...parsed, ...changes }))
}
const replace = (name: string, content: string | Buffer) => (dir: string) =>
  writeFileSync(join(dir, name), content)

export const lfsPointer =
  'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 988097824\n'

const header_ = ['BROKEN_HEADER', 'BROKEN_JSON']
const size = ['FILE_TRUNCATED', 'FILE_EMPTY', 'BROKEN_HEADER']
const offsets = ['BAD_OFFSETS', 'TENSOR_SIZE_MISMATCH', 'FILE_TRUNCATED', ...header_]
const shape = ['TENSOR_SHAPE', 'BAD_SHAPE', 'TENSOR_SIZE_MISMATCH', 'BAD_OFFSETS', 'BAD_CONFIG']
const config_ = ['BAD_CONFIG', 'UNSUPPORTED_MODEL', 'TENSOR_SHAPE', 'TENSOR_MISSING']

export const spoiltWeights: readonly Spoilt[] = [
  { name: 'an empty file', spoil: cut(() => 0), codes: size },
  { name: 'seven bytes', spoil: cut(() => 7), codes: size },
  { name: 'a header cut off', spoil: cut(() => 500), codes: size },
  { name: 'data cut in half', spoil: cut((n) => n >> 1), codes: [...size, 'BAD_OFFSETS'] },
  { name: 'the last byte missing', spoil: cut((n) => n - 1), codes: [...size, 'BAD_OFFSETS'] },
  {
    name: 'bytes after the end',
    spoil: (dir) => writeFileSync(join(dir, weights), Buffer.alloc(64), { flag: 'a' }),
    codes: [...size, 'BAD_OFFSETS']
  },
  {
    name: 'a header as long as the file',
    spoil: (dir) => prefix(BigInt(readFileSync(join(dir, weights)).length))(dir),
    codes: size
  },
  { name: 'a header of a terabyte', spoil: prefix(1n << 40n), codes: size },
  { name: 'a header of 2^63 bytes', spoil: prefix(1n << 63n), codes: size },
  { name: 'a header of 2^64 - 1 bytes', spoil: prefix((1n << 64n) - 1n), codes: size },
  { name: 'an empty header', spoil: prefix(0n), codes: [...size, ...header_] },
  { name: 'a header that is no JSON', spoil: headerText((text) => text.slice(0, -1)), codes: header_ },
  { name: 'a header that is a list', spoil: headerText((text) => `[${text}]`), codes: header_ },
  { name: 'a header nested a million deep', spoil: headerText(() => '['.repeat(1_000_000)), codes: header_ },
  {
    name: 'a header with broken UTF-8',
    spoil: (dir) => {
      const bytes = readFileSync(join(dir, weights))
      bytes[bytes.indexOf('model.norm')] = 0xff
      writeFileSync(join(dir, weights), bytes)
    },
    codes: ['TENSOR_MISSING', ...header_]
  },
  {
    name: 'one name twice',
    spoil: headerText(
      (text) => `${text.slice(0, -1)},"${someTensor}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}`
    ),
    codes: ['DUPLICATE_TENSOR', 'BROKEN_JSON', ...offsets]
  },
  {
    name: 'an end outside the file',
    spoil: header((h) => (entry(h, otherTensor).data_offsets[1] = 1e9)),
    codes: offsets
  },
  {
    name: 'an end beyond 2^53',
    spoil: headerText((text) =>
      text.replace(/"data_offsets":\[\d+,\d+\]/, '"data_offsets":[0,18446744073709551615]')
    ),
    codes: offsets
  },
  {
    name: 'a beginning after its end',
    spoil: header((h) => entry(h, someTensor).data_offsets.reverse()),
    codes: offsets
  },
  {
    name: 'a negative beginning',
    spoil: header((h) => (entry(h, someTensor).data_offsets[0] = -4096)),
    codes: offsets
  },
  {
    name: 'a beginning that is a fraction',
    spoil: header((h) => (entry(h, someTensor).data_offsets[0] = 0.5)),
    codes: offsets
  },
  {
    name: 'offsets as text',
    spoil: header((h) => (entry(h, someTensor).data_offsets = ['0', '4'])),
    codes: offsets
  },
  {
    name: 'tensors that overlap',
    spoil: header(
      (h) =>
        (entry(h, 'model.layers.1.self_attn.q_proj.weight').data_offsets = entry(h, someTensor).data_offsets)
    ),
    codes: offsets
  },
  {
    name: 'a shape that does not fill its bytes',
    spoil: header((h) => (entry(h, someTensor).shape = [64, 63])),
    codes: shape
  },
  {
    name: 'a shape that overflows',
    spoil: header((h) => (entry(h, someTensor).shape = [2 ** 33, 2 ** 33])),
    codes: shape
  },
  {
    name: 'a shape that overflows to its own size',
    spoil: headerText((text) => text.replace(/"shape":\[64,64\]/, '"shape":[64,64,4294967296,4294967296]')),
    codes: shape
  },
  {
    name: 'a negative shape',
    spoil: header((h) => (entry(h, someTensor).shape = [-64, -64])),
    codes: [...shape, ...header_]
  },
  {
    name: 'a shape of a thousand sizes',
    spoil: header((h) => (entry(h, someTensor).shape = new Array(1000).fill(1))),
    codes: [...shape, ...header_]
  },
  {
    name: 'an unknown dtype',
    spoil: header((h) => (entry(h, someTensor).dtype = 'F7')),
    codes: ['UNKNOWN_DTYPE', 'UNSUPPORTED_DTYPE']
  },
  {
    name: 'weights as whole numbers',
    spoil: header((h) => (entry(h, someTensor).dtype = 'I32')),
    codes: ['UNSUPPORTED_DTYPE']
  },
  { name: 'a transposed weight', spoil: header((h) => entry(h, otherTensor).shape.reverse()), codes: shape },
  { name: 'a flat weight', spoil: header((h) => (entry(h, someTensor).shape = [4096])), codes: shape },
  {
    name: 'a weight that is missing',
    spoil: tensors((all) => all.delete(someTensor)),
    codes: ['TENSOR_MISSING']
  },
  {
    name: 'embeddings that are missing',
    spoil: tensors((all) => all.delete('model.embed_tokens.weight')),
    codes: ['TENSOR_MISSING']
  },
  { name: 'NaN in a weight', spoil: value(someTensor, 77, NaN), codes: ['NOT_FINITE_WEIGHTS'] },
  { name: 'NaN as the last of a weight', spoil: value(otherTensor, -1, NaN), codes: ['NOT_FINITE_WEIGHTS'] },
  {
    name: 'infinity in a norm',
    spoil: value('model.norm.weight', 3, Infinity),
    codes: ['NOT_FINITE_WEIGHTS']
  },
  {
    name: 'minus infinity in the embeddings',
    spoil: value('model.embed_tokens.weight', 5, -Infinity),
    codes: ['NOT_FINITE_WEIGHTS']
  },
  { name: 'a Git LFS pointer', spoil: replace(weights, lfsPointer), codes: ['LFS_POINTER'] },
  {
    name: 'a web page',
    spoil: replace(weights, '<!DOCTYPE html><html><body>404 not found</body></html>'.repeat(20)),
    codes: size
  },
  {
    name: 'a pickle',
    spoil: (dir) => {
      rmSync(join(dir, weights))
      writeFileSync(join(dir, 'pytorch_model.bin'), 'PK')
    },
    codes: ['PICKLE_REFUSED']
  },
  { name: 'no weights', spoil: (dir) => rmSync(join(dir, weights)), codes: ['NO_WEIGHTS'] },
  {
    name: 'a folder in place of the file',
    spoil: (dir) => {
      rmSync(join(dir, weights))
      mkdirSync(join(dir, weights))
    },
    codes: ['NO_WEIGHTS', 'FILE_UNREADABLE', 'FILE_MISSING']
  },
  {
    name: 'an index of shards that are missing',
    spoil: index({ [someTensor]: 'model-00001-of-00002.safetensors' }),
    codes: ['SHARD_MISSING', 'FILE_MISSING', 'TENSOR_MISSING']
  },
  {
    name: 'an index that leads out of the folder',
    spoil: index({ [someTensor]: '../../../etc/passwd' }),
    codes: ['BAD_SHARD_NAME']
  },
  {
    name: 'an index that is no JSON',
    spoil: (dir) => {
      rmSync(join(dir, weights))
      writeFileSync(join(dir, `${weights}.index.json`), '{')
    },
    codes: ['BROKEN_INDEX', 'BROKEN_JSON']
  }
]

function index(map: Record<string, string>): (dir: string) => void {
  return (dir) => {
    rmSync(join(dir, weights))
    writeFileSync(join(dir, `${weights}.index.json`), JSON.stringify({ metadata: {}, weight_map: map }))
  }
}

export const spoiltConfigs: readonly Spoilt[] = [
  { name: 'no config', spoil: (dir) => rmSync(join(dir, 'config.json')), codes: ['NO_CONFIG'] },
  {
    name: 'an empty config',
    spoil: replace('config.json', ''),
    codes: ['BROKEN_JSON', 'FILE_EMPTY', 'BAD_CONFIG', 'BROKEN_CONFIG']
  },
  {
    name: 'a config that is no JSON',
    spoil: replace('config.json', '{"model_type": "llama",'),
    codes: ['BROKEN_JSON', 'BROKEN_CONFIG']
  },
  {
    name: 'a config that is a list',
    spoil: replace('config.json', '[1, 2]'),
    codes: ['BROKEN_JSON', 'BAD_CONFIG', 'BROKEN_CONFIG', 'UNKNOWN_ARCHITECTURE']
  },
  {
    name: 'a config that is an LFS pointer',
    spoil: replace('config.json', lfsPointer),
    codes: ['LFS_POINTER', 'BROKEN_JSON']
  },
  {
    name: 'a config nested a million deep',
    spoil: replace('config.json', '['.repeat(1_000_000)),
    codes: ['BROKEN_JSON', 'FILE_TOO_LARGE', 'BROKEN_CONFIG']
  },
  {
    name: 'an unknown architecture',
    spoil: config({ model_type: 'mamba' }),
    codes: ['UNKNOWN_ARCHITECTURE']
  },
  {
    name: 'no architecture',
    spoil: config({ model_type: undefined, architectures: undefined }),
    codes: ['UNKNOWN_ARCHITECTURE', 'BAD_CONFIG']
  },
  {
    name: 'a known model with experts',
    spoil: config({ model_type: 'qwen3_moe' }),
    codes: ['UNKNOWN_ARCHITECTURE']
  },
  ...(
    [
      { hidden_size: 1_000_000_000 },
      { hidden_size: 0 },
      { hidden_size: -64 },
      { hidden_size: '64' },
      { hidden_size: 64.5 },
      { hidden_size: 128 },
      { intermediate_size: 2 ** 40 },
      { num_hidden_layers: 1_000_000_000 },
      { num_hidden_layers: 0 },
      { num_hidden_layers: 3 },
      { num_attention_heads: 0 },
      { num_attention_heads: 3 },
      { num_key_value_heads: 3 },
      { num_key_value_heads: 1_000_000 },
      { head_dim: 15 },
      { head_dim: 1e12 },
      { vocab_size: 2 ** 31 },
      { vocab_size: 0 },
      { vocab_size: null },
      { rms_norm_eps: -1 },
      { rms_norm_eps: 'small' },
      { rope_parameters: { rope_theta: 0, rope_type: 'default' } },
      { rope_parameters: 'default' },
      { max_position_embeddings: 0 }
    ] as const
  ).map((changes) => ({ name: `config ${JSON.stringify(changes)}`, spoil: config(changes), codes: config_ })),
  {
    name: 'an unknown rotation',
    spoil: config({ rope_parameters: { rope_theta: 1e4, rope_type: 'spiral' } }),
    codes: ['UNSUPPORTED_ROPE', 'BAD_CONFIG', 'UNSUPPORTED_MODEL']
  },
  {
    name: 'another activation',
    spoil: config({ hidden_act: 'relu2' }),
    codes: ['UNSUPPORTED_MODEL', 'BAD_CONFIG']
  }
]
