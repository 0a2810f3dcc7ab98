// A model's folder without its weights: config.json, and a safetensors file whose header says every tensor and whose
// body is a hole in the disk. The engine counts on it what the real one will take; nothing of it is ever read.
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import { writeFileWhole } from '../../../files/whole-file'
import { textFamilyOf } from '../families'
import type { Catalogue, FamilyTensors, KnownModel, Shape } from './catalogue'

const bytesOf = { BF16: 2, F32: 4 } as const

/** Writes the folder; throws NO_SHAPE for a model whose shape nobody has written down. */
export async function writeShapeFolder(
  dir: string,
  model: KnownModel,
  { families }: Catalogue
): Promise<void> {
  const family = families[model.family]
  if (!model.shape || !family) throw new NeiroError('NO_SHAPE', { model: model.name })
  await mkdir(dir, { recursive: true })
  await writeFileWhole(join(dir, 'config.json'), JSON.stringify(configOf(model, model.shape, family)))
  const stored = family.stored ?? 'BF16'
  const { header, bytes } = headerOf(tensorsOf(model.shape, family), stored)
  const file = await open(join(dir, 'model.safetensors'), 'w')
  try {
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(header.length))
    await file.write(Buffer.concat([length, header]))
    await file.truncate(8 + header.length + bytes)
    // a head of its own differs from the embedding at once: the engine looks no further
    if (!model.shape.tied)
      await file.write(Buffer.from([1]), 0, 1, 8 + header.length + bytes - headBytes(model.shape, stored))
  } finally {
    await file.close()
  }
}

type Stored = keyof typeof bytesOf

const headBytes = ({ vocab, hidden }: Shape, stored: Stored): number => vocab * hidden * bytesOf[stored]

function configOf(model: KnownModel, shape: Shape, family: FamilyTensors): Record<string, unknown> {
  return {
    model_type: textFamilyOf(model.family),
    num_hidden_layers: shape.layers,
    hidden_size: shape.hidden,
    num_attention_heads: shape.heads,
    num_key_value_heads: shape.keyValueHeads,
    head_dim: shape.headSize,
    intermediate_size: shape.intermediate,
    vocab_size: shape.vocab,
    tie_word_embeddings: shape.tied,
    max_position_embeddings: model.contextLength ?? 8192,
    rms_norm_eps: 1e-6,
    rope_theta: 10000,
    torch_dtype: family.stored === 'F32' ? 'float32' : 'bfloat16',
    ...(shape.convolving !== undefined && {
      layer_types: convolves(shape).map((one) => (one ? (family.otherwise ?? 'conv') : 'full_attention'))
    }),
    ...(shape.period !== undefined && {
      layer_types: Array.from({ length: shape.layers }, (_, layer) =>
        seesAll(shape, layer) ? 'full_attention' : 'sliding_attention'
      ),
      global_head_dim: shape.fullHeadSize,
      num_kv_shared_layers: shape.borrowing,
      use_double_wide_mlp: shape.wide,
      hidden_size_per_layer_input: shape.tokenVector
    }),
    ...(shape.deltaKeys !== undefined && {
      linear_num_key_heads: shape.deltaKeys,
      linear_num_value_heads: shape.deltaValues,
      linear_key_head_dim: shape.deltaSize,
      linear_value_head_dim: shape.deltaSize
    }),
    ...family.config
  }
}

/** [layers] Which of them do not attend: those that do stand as far from each other as they can. */
const convolves = ({ layers, convolving = 0 }: Shape): readonly boolean[] => {
  const attending = layers - convolving
  const before = (layer: number): number => Math.floor((layer * attending) / layers)
  return Array.from({ length: layers }, (_, layer) => before(layer + 1) === before(layer))
}

const seesAll = ({ period, layers }: Shape, layer: number): boolean =>
  period !== undefined && ((layer + 1) % period === 0 || layer === layers - 1)
const borrows = ({ layers, borrowing = 0 }: Shape, layer: number): boolean => layer >= layers - borrowing

/** Of a delta net, and of the queries beside which a gate stands. */
function deltaSizes(shape: Shape): Readonly<Record<string, number>> {
  const { deltaKeys: keys = 0, deltaValues: values = 0, deltaSize: size = 0 } = shape
  return {
    '2q': 2 * shape.heads * shape.headSize,
    n: values,
    m: size,
    nm: values * size,
    '2km+nm': (2 * keys + values) * size
  }
}

/** What the words of a tensor's size mean: in a layer, or outside of them. */
function sizesOf(shape: Shape, layer?: number): Readonly<Record<string, number>> {
  const { heads, keyValueHeads, hidden, layers, tokenVector = 0 } = shape
  const all = layer !== undefined && seesAll(shape, layer)
  const headSize = all ? (shape.fullHeadSize ?? shape.headSize) : shape.headSize
  const wide = layer !== undefined && shape.wide === true && borrows(shape, layer)
  const intermediate = shape.intermediate * (wide ? 2 : 1)
  return {
    h: hidden,
    q: heads * headSize,
    k: keyValueHeads * headSize,
    i: intermediate,
    v: shape.vocab,
    '3h': 3 * hidden,
    d: headSize,
    'q+2k': (heads + 2 * keyValueHeads) * headSize,
    '2i': 2 * intermediate,
    p: tokenVector,
    lp: layers * tokenVector,
    ...deltaSizes(shape)
  }
}
const sized = (said: string, sizes: Readonly<Record<string, number>>): readonly number[] =>
  said.split(' ').map((word) => sizes[word] ?? Number(word))

/** Name and shape of every tensor. */
export function tensorsOf(
  shape: Shape,
  family: FamilyTensors
): readonly (readonly [string, readonly number[]])[] {
  const layers = convolves(shape).map((other, layer) => {
    const sizes = sizesOf(shape, layer)
    return Object.entries((other && family.convolvingLayer) || family.layer)
      .filter(([name]) => layer > 0 || !family.notFirst?.includes(name))
      .filter(([name]) => !borrows(shape, layer) || !family.notBorrowing?.includes(name))
      .map(([name, said]) => [`model.layers.${layer}.${name}`, sized(said, sizes)] as const)
  })
  if (family.around) {
    const sizes = sizesOf(shape)
    return [
      ...Object.entries(family.around).map(([name, said]) => [name, sized(said, sizes)] as const),
      ...layers.flat()
    ]
  }
  return [
    ['model.embed_tokens.weight', [shape.vocab, shape.hidden]],
    ...layers.flat(),
    ['model.norm.weight', [shape.hidden]],
    ...(shape.tied ? [] : [['lm_head.weight', [shape.vocab, shape.hidden]] as const])
  ]
}

function headerOf(tensors: ReturnType<typeof tensorsOf>, dtype: Stored): { header: Buffer; bytes: number } {
  let at = 0
  const entries = tensors.map(([name, shape]) => {
    const from = at
    at += shape.reduce((product, size) => product * size, bytesOf[dtype])
    return [name, { dtype, shape, data_offsets: [from, at] }] as const
  })
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)))
  // the body begins at a multiple of 8
  return { header: Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, ' ')]), bytes: at }
}
