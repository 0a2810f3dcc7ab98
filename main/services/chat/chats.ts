// One question to base and tuned, one after the other, with the same settings and seed; text streams out in
// phrases. Keeps no conversation: the window sends it whole each time.
import type { SamplingOptions } from '../../../addon/index'
import type { Message } from '../../contract/records'
import type { ChatChunk, ChatSettings, ResultCalls } from '../../contract/window/results'
import { streamAnswer } from './stream-answer'
import { stopTokensOf } from '../models/stop-tokens'
import type { Desk } from '../engine/desk'
import { Phrases } from './phrases'
import { withSystem } from '../tokens/with-system'
import type { TunedRun } from '../runs/tuned-run'

export type Side = ChatChunk['side']
export type Answers = ResultCalls['chat.ask']['result']

export interface ChatRequest {
  readonly chat: string
  readonly messages: Readonly<Record<Side, readonly Message[]>>
  readonly settings: ChatSettings
}

export class Chats {
  readonly #asking = new Map<string, AbortController>()

  constructor(
    private readonly desk: Desk,
    private readonly onChunk: (chunk: ChatChunk) => void
  ) {}

  /** A cancelled chat answers with what had been said by then. */
  async ask(run: TunedRun, request: ChatRequest): Promise<Answers> {
    const abort = new AbortController()
    this.#asking.get(request.chat)?.abort()
    this.#asking.set(request.chat, abort)
    try {
      const base = await this.#answer(run, 'base', request, abort.signal)
      const tuned = await this.#answer(run, 'tuned', request, abort.signal)
      return { base, tuned, stopped: abort.signal.aborted }
    } finally {
      if (this.#asking.get(request.chat) === abort) this.#asking.delete(request.chat)
    }
  }

  cancel(chat: string): void {
    this.#asking.get(chat)?.abort()
  }

  async #answer(run: TunedRun, side: Side, request: ChatRequest, signal: AbortSignal): Promise<string> {
    const { chat, settings } = request
    const phrases = new Phrases()
    let answer = ''
    const tell = (text: string): void => {
      if (text !== '') this.onChunk({ chat, side, text, done: false })
    }
    try {
      await this.desk.use(
        run.open,
        async (host) => {
          const pieces = streamAnswer(host, {
            tokenizer: run.tokenizer,
            prompt: promptOf(run, side, request),
            stopTokens: stopTokensOf(run.model, (token) => run.tokenizer.idOf(token)),
            maxNewTokens: settings.maxNewTokens,
            maxContext: run.open.maxContext,
            sampling: samplingOf(settings),
            adapter: side === 'tuned',
            signal
          })
          for await (const piece of pieces) {
            answer += piece
            tell(phrases.push(piece))
          }
        },
        {
          work: 'chat',
          signal,
          onWait: (waitsFor) => this.onChunk({ chat, side, text: '', done: false, waitsFor })
        }
      )
    } catch (error) {
      if (!signal.aborted) throw error
    }
    tell(phrases.end())
    this.onChunk({ chat, side, text: '', done: true })
    return answer.trim()
  }
}

function samplingOf({ temperature, topK, topP, repetitionPenalty, seed }: ChatSettings): SamplingOptions {
  return { temperature, topK, topP, minP: 0, repetitionPenalty, seed }
}

/** What no longer fits is forgotten from the oldest question on; the system prompt and the newest one stay. */
function promptOf(run: TunedRun, side: Side, { messages, settings }: ChatRequest): Int32Array {
  let talk = messages[side]
  const encode = (): Int32Array => run.prompt(withSystem(talk, settings.systemPrompt))
  const room = run.open.maxContext - Math.min(settings.maxNewTokens, run.open.maxContext / 2)
  let prompt = encode()
  while (prompt.length > room && talk.length > 2) {
    talk = talk.slice(2)
    prompt = encode()
  }
  return prompt
}
