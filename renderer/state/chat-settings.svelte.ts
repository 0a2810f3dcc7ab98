// How both models answer in the chat, as it is typed: what is wrong stays as typed and says so, and nothing is asked
// until it is right.
import type { ChatSettings } from '../../main/contract/window/results'
import { chatFields, readFigure, startSettings, type ChatField, type Wrong } from '../lib/chat-fields'

const asTyped = (): Record<string, string> =>
  Object.fromEntries(chatFields.map(({ key, start }) => [key, String(start)]))

class ChatSettingsState {
  systemPrompt = $state('')
  #typed = $state<Record<string, string>>(asTyped())

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
    return JSON.stringify(this.current) !== JSON.stringify(startSettings)
  }

  reset(): void {
    this.systemPrompt = ''
    this.#typed = asTyped()
  }
}

export const chatSettings = new ChatSettingsState()
