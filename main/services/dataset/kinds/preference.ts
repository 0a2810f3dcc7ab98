// An answer that is preferred to another. Shown and changed as the question and both answers.
import type { Example, Message } from '../../../contract/records'
import { preferenceTokens } from '../../tokens/kinds/preference'
import { withSystem } from '../../tokens/with-system'
import { isBlank, type ExampleKind } from './kind'

export type Preference = Extract<Example, { kind: 'preference' }>

export const preference: ExampleKind<Preference> = {
  fields: ['messages', 'chosen', 'rejected'],
  fileSuffix: '-preferences',
  texts: preferenceTokens.texts,

  mapTexts: (example, change) =>
    changed(example, {
      messages: example.messages.map((message) => withContent(message, change(message.content))),
      chosen: change(example.chosen),
      rejected: change(example.rejected)
    }),

  pair: ({ messages, chosen, rejected }) => ({
    question: messages[questionAt(messages)]?.content ?? '',
    answer: chosen,
    other: rejected
  }),

  edited(example, { question, answer, other }) {
    const at = questionAt(example.messages)
    return changed(example, {
      messages: example.messages.map((message, i) =>
        i === at ? withContent(message, question ?? message.content) : message
      ),
      chosen: answer ?? example.chosen,
      rejected: other ?? example.rejected
    })
  },

  refuses({ question, answer, other }, shown) {
    if (isBlank(question)) return 'EMPTY_QUESTION'
    if (isBlank(answer)) return 'EMPTY_ANSWER'
    if (isBlank(other)) return 'EMPTY_OTHER'
    const [chosen, rejected] = [answer ?? shown?.answer, other ?? shown?.other]
    return chosen !== undefined && chosen.trim() === rejected?.trim() ? 'SAME_ANSWERS' : null
  },

  opening: ({ messages }) => messages.find(({ role }) => role === 'user')?.content ?? '',

  turns: ({ messages, chosen, rejected }, systemPrompt) => [
    ...withSystem(messages, systemPrompt).map(({ role, content }) => ({
      role,
      text: content,
      learnt: false
    })),
    { role: 'assistant', text: chosen, learnt: true, verdict: 'chosen' },
    { role: 'assistant', text: rejected, learnt: false, verdict: 'rejected' }
  ],

  endsAtLimit: true
}

const questionAt = (messages: readonly Message[]): number =>
  messages.findLastIndex(({ role }) => role === 'user')

const withContent = (message: Message, content: string): Message =>
  content === message.content ? message : { ...message, content }

function changed(
  example: Preference,
  words: Pick<Preference, 'messages' | 'chosen' | 'rejected'>
): Preference {
  const isSame =
    words.chosen === example.chosen &&
    words.rejected === example.rejected &&
    words.messages.every((message, i) => message === example.messages[i])
  return isSame ? example : { ...example, ...words }
}
