// The turns of a chat and the prompt they make. When they no longer fit the model's context, the oldest
// question and answer go first; the system prompt and the newest question always stay.
import type { Message } from '../../contract/records'

export class Conversation {
  private turns: Message[] = []

  constructor(private readonly systemPrompt: string | undefined) {}

  get messages(): readonly Message[] {
    const system: readonly Message[] =
      this.systemPrompt === undefined ? [] : [{ role: 'system', content: this.systemPrompt }]
    return [...system, ...this.turns]
  }

  ask(question: string): void {
    this.turns.push({ role: 'user', content: question })
  }

  answered(answer: string): void {
    this.turns.push({ role: 'assistant', content: answer })
  }

  clear(): void {
    this.turns = []
  }

  /** Takes the last question back, after an answer that failed. */
  unask(): void {
    if (this.turns.at(-1)?.role === 'user') this.turns.pop()
  }

  /** The prompt with room for `answerTokens` in the context; counts the turns that were dropped for it. */
  prompt(
    encode: (messages: readonly Message[]) => Int32Array,
    maxContext: number,
    answerTokens: number
  ): { readonly prompt: Int32Array; readonly dropped: number } {
    let dropped = 0
    let prompt = encode(this.messages)
    while (prompt.length + answerTokens > maxContext && this.turns.length > 2) {
      this.turns.splice(0, 2)
      dropped += 2
      prompt = encode(this.messages)
    }
    return { prompt, dropped }
  }
}
