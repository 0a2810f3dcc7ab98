// Question and answer of a conversation: of several turns the last answer and the question it is to, never the
// first question beside the last answer.
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../../main/contract/records'
import { exchangeOf } from '../../../../main/services/dataset/set/exchange'
import { withSystem } from '../../../../main/services/tokens/with-system'

const system: Message = { role: 'system', content: 's' }
const user = (content: string): Message => ({ role: 'user', content })
const assistant = (content: string): Message => ({ role: 'assistant', content })

describe('exchangeOf', () => {
  test('one question, one answer', () => {
    expect(exchangeOf([user('q'), assistant('a')])).toEqual({
      asked: [user('q')],
      before: [],
      question: 'q',
      answer: 'a',
      questionAt: 0,
      answerAt: 1
    })
  })

  test('several turns: the last answer, its own question, and the turns before it', () => {
    const talk = [system, user('q'), assistant('a'), user('r'), assistant('b'), user('thanks')]
    expect(exchangeOf(talk)).toEqual({
      asked: talk.slice(0, 4),
      before: [user('q'), assistant('a')],
      question: 'r',
      answer: 'b',
      questionAt: 3,
      answerAt: 4
    })
  })

  test('where somebody says nothing', () => {
    expect(exchangeOf([system, assistant('a')])).toMatchObject({ question: '', questionAt: -1, before: [] })
    expect(exchangeOf([user('q')])).toMatchObject({ asked: [user('q')], answer: '', answerAt: -1 })
    expect(exchangeOf([])).toMatchObject({ asked: [], question: '', answer: '' })
  })
})

test('the system prompt goes first, unless the conversation has its own', () => {
  expect(withSystem([user('q')], 's')).toEqual([system, user('q')])
  expect(withSystem([system, user('q')], 'other')).toEqual([system, user('q')])
  for (const none of ['', undefined]) expect(withSystem([user('q')], none)).toEqual([user('q')])
})
