// What a conversation asks and what it answers, said once for all who show, ask or change a pair: its last answer that
// is learnt, and the question that this answer is to. Earlier turns are what the question stands on. Pure.
import type { Example, Message } from '../../../contract/records'
import { answered } from '../../tokens/answered'

export interface Exchange {
  /** all that leads to the answer, system text included: what a model is asked */
  readonly asked: readonly Message[]
  /** the turns before the question, without system text; empty where there is one question and one answer */
  readonly before: readonly Message[]
  /** '' where nobody asks */
  readonly question: string
  /** '' where nobody answers */
  readonly answer: string
  /** places among the messages; -1 where there is none */
  readonly questionAt: number
  readonly answerAt: number
}

export function exchangeOf(messages: readonly Message[]): Exchange {
  const answerAt = messages.findLastIndex(({ role, weight }) => role === 'assistant' && weight !== 0)
  const asked = answerAt < 0 ? messages : messages.slice(0, answerAt)
  const questionAt = asked.findLastIndex(({ role }) => role === 'user')
  const before = asked.slice(0, Math.max(0, questionAt)).filter(({ role }) => role !== 'system')
  return {
    asked,
    before,
    question: asked[questionAt]?.content ?? '',
    answer: messages[answerAt]?.content ?? '',
    questionAt,
    answerAt
  }
}

/** Of an example: of two answers the preferred one counts, and one that nobody likes is none; null for a plain text. */
export function exchangeIn(example: Example): Exchange | null {
  switch (example.kind) {
    case 'text':
    case 'labelled':
      return null
    case 'conversation':
      return exchangeOf(example.messages)
    case 'preference':
      return exchangeOf(answered(example.messages, example.chosen))
    case 'rated': {
      const exchange = exchangeOf(example.messages)
      return example.liked ? exchange : { ...exchange, answer: '', answerAt: -1 }
    }
  }
}
