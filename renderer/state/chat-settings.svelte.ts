// How both models answer in the chat, as it is typed: what is wrong stays as typed and says so, and nothing is asked
// until it is right.
import type { ChatSettings } from '../../main/contract/window/results'
import { chatFields, readFigure, startSettings, type ChatField, type Wrong } from '../lib/chat-fields'

const asTyped = (): Record<string, string> =>
  Object.fromEntries(chatFields.map(({ key, start }) => [key, String(start)]))

class ChatSettingsState {
  /** of the run that is asked: what it learnt with */
  #learntWith = $state('')
  /** null: as it learnt */
  #instruction = $state<string | null>(null)
  #typed = $state<Record<string, string>>(asTyped())

  get systemPrompt(): string {
    return this.#instruction ?? this.#learntWith
  }
  set systemPrompt(text: string) {
    this.#instruction = text
  }
  /** Asked as it learnt, unless somebody writes something else. */
  talkTo({ systemPrompt = '' }: { readonly systemPrompt?: string }): void {
    this.#learntWith = systemPrompt
  }

  typed({ key }: ChatField): string {
    return this.#typed[key] ?? ''
  }
  type({ key }: ChatField, text: string): void {
    this.#typed[key] = text
  }
  /** null: it is right */
  wrong(field: ChatField): Wrong | null {
    const read = readFigure(this.typed(field), field)
    return typeof read === 'number' ? null : read
  }

  /** null while something is wrong */
  get current(): ChatSettings | null {
    const figures: [string, number][] = []
    for (const field of chatFields) {
      const read = readFigure(this.typed(field), field)
      if (typeof read !== 'number') return null
      figures.push([field.key, read])
    }
    return { ...startSettings, ...Object.fromEntries(figures), systemPrompt: this.systemPrompt }
  }
  get changed(): boolean {
    const start = { ...startSettings, systemPrompt: this.#learntWith }
    return JSON.stringify(this.current) !== JSON.stringify(start)
  }

  reset(): void {
    this.#instruction = null
    this.#typed = asTyped()
  }
}

export const chatSettings = new ChatSettingsState()
