// The examples of a run as lines of JSON in OpenAI's forms: conversations for supervised fine-tuning, preferences for DPO.
// Text as it stands: chat template and tokens are the service's own. Pure.
import type { Example, Message } from '../../../contract/records'
import { withSystem } from '../../tokens/with-system'

interface Turn {
  readonly role: Message['role']
  readonly content: string
  readonly weight?: 0 | 1
}

export type CloudLine =
  | { readonly messages: readonly Turn[] }
  | {
      readonly input: { readonly messages: readonly Turn[] }
      readonly preferred_output: readonly Turn[]
      readonly non_preferred_output: readonly Turn[]
    }

/** null: such an example has no form there. */
export function cloudLine(example: Example, systemPrompt: string): CloudLine | null {
  switch (example.kind) {
    case 'conversation':
      return { messages: turnsOf(example.messages, systemPrompt) }
    case 'preference':
      return {
        input: {
          messages: turnsOf(example.messages, systemPrompt).map(({ role, content }) => ({ role, content }))
        },
        preferred_output: [{ role: 'assistant', content: example.chosen }],
        non_preferred_output: [{ role: 'assistant', content: example.rejected }]
      }
    default:
      return null
  }
}

/** What leads to an answer, as it is asked when the tuned model answers. */
export const turnsOf = (messages: readonly Message[], systemPrompt: string): readonly Turn[] =>
  withSystem(messages, systemPrompt).map(({ role, content, weight }) => ({
    ...{ role, content },
    ...(weight === 0 && { weight })
  }))

/** All text of a line, for whoever counts it. */
export function textsOf(line: CloudLine): readonly string[] {
  if ('messages' in line) return line.messages.map(({ content }) => content)
  const { input, preferred_output, non_preferred_output } = line
  return [...input.messages, ...preferred_output, ...non_preferred_output].map(({ content }) => content)
}
