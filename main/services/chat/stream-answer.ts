// One answer of the open model as a stream of text: whole characters only, stop tokens and stop strings never
// shown, ended from outside by a signal. Knows no conversation (see fit-prompt.ts).
import type { SamplingOptions } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { TokenStream } from '../tokens/token-stream'
import type { ModelText } from '../tokens/model-text'
import { StopStrings } from './stop-strings'

export const greedy: SamplingOptions = {
  temperature: 0,
  topK: 0,
  topP: 1,
  minP: 0,
  repetitionPenalty: 1,
  seed: 0
}

export interface AnswerOptions {
  readonly modelText: Pick<ModelText, 'decode' | 'endsInBytes'>
  readonly prompt: Int32Array
  readonly stopTokens: readonly number[]
  readonly stopStrings?: readonly string[]
  readonly maxNewTokens: number
  /** what the model was opened with: prompt and answer together must fit */
  readonly maxContext: number
  readonly sampling: SamplingOptions
  /** false = the base alone */
  readonly adapter: boolean
  readonly signal?: AbortSignal
}

export interface AnswerEnd {
  readonly finished: 'stop' | 'length' | 'cancelled'
  readonly tokens: number
}

/** Yields text as it comes; its return value says how the answer ended. */
export async function* streamAnswer(
  host: TrainerCaller,
  o: AnswerOptions
): AsyncGenerator<string, AnswerEnd> {
  const room = o.maxContext - o.prompt.length
  if (room < 1) throw promptTooLong(o.prompt.length, o.maxContext)
  const onAbort = (): void => void host.call('cancel', undefined).catch(() => undefined)
  o.signal?.addEventListener('abort', onAbort)
  try {
    return yield* chunks(host, o, Math.min(o.maxNewTokens, room))
  } catch (error) {
    if (error instanceof NeiroError && error.code === 'CANCELLED' && o.signal?.aborted) {
      return { finished: 'cancelled', tokens: 0 }
    }
    throw error
  } finally {
    o.signal?.removeEventListener('abort', onAbort)
  }
}

async function* chunks(
  host: TrainerCaller,
  o: AnswerOptions,
  maxNewTokens: number
): AsyncGenerator<string, AnswerEnd> {
  const text = new TokenStream(o.modelText)
  const stops = new StopStrings(o.stopStrings ?? [])
  let tokens = 0
  if (o.signal?.aborted) return { finished: 'cancelled', tokens }
  await host.call('generateBegin', {
    prompt: o.prompt,
    maxNewTokens,
    stopTokens: Int32Array.from(o.stopTokens),
    sampling: o.sampling,
    adapter: o.adapter
  })
  for (;;) {
    if (o.signal?.aborted) return { finished: 'cancelled', tokens }
    // few at a time, so that a slow model still shows its words as they come
    const chunk = await host.call('generateNext', { count: tokens === 0 ? 1 : 4 })
    tokens += chunk.tokens.length
    // the stop token is returned as the last one; it is no text
    const shown = chunk.finished === 'stop' ? chunk.tokens.subarray(0, -1) : chunk.tokens
    const piece = stops.push(await text.push(shown))
    if (piece !== '') yield piece
    if (stops.stopped) return { finished: 'stop', tokens }
    if (chunk.finished !== null) {
      const rest = stops.push(await text.end()) + stops.end()
      if (rest !== '') yield rest
      return { finished: chunk.finished, tokens }
    }
  }
}

function promptTooLong(length: number, limit: number): NeiroError {
  return new NeiroError('PROMPT_TOO_LONG', { tokens: String(length), limit: String(limit) })
}
