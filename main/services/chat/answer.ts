// One answer to a conversation by a tuned model or its base: prompt made and fitted, text told as it comes, and how
// it ended. What window, command line and evaluation ask, they ask here.
import type { SamplingOptions } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { textPrompt } from '../tokens/text-prompt'
import { opensThought } from '../tokens/thinking'
import { withSystem } from '../tokens/with-system'
import type { TunedModel } from '../runs/tuned-model'
import { fitPrompt, type FittedPrompt } from './fit-prompt'
import { streamAnswer, type AnswerEnd } from './stream-answer'
import { Thoughts, type Parted } from './thoughts'

/** enough for the opening of a thought at the end of a prompt */
const openingTokens = 16

export interface Question {
  /** up to the newest question */
  readonly messages: readonly Message[]
  /** the newest message is no question but a text to go on with, without a template and without what came before it */
  readonly continues?: boolean
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
  /** what it thinks before it answers */
  readonly onThought?: (text: string) => void
  /** so many turns no longer fit, and were left out */
  readonly onDropped?: (turns: number) => void
}

export interface Answer extends AnswerEnd {
  /** a cancelled answer is only the beginning of one */
  readonly text: string
  /** what was thought before it; no part of the answer */
  readonly thought: string
}

/** The tuned model is open in `host`. */
export async function answer(
  host: TrainerCaller,
  tuned: TunedModel,
  question: Question,
  { signal, onText, onThought, onDropped }: Listener = {}
): Promise<Answer> {
  const { modelText, stopTokens } = tuned
  const { maxContext } = tuned.open
  const { maxNewTokens, stopStrings, sampling, adapter } = question
  const { prompt, dropped } = question.continues
    ? await textOf(question, tuned)
    : await fitPrompt(withSystem(question.messages, question.systemPrompt), {
        encode: (messages) => modelText.prompt(messages),
        ...{ maxContext, maxNewTokens }
      })
  if (dropped > 0) onDropped?.(dropped)
  const stream = streamAnswer(host, {
    ...{ modelText, prompt, stopTokens, maxNewTokens, maxContext, sampling, adapter },
    ...(stopStrings && { stopStrings }),
    ...(signal && { signal })
  })
  // a text that is gone on with thinks nothing, whatever stands in it
  const thoughts = question.continues
    ? null
    : new Thoughts(opensThought(await modelText.decode(prompt.slice(-openingTokens), false)))
  let [text, thought] = ['', '']
  const take = (parted: Parted): void => {
    // white space between the thought and the answer is no part of either
    const said = text === '' && thought !== '' ? parted.said.trimStart() : parted.said
    thought += parted.thought
    text += said
    if (parted.thought !== '') onThought?.(parted.thought)
    if (said !== '') onText?.(said)
  }
  for (;;) {
    const next = await stream.next()
    if (thoughts) take(next.done ? thoughts.end() : thoughts.push(next.value))
    else if (!next.done) take({ thought: '', said: next.value })
    if (next.done) return { text, thought, ...next.value }
  }
}

/** Its end, where it is too long: what is gone on with stands there. */
async function textOf(
  { messages, maxNewTokens }: Question,
  { modelText, open }: TunedModel
): Promise<FittedPrompt> {
  const text = messages.at(-1)?.content ?? ''
  const room = open.maxContext - Math.min(maxNewTokens, open.maxContext / 2)
  const prompt = await textPrompt(modelText, text, room)
  if (prompt.length === 0) throw new NeiroError('EMPTY_PROMPT')
  return { prompt, dropped: 0 }
}
