// The answers of an evaluation: several at once on one open model, each to the bit what it would be alone. Whoever else
// waits for the engine comes in between as soon as those that were begun have ended.
import type { OpenModelOptions } from '../models/open-model'
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import { fitPrompt } from '../chat/fit-prompt'
import { Conversing } from '../serving/conversing'
import { placesFor } from '../serving/places'
import { spoken } from '../serving/spoken'
import { opensThought } from '../tokens/thinking'
import { textPrompt } from '../tokens/text-prompt'
import type { Turns } from '../engine/turns'
import type { Contestant } from './contestants'
import type { Item } from './items'
import type { KeptAnswer } from './sheet'

/** at once; fewer where memory is short */
const most = 4
/** enough for the opening of a thought at the end of a prompt */
const openingTokens = 16

export interface AnsweringOptions {
  readonly turns: Turns
  readonly maxNewTokens: number
  readonly signal: AbortSignal
}

export interface Asked {
  readonly item: Item
  readonly contestant: Contestant
}

/** Of contestants who share one open model. Tells each answer as it ends, by and large in the order of `asked`. Throws the signal's reason once it is aborted. */
export async function answerEach(
  asked: readonly Asked[],
  o: AnsweringOptions,
  onAnswer: (one: Asked, answer: KeptAnswer) => Promise<void>
): Promise<void> {
  const [first] = asked
  if (!first) return
  const { turns, signal } = o
  const places = await turns.use(
    null,
    async (host) => {
      const { memoryAvailableBytes } = await host.call('probe', undefined)
      return placesFor(most, memoryAvailableBytes, host, (count) => together(first.contestant.open, count))
    },
    { work: 'evaluation', signal }
  )
  const conversing = new Conversing({ turns, work: 'evaluation', mostWaiting: places })
  const stop = (): void => void conversing.close()
  signal.addEventListener('abort', stop, { once: true })
  const open = [...asked]
  const one = async (): Promise<void> => {
    for (let next = open.shift(); next; next = open.shift()) {
      signal.throwIfAborted()
      await onAnswer(next, await answerOf(next, conversing, places, o))
    }
  }
  try {
    await Promise.all(Array.from({ length: places }, one))
  } catch (error) {
    stop()
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function answerOf(
  { item, contestant }: Asked,
  conversing: Conversing,
  places: number,
  { maxNewTokens, signal }: AnsweringOptions
): Promise<KeptAnswer> {
  const { tuned, open: target, adapter, sampling } = contestant
  const { modelText, stopTokens } = tuned
  const { maxContext } = target
  const { messages, sources } = await contestant.ask(item)
  // what stands before a text to go on with is part of it
  const { prompt } = item.continues
    ? {
        prompt: await textPrompt(
          modelText,
          asText(messages),
          maxContext - Math.min(maxNewTokens, maxContext / 2)
        )
      }
    : await fitPrompt(messages, { encode: (some) => modelText.prompt(some), ...{ maxContext, maxNewTokens } })
  const room = maxContext - prompt.length
  if (room < 1)
    throw new NeiroError('PROMPT_TOO_LONG', { tokens: String(prompt.length), limit: String(maxContext) })
  const thinking =
    !item.continues && opensThought(await modelText.decode(prompt.slice(-openingTokens), false))
  signal.throwIfAborted()
  const begun = performance.now()
  const talk = conversing.begin({
    target: together(target, places),
    prompt,
    maxNewTokens: Math.min(maxNewTokens, room),
    stopTokens: Int32Array.from(stopTokens),
    sampling,
    adapter: adapter && target.adapterDir !== undefined ? 0 : null
  })
  let text = ''
  for await (const { said } of spoken(talk, { modelText, stopStrings: [], thinking, parts: !item.continues }))
    text += said
  // of several at once each has its share of the time: added up they are the time that all took
  const seconds = (performance.now() - begun) / 1000 / Math.max(1, conversing.talking)
  return { text: text.trim(), seconds: Number(seconds.toFixed(3)), sources, promptTokens: prompt.length }
}

const asText = (messages: readonly Message[]): string => messages.map(({ content }) => content).join('\n\n')

const together = (open: OpenModelOptions, conversations: number): OpenModelOptions => ({
  ...open,
  conversations,
  maxTokens: Math.max(open.maxTokens, conversations)
})
