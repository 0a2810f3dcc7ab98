// A conversation whose last answer is liked or not. Shown and changed as a conversation is.
import type { Example } from '../../../contract/records'
import { ratedTokens } from '../../tokens/kinds/rated'
import { conversation, type Conversation } from './conversation'
import type { ExampleKind } from './kind'

export type Rated = Extract<Example, { kind: 'rated' }>

export const rated: ExampleKind<Rated> = {
  fields: ['messages', 'liked'],
  fileSuffix: '-rated',
  texts: ratedTokens.texts,
  mapTexts: (example, change) => withMessages(example, conversation.mapTexts(talk(example), change)),
  pair: (example) => ({ ...conversation.pair(talk(example)), verdict: verdictOf(example) }),
  edited: (example, words) => withMessages(example, conversation.edited(talk(example), words)),
  refuses: conversation.refuses,
  opening: (example) => conversation.opening(talk(example)),
  turns(example, systemPrompt) {
    const turns = conversation.turns(talk(example), systemPrompt)
    return turns.map((turn, at) =>
      // earlier answers are context
      at === turns.length - 1 ? { ...turn, verdict: verdictOf(example) } : turn
    )
  },
  endsAtLimit: true
}

const verdictOf = ({ liked }: Rated): 'liked' | 'disliked' => (liked ? 'liked' : 'disliked')

const talk = ({ messages, source }: Rated): Conversation => ({ kind: 'conversation', messages, source })

const withMessages = (example: Rated, { messages }: Conversation): Rated =>
  messages.every((message, i) => message === example.messages[i]) ? example : { ...example, messages }
