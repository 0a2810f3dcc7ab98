// Vectors of texts, for other programs: as many texts in one pass as fit, and between two passes whoever else waits for
// the engine has a turn.
import { NeiroError } from '../../contract/errors'
import type { Turns } from '../engine/turns'
import type { TunedModel } from '../runs/tuned-model'
import type { OpenModelOptions } from '../models/open-model'
import type { VectorForm } from './vector-form'

/** A text, or tokens of this very model that are taken as they are. */
export type EmbeddingInput = string | readonly number[]

export interface Embedder {
  readonly turns: Pick<Turns, 'use'>
  readonly modelText: TunedModel['modelText']
  readonly open: OpenModelOptions
  readonly form: VectorForm
}

export interface Embedded {
  readonly vectors: readonly Float32Array[]
  /** read, with those that stand around each text */
  readonly tokens: number
}

/** Throws EMBEDDING_TOO_LONG {tokens, limit}, API_TOKEN_UNKNOWN {token, limit}. */
export async function embed(
  inputs: readonly EmbeddingInput[],
  { turns, modelText, open, form }: Embedder,
  signal: AbortSignal
): Promise<Embedded> {
  const texts = await encoded(inputs, modelText, form)
  for (const { length } of texts) {
    if (length > form.limit)
      throw new NeiroError('EMBEDDING_TOO_LONG', { tokens: String(length), limit: String(form.limit) })
  }
  const vectors: Float32Array[] = []
  for (const batch of batchesOf(texts, open.maxTokens)) {
    const given = {
      tokens: Int32Array.from(batch.flatMap((text) => [...text])),
      lengths: Int32Array.from(batch, ({ length }) => length),
      pooling: form.pooling
    }
    const all = await turns.use(open, (host) => host.call('embed', given), { work: 'api', signal })
    const size = all.length / batch.length
    for (let at = 0; at < all.length; at += size) {
      const vector = all.slice(at, at + size)
      if (!vector.every(Number.isFinite)) throw new NeiroError('NOT_FINITE_LOGITS')
      vectors.push(form.normalize ? normalized(vector) : vector)
    }
  }
  return { vectors, tokens: texts.reduce((sum, { length }) => sum + length, 0) }
}

async function encoded(
  inputs: readonly EmbeddingInput[],
  modelText: TunedModel['modelText'],
  { prompt, lowerCase }: VectorForm
): Promise<readonly Int32Array[]> {
  const { around, idLimit } = modelText.marks
  const texts = inputs.filter((input) => typeof input === 'string')
  const plain = await modelText.encode(
    texts.map((text) => {
      const whole = (prompt + text).trim()
      return lowerCase ? whole.toLowerCase() : whole
    })
  )
  let next = 0
  return inputs.map((input) => {
    if (typeof input === 'string')
      return Int32Array.from([...around.before, ...(plain[next++] ?? []), ...around.behind])
    const unknown = input.find((token) => token >= idLimit)
    if (unknown !== undefined)
      throw new NeiroError('API_TOKEN_UNKNOWN', { token: String(unknown), limit: String(idLimit - 1) })
    return Int32Array.from(input)
  })
}

/** In their order, each of at most so many tokens together. */
function* batchesOf(texts: readonly Int32Array[], most: number): Generator<readonly Int32Array[]> {
  let batch: Int32Array[] = []
  let tokens = 0
  for (const text of texts) {
    if (batch.length > 0 && tokens + text.length > most) {
      yield batch
      ;[batch, tokens] = [[], 0]
    }
    batch.push(text)
    tokens += text.length
  }
  if (batch.length > 0) yield batch
}

/** To length 1; nothing stays nothing. */
function normalized(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, one) => sum + one * one, 0))
  return length > 0 ? vector.map((one) => one / length) : vector
}
