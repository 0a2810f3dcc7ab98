// A chat with two panes: the same question to base and tuned, same seed and settings; text streams in. Each run has
// a conversation of its own, which stays while the window does.
import type { Message } from '../../main/contract/records'
import type { ChatChunk, TurnWork } from '../../main/contract/window/results'
import type { Agreed } from '../../main/contract/asking'
import { call, on } from '../api.svelte'
import { asking } from './asking.svelte'
import { chatSettings } from './chat-settings.svelte'
import { runs } from './runs.svelte'

export type Side = ChatChunk['side']

export interface Exchange {
  /** of the chat that main knows */
  readonly id: string
  readonly question: string
  readonly base: string
  readonly tuned: string
  /** what each thought before it answered */
  readonly thoughts: Readonly<Record<Side, string>>
  readonly state: 'asking' | 'done' | 'stopped' | 'failed'
  /** who is answering, or waits to */
  readonly turn: Side
  /** who is answered first; null: nobody */
  readonly waitsFor: TurnWork | null
}

let asked = 0

export class Talk {
  #exchanges = $state.raw<readonly Exchange[]>([])
  #failure = $state.raw<unknown>(null)
  /** the tuned side is at a service */
  #away = false
  /** what stands in the box */
  draft = $state('')

  /** continues: what is written is gone on with, and nothing of before belongs to it */
  constructor(
    private readonly run: string,
    private readonly continues = false
  ) {}

  get exchanges(): readonly Exchange[] {
    return this.#exchanges
  }
  get failure(): unknown {
    return this.#failure
  }
  get asking(): boolean {
    return this.#exchanges.at(-1)?.state === 'asking'
  }

  /** Asks what stands in the box; an answer that fails puts it back there. Where the tuned side is at a service, what would
   *  leave for it is shown first. */
  async ask(there = false): Promise<void> {
    const question = this.continues ? this.draft : this.draft.trim()
    if (question.trim() === '' || this.asking || !chatSettings.current) return
    this.#away = there
    if (!there) return this.#begin(question)
    try {
      this.#failure = null
      const leaving = await call('asking.ofChat', { run: this.run, text: question })
      if (leaving) asking.show([leaving], (agreed) => this.#begin(question, agreed))
      else await this.#begin(question)
    } catch (error) {
      this.#failure = error
    }
  }

  async #begin(question: string, agreed?: Agreed): Promise<void> {
    const settings = chatSettings.current
    if (this.asking || !settings) return
    const id = `chat-${++asked}-${Date.now()}`
    const messages = { base: this.#talk('base', question), tuned: this.#talk('tuned', question) }
    const begun = {
      id,
      question,
      base: '',
      tuned: '',
      thoughts: { base: '', tuned: '' },
      state: 'asking',
      turn: 'base',
      waitsFor: null
    } as const
    this.#exchanges = [...this.#exchanges, begun]
    this.#failure = null
    this.draft = ''
    try {
      const asked = {
        run: this.run,
        chat: id,
        messages,
        settings,
        ...(this.continues && { continues: true }),
        ...(agreed && { agreed })
      }
      const speaks = this.#away ? (runs.byId(this.run)?.elsewhere ?? null) : null
      const { stopped, ...answers } = await asking.talks(speaks, () => call('chat.ask', asked))
      this.#change(id, () => ({ ...answers, state: stopped ? 'stopped' : 'done', waitsFor: null }))
    } catch (error) {
      this.#failed(id, error)
    }
  }

  async stop(): Promise<void> {
    const exchange = this.#exchanges.at(-1)
    if (exchange?.state === 'asking') await call('chat.cancel', { chat: exchange.id }).catch(() => null)
  }

  async clear(): Promise<void> {
    const stopped = this.stop()
    this.#exchanges = []
    this.#failure = null
    // a word on what may leave was given for this conversation
    if (this.#away) await call('asking.endChat', { run: this.run }).catch(() => null)
    await stopped
  }

  /** True where it was about this conversation. */
  hear({ chat, side, text, thought = false, done, waitsFor }: ChatChunk): boolean {
    return this.#change(chat, (exchange) => ({
      ...(thought
        ? { thoughts: { ...exchange.thoughts, [side]: exchange.thoughts[side] + text } }
        : { [side]: exchange[side] + text }),
      turn: done ? 'tuned' : side,
      ...(waitsFor !== undefined && { waitsFor })
    }))
  }

  /** What goes before a question: only what was answered, and in this side's own words. */
  #talk(side: Side, question: string): Message[] {
    if (this.continues) return [{ role: 'user', content: question }]
    const answered = this.#exchanges.filter(({ state, base, tuned }) => state === 'done' && base && tuned)
    return [
      ...answered.flatMap((exchange): Message[] => [
        { role: 'user', content: exchange.question },
        { role: 'assistant', content: exchange[side] }
      ]),
      { role: 'user', content: question }
    ]
  }

  #failed(id: string, error: unknown): void {
    const exchange = this.#exchanges.find((one) => one.id === id)
    // the conversation was begun anew meanwhile: nobody waits for this answer
    if (!exchange) return
    this.#failure = error
    const back = this.draft === ''
    if (back) this.draft = exchange.question
    const empty = exchange.base === '' && exchange.tuned === ''
    if (back && empty) this.#exchanges = this.#exchanges.filter((one) => one.id !== id)
    else this.#change(id, () => ({ state: 'failed', waitsFor: null }))
  }

  /** Changes an exchange that is still asked; what comes later is dropped. */
  #change(id: string, change: (exchange: Exchange) => Partial<Exchange>): boolean {
    const found = this.#exchanges.some((exchange) => exchange.id === id && exchange.state === 'asking')
    if (found)
      this.#exchanges = this.#exchanges.map((exchange) =>
        exchange.id === id ? { ...exchange, ...change(exchange) } : exchange
      )
    return found
  }
}

class Chat {
  readonly #talks = new Map<string, Talk>()

  constructor() {
    on('chat.chunk', (chunk) => {
      for (const talk of this.#talks.values()) if (talk.hear(chunk)) return
    })
  }

  /** The conversation of this run. */
  of(run: string): Talk {
    return this.#talk(run, false)
  }

  /** The texts that it is given to go on with. */
  textsOf(run: string): Talk {
    return this.#talk(run, true)
  }

  #talk(run: string, continues: boolean): Talk {
    const key = `${run} ${continues}`
    const talk = this.#talks.get(key) ?? new Talk(run, continues)
    this.#talks.set(key, talk)
    return talk
  }
}

export const chat = new Chat()
