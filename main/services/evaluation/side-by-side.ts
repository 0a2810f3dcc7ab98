// Base and tuned on the same examples: loss, exact matches, and the answers beside each other. One model is
// opened once; the adapter is switched on and off.
import type { BaseQuantization } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { exchangeOf } from '../dataset/set/exchange'
import { withSystem } from '../tokens/with-system'
import { openModel } from '../models/open-model'
import type { Model } from '../models/read-model'
import { stopTokensOf } from '../models/stop-tokens'
import { encodeAll, encodePrompt, type EncodeOptions } from '../tokens/encode'
import { Tokenizer } from '../tokens/tokenizer'
import { encodingOf } from '../tokens/model-encoding'
import { answerQuestions } from './answer-questions'
import { evaluateModel, type LossScore } from './evaluate-model'
import { exactShare, type Share } from './scores'

export interface SideBySideOptions {
  readonly host: TrainerCaller
  readonly model: Model
  /** null = the base alone */
  readonly adapterDir: string | null
  readonly baseQuantization: BaseQuantization
  readonly threads: number
  readonly examples: readonly Example[]
  /** most questions to answer; loss is always over all examples */
  readonly limit: number
  readonly maxNewTokens: number
  readonly maxSeqLength: number
  readonly systemPrompt?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (stage: SideBySideStage, done: number, total: number) => void
}

export type SideBySideStage = 'loss' | 'answers'

export interface ModelScores {
  readonly loss: LossScore
  /** over the answered questions */
  readonly exact: Share
  readonly answers: readonly string[]
}

export interface SideBySide {
  readonly questions: readonly string[]
  readonly expected: readonly string[]
  readonly base: ModelScores
  readonly tuned: ModelScores | null
  /** examples that could not be encoded and were left out of the loss */
  readonly refused: number
}

/** most tokens of one loss call, unless a single example is longer */
const tokensPerCall = 2048

export async function compareSideBySide(o: SideBySideOptions): Promise<SideBySide> {
  if (o.examples.length === 0) {
    throw new NeiroError('NOTHING_TO_EVALUATE')
  }
  const tokenizer = await Tokenizer.load(o.model.dir)
  const encoding: EncodeOptions = {
    ...encodingOf(o.model, tokenizer),
    maxSeqLength: Math.min(o.maxSeqLength, o.model.maxPositionEmbeddings),
    lossOn: 'responses',
    systemPrompt: o.systemPrompt
  }
  const encoded = encodeAll(o.examples, encoding)
  const exchanges = o.examples
    .filter((example) => example.kind === 'conversation')
    .slice(0, o.limit)
    .map(({ messages }) => exchangeOf(messages))
  const prompts = exchanges.map(({ asked }) => encodePrompt(withSystem(asked, o.systemPrompt), encoding))
  const longest = Math.max(0, ...prompts.map((prompt) => prompt.length))
  const maxContext =
    prompts.length === 0 ? 0 : Math.min(longest + o.maxNewTokens, o.model.maxPositionEmbeddings)
  const maxTokens = Math.max(tokensPerCall, ...encoded.examples.map((example) => example.tokens.length))
  await openModel(o.host, {
    modelDir: o.model.dir,
    ...(o.adapterDir !== null && { adapterDir: o.adapterDir }),
    baseQuantization: o.baseQuantization,
    threads: o.threads,
    maxContext,
    maxTokens: Math.min(
      maxTokens,
      encoded.examples.reduce((sum, example) => sum + example.tokens.length, 0)
    )
  })
  try {
    const expected = exchanges.map(({ answer }) => answer)
    const rounds = o.adapterDir === null ? 1 : 2
    const scores = async (adapter: boolean): Promise<ModelScores> => {
      const before = adapter ? 1 : 0
      const loss = await evaluateModel(o.host, encoded.examples, {
        adapter,
        maxTokens,
        onProgress: (done, total) => {
          o.signal?.throwIfAborted()
          o.onProgress?.('loss', done + before * total, total * rounds)
        }
      })
      const answers = await answerQuestions(
        o.host,
        prompts,
        {
          tokenizer,
          stopTokens: stopTokensOf(o.model, (token) => tokenizer.idOf(token)),
          maxNewTokens: o.maxNewTokens,
          maxContext,
          adapter,
          signal: o.signal
        },
        (_, index) => {
          // a cancelled answer is only the beginning of one
          o.signal?.throwIfAborted()
          o.onProgress?.('answers', index + 1 + before * prompts.length, prompts.length * rounds)
        }
      )
      return { loss, answers, exact: exactShare(answers, expected) }
    }
    const base = await scores(false)
    const tuned = o.adapterDir === null ? null : await scores(true)
    return {
      questions: exchanges.map(({ question }) => question),
      expected,
      base,
      tuned,
      refused: encoded.refused.length
    }
  } finally {
    await o.host.call('close', undefined).catch(() => undefined)
  }
}
