// The turns of a chat: in order, and when they no longer fit, the oldest go first.
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../main/contract/records'
import { Conversation } from '../../../main/services/chat/conversation'

/** ten tokens a message */
const encode = (messages: readonly Message[]): Int32Array => new Int32Array(10 * messages.length)

describe('Conversation', () => {
  test('keeps the turns in order, system prompt first', () => {
    const talk = new Conversation('丁寧に。')
    talk.ask('一')
    talk.answered('二')
    talk.ask('三')
    expect(talk.messages.map((message) => [message.role, message.content])).toEqual([
      ['system', '丁寧に。'],
      ['user', '一'],
      ['assistant', '二'],
      ['user', '三']
    ])
    talk.unask()
    expect(talk.messages).toHaveLength(3)
    talk.unask()
    expect(talk.messages).toHaveLength(3)
    talk.clear()
    expect(talk.messages).toEqual([{ role: 'system', content: '丁寧に。' }])
    expect(new Conversation(undefined).messages).toEqual([])
  })

  test('drops the oldest question and answer, never the system prompt or the newest question', () => {
    const talk = new Conversation('S')
    for (const round of [1, 2, 3, 4]) {
      talk.ask(`q${round}`)
      talk.answered(`a${round}`)
    }
    talk.ask('q5')
    // 10 messages = 100 tokens; with 20 for the answer, 80 leave room for six messages
    const { prompt, dropped } = talk.prompt(encode, 80, 20)
    expect([prompt.length, dropped]).toEqual([60, 4])
    expect(talk.messages.map((message) => message.content)).toEqual(['S', 'q3', 'a3', 'q4', 'a4', 'q5'])
    expect(talk.prompt(encode, 5, 1)).toMatchObject({ dropped: 4 })
    expect(talk.messages.map((message) => message.content)).toEqual(['S', 'q5'])
  })
})
