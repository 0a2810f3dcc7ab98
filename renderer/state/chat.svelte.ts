// A chat with two panes: the same question to base and tuned, same seed and settings; text streams in.
import type { Message } from '../../main/contract/records'
import type { ChatSettings } from '../../main/contract/window/results'
import { call, on } from '../api.svelte'

export interface Exchange {
  readonly question: string
  readonly base: string
  readonly tuned: string
  readonly done: boolean
}

class Chat {
  #id = 'chat-0'
  #count = 0
  #exchanges = $state.raw<readonly Exchange[]>([])
  #asking = $state(false)
  #failure = $state.raw<unknown>(null)
  /** edited in place by the options form */
  settings = $state<{ -readonly [K in keyof ChatSettings]: ChatSettings[K] }>({
    systemPrompt: '',
    temperature: 0,
    topP: 1,
    topK: 0,
    repetitionPenalty: 1,
    maxNewTokens: 256,
    seed: 42
  })

  constructor() {
    on('chat.chunk', ({ chat, side, text }) => {
      if (chat !== this.#id) return
      this.#exchanges = this.#exchanges.map((exchange, index) =>
        index === this.#exchanges.length - 1 && !exchange.done
          ? { ...exchange, [side]: exchange[side] + text }
          : exchange
      )
    })
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges
  }
  get asking(): boolean {
    return this.#asking
  }
  get failure(): unknown {
    return this.#failure
  }

  async ask(run: string, question: string): Promise<void> {
    const earlier = this.#exchanges
    this.#id = `chat-${++this.#count}-${Date.now()}`
    this.#exchanges = [...earlier, { question, base: '', tuned: '', done: false }]
    this.#asking = true
    this.#failure = null
    const talk = (side: 'base' | 'tuned'): Message[] => [
      ...earlier.flatMap((exchange): Message[] => [
        { role: 'user', content: exchange.question },
        { role: 'assistant', content: exchange[side] }
      ]),
      { role: 'user', content: question }
    ]
    try {
      const answers = await call('chat.ask', {
        run,
        chat: this.#id,
        messages: { base: talk('base'), tuned: talk('tuned') },
        settings: this.settings
      })
      this.#exchanges = [...earlier, { question, ...answers, done: true }]
    } catch (error) {
      this.#failure = error
      this.#exchanges = this.#exchanges.map((exchange) => ({ ...exchange, done: true }))
    } finally {
      this.#asking = false
    }
  }

  async stop(): Promise<void> {
    await call('chat.cancel', { chat: this.#id }).catch(() => null)
  }

  clear(): void {
    this.#exchanges = []
    this.#failure = null
  }
}

export const chat = new Chat()
