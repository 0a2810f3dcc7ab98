// Conversations with base and tuned, turn by turn on the one engine. Keeps none of them: whoever talks sends it
// whole each time.
import type { SamplingOptions } from '../../../addon/index'
import type { Message } from '../../contract/records'
import type { ChatChunk, ChatSettings, ResultCalls } from '../../contract/window/results'
import type { Turns } from '../engine/turns'
import type { AskThere } from '../runners/cloud/cloud-answers'
import type { TunedModel } from '../runs/tuned-model'
import { withSystem } from '../tokens/with-system'
import { answer, type Answer, type Listener, type Question } from './answer'
import { Phrases } from './phrases'

export type Side = ChatChunk['side']
export type Answers = ResultCalls['chat.ask']['result']

export interface ChatRequest {
  readonly chat: string
  readonly messages: Readonly<Record<Side, readonly Message[]>>
  readonly settings: ChatSettings
  /** texts to go on with, and no questions */
  readonly continues?: boolean | undefined
}

export interface TurnListener extends Listener {
  /** who is answered first; null: its turn has come */
  readonly onWait?: (waitsFor: ChatChunk['waitsFor'] | null) => void
}

export class Chats {
  readonly #asking = new Map<string, AbortController>()

  constructor(
    private readonly turns: Turns,
    private readonly onChunk: (chunk: ChatChunk) => void
  ) {}

  /** One question to one side. */
  answer(tuned: TunedModel, question: Question, listener: TurnListener = {}): Promise<Answer> {
    const { signal, onWait } = listener
    return this.turns.use(
      question.adapter ? tuned.open : tuned.openBase,
      (host) => answer(host, tuned, question, listener),
      {
        work: 'chat',
        ...(signal && { signal }),
        ...(onWait && { onWait })
      }
    )
  }

  /** The same question to base and tuned, one after the other, with the same settings and seed; text is told in
   *  phrases. A cancelled chat answers with what had been said by then. */
  async ask(
    tuned: TunedModel,
    request: ChatRequest,
    /** answers on the tuned side, at a service; null: it is here */
    there: AskThere | null = null
  ): Promise<Answers> {
    const abort = new AbortController()
    this.#asking.get(request.chat)?.abort()
    this.#asking.set(request.chat, abort)
    try {
      const base = await this.#askSide(tuned, 'base', request, abort.signal)
      const tunedAnswer = there
        ? await this.#askThere(there, request, abort.signal)
        : await this.#askSide(tuned, 'tuned', request, abort.signal)
      return { base, tuned: tunedAnswer, stopped: abort.signal.aborted }
    } finally {
      if (this.#asking.get(request.chat) === abort) this.#asking.delete(request.chat)
    }
  }

  cancel(chat: string): void {
    this.#asking.get(chat)?.abort()
  }

  async #askSide(tuned: TunedModel, side: Side, request: ChatRequest, signal: AbortSignal): Promise<string> {
    const { chat, settings } = request
    const phrases = new Phrases()
    const thoughts = new Phrases()
    let said = ''
    const tell = (text: string): void => {
      if (text !== '') this.onChunk({ chat, side, text, done: false })
    }
    const think = (text: string): void => {
      if (text !== '') this.onChunk({ chat, side, text, thought: true, done: false })
    }
    const question: Question = {
      messages: request.messages[side],
      ...(request.continues && { continues: true }),
      systemPrompt: settings.systemPrompt,
      adapter: side === 'tuned',
      sampling: samplingOf(settings),
      maxNewTokens: settings.maxNewTokens
    }
    try {
      await this.answer(tuned, question, {
        signal,
        onText: (text) => {
          if (said === '') think(thoughts.end())
          said += text
          tell(phrases.push(text))
        },
        onThought: (text) => think(thoughts.push(text)),
        onWait: (waitsFor) => this.onChunk({ chat, side, text: '', done: false, waitsFor: waitsFor ?? null })
      })
    } catch (error) {
      if (!signal.aborted) throw error
    }
    think(thoughts.end())
    tell(phrases.end())
    this.onChunk({ chat, side, text: '', done: true })
    return request.continues ? said : said.trim()
  }

  /** Its whole answer at once. */
  async #askThere(
    ask: AskThere,
    { chat, messages, settings }: ChatRequest,
    signal: AbortSignal
  ): Promise<string> {
    const side = 'tuned'
    const { systemPrompt, maxNewTokens, temperature, topP, seed } = settings
    this.onChunk({ chat, side, text: '', done: false, waitsFor: null })
    let said = ''
    try {
      const asked = withSystem(messages.tuned, systemPrompt)
      const sampling = { temperature, topP, seed }
      said = signal.aborted ? '' : (await ask(asked, { maxNewTokens, sampling, signal })).text.trim()
    } catch (error) {
      if (!signal.aborted) throw error
    }
    this.onChunk({ chat, side, text: said, done: true })
    return said
  }
}

function samplingOf({ temperature, topK, topP, repetitionPenalty, seed }: ChatSettings): SamplingOptions {
  return { temperature, topK, topP, minP: 0, repetitionPenalty, seed }
}
