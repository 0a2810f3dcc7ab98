// A conversation with an answer at its end that is the only one to be learnt or measured. Pure.
import type { Message } from '../../contract/records'

/** Earlier answers are what the question stands on. */
export const answered = (messages: readonly Message[], content: string): readonly Message[] => [
  ...messages.map((message) => (message.role === 'assistant' ? { ...message, weight: 0 as const } : message)),
  { role: 'assistant', content }
]
