// The system prompt of a task goes first, unless the conversation has a system message of its own.
import type { Message } from '../../contract/records'

/** undefined and '' are none. */
export function withSystem(
  messages: readonly Message[],
  systemPrompt: string | undefined
): readonly Message[] {
  const own = messages.some(({ role }) => role === 'system')
  return !systemPrompt || own ? messages : [{ role: 'system', content: systemPrompt }, ...messages]
}
