// /v1/embeddings in OpenAI's form: texts to vectors, as numbers or as base64 of their bytes (which the official clients
// ask for unless they are told otherwise).
import type { EmbeddingInput, Embedded } from '../services/serving/embedding'
import { Fields, wrong, type Json } from './fields'

export interface EmbeddingRequest {
  readonly model: string
  readonly inputs: readonly EmbeddingInput[]
  readonly format: 'float' | 'base64'
}

/** as OpenAI's own */
const mostInputs = 2048

export function embeddingRequest(body: Json): EmbeddingRequest {
  const fields = new Fields(body)
  const model = fields.needed('model', fields.text('model'))
  const inputs = inputsOf(fields.needed('input', fields.value('input')))
  const format = fields.text('encoding_format') ?? 'float'
  if (format !== 'float' && format !== 'base64') throw wrong('encoding_format', '"float", "base64"')
  fields.refuse('dimensions')
  fields.ignore('user')
  fields.end()
  return { model, inputs, format }
}

function inputsOf(input: unknown): readonly EmbeddingInput[] {
  const all: unknown = typeof input === 'string' || isTokens(input) ? [input] : input
  const fine = Array.isArray(all) && all.length > 0 && all.every((one) => isText(one) || isTokens(one))
  if (!fine) throw wrong('input', '"…", ["…"], [0, 1, …], [[0, 1, …]]')
  if (all.length > mostInputs) throw wrong('input', `["…"] (1 – ${mostInputs})`)
  return all as readonly EmbeddingInput[]
}

const isText = (one: unknown): boolean => typeof one === 'string' && one !== ''
const isTokens = (one: unknown): boolean =>
  Array.isArray(one) && one.length > 0 && one.every((id) => Number.isSafeInteger(id) && id >= 0)

export const embeddingShape = (
  { model, format }: EmbeddingRequest,
  { vectors, tokens }: Embedded
): Readonly<Record<string, unknown>> => ({
  object: 'list',
  data: vectors.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: format === 'base64' ? base64Of(vector) : [...vector]
  })),
  model,
  usage: { prompt_tokens: tokens, total_tokens: tokens }
})

/** Of F32, little-endian as every machine that this runs on. */
const base64Of = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')
