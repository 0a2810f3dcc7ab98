// Turns of speakers, of which the assistant's are learnt. Shown and changed as its last answer and the question that
// this answer is to.
import type { Example, Message } from '../../../contract/records'
import { conversationTokens } from '../../tokens/kinds/conversation'
import { withSystem } from '../../tokens/with-system'
import { exchangeOf } from '../set/exchange'
import { isBlank, type ExampleKind } from './kind'

export type Conversation = Extract<Example, { kind: 'conversation' }>

export const conversation: ExampleKind<Conversation> = {
  fields: ['messages'],
  fileSuffix: '',
  texts: conversationTokens.texts,
  mapTexts: (example, change) => withContents(example, ({ content }) => change(content)),

  pair({ messages }) {
    const { question, answer } = exchangeOf(messages)
    return { question, answer }
  },

  edited(example, { question, answer }) {
    const { questionAt, answerAt } = exchangeOf(example.messages)
    return withContents(example, ({ content }, i) => {
      const words = i === questionAt ? question : i === answerAt ? answer : undefined
      return words ?? content
    })
  },

  refuses({ question, answer }) {
    if (isBlank(question)) return 'EMPTY_QUESTION'
    return isBlank(answer) ? 'EMPTY_ANSWER' : null
  },

  opening({ messages }) {
    const first = messages.find(({ role }) => role === 'user')?.content
    return first || JSON.stringify(exchangeOf(messages).asked)
  },

  turns: ({ messages }, systemPrompt) =>
    withSystem(messages, systemPrompt).map(({ role, content, weight }, i) => ({
      role,
      text: content,
      // nothing leads to an answer that stands first
      learnt: role === 'assistant' && i > 0 && weight !== 0
    })),

  endsAtLimit: true
}

function withContents(
  example: Conversation,
  contentOf: (message: Message, i: number) => string
): Conversation {
  const messages = example.messages.map((message, i) => {
    const content = contentOf(message, i)
    return content === message.content ? message : { ...message, content }
  })
  return messages.every((message, i) => message === example.messages[i]) ? example : { ...example, messages }
}
