// One answer to a conversation by a tuned model or its base: prompt made and fitted, text told as it comes, and how
// it ended. What window, command line and evaluation ask, they ask here.
import type { SamplingOptions } from '../../../addon/index'
import type { Message } from '../../contract/records'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { withSystem } from '../tokens/with-system'
import { stopTokensOf } from '../models/stop-tokens'
import type { TunedModel } from '../runs/tuned-model'
import { fitPrompt } from './fit-prompt'
import { streamAnswer, type AnswerEnd } from './stream-answer'

export interface Question {
  /** up to the newest question */
  readonly messages: readonly Message[]
  /** goes first where the conversation has none of its own; '' = none */
  readonly systemPrompt: string
  /** false = the base alone */
  readonly adapter: boolean
  readonly sampling: SamplingOptions
  readonly maxNewTokens: number
  readonly stopStrings?: readonly string[]
}

export interface Listener {
  readonly signal?: AbortSignal
  readonly onText?: (text: string) => void
  /** so many turns no longer fit, and were left out */
  readonly onDropped?: (turns: number) => void
}

export interface Answer extends AnswerEnd {
  /** a cancelled answer is only the beginning of one */
  readonly text: string
}

/** The tuned model is open in `host`. */
export async function answer(
  host: TrainerCaller,
  tuned: TunedModel,
  question: Question,
  { signal, onText, onDropped }: Listener = {}
): Promise<Answer> {
  const { modelText, model } = tuned
  const { maxContext } = tuned.open
  const { maxNewTokens, stopStrings, sampling, adapter } = question
  const { prompt, dropped } = await fitPrompt(withSystem(question.messages, question.systemPrompt), {
    encode: (messages) => modelText.prompt(messages),
    maxContext,
    maxNewTokens
  })
  if (dropped > 0) onDropped?.(dropped)
  const stopTokens = stopTokensOf(model, (token) => modelText.idOf(token))
  const stream = streamAnswer(host, {
    ...{ modelText, prompt, stopTokens, maxNewTokens, maxContext, sampling, adapter },
    ...(stopStrings && { stopStrings }),
    ...(signal && { signal })
  })
  let text = ''
  for (;;) {
    const next = await stream.next()
    if (next.done) return { text, ...next.value }
    text += next.value
    onText?.(next.value)
  }
}
