// Two panes: each side sees its own earlier answers, text streams into the exchange that was asked last.
import { beforeEach, expect, test } from 'vitest'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { chat as Chat } from '../../../renderer/state/chat.svelte'

let bridge: FakeBridge
let chat: typeof Chat
beforeEach(async () => {
  bridge = fakeBridge({ 'chat.ask': () => ({ base: 'b1', tuned: 't1' }) })
  ;({ chat } = await import('../../../renderer/state/chat.svelte'))
})
interface Asked {
  chat: string
  messages: { base: { content: string }[]; tuned: { content: string }[] }
}
const last = (): Asked => bridge.asked.at(-1)?.args as Asked

test('a second question carries each side’s own conversation', async () => {
  await chat.ask('run', 'q1')
  bridge.answers['chat.ask'] = () => ({ base: 'b2', tuned: 't2' })
  await chat.ask('run', 'q2')
  expect(last().messages.base.map((message) => message.content)).toEqual(['q1', 'b1', 'q2'])
  expect(last().messages.tuned.map((message) => message.content)).toEqual(['q1', 't1', 'q2'])
})

test('text streams to its side, and text of a chat that is over is dropped', async () => {
  const slow = later<{ base: string; tuned: string }>()
  bridge.answers['chat.ask'] = () => slow.promise
  const asking = chat.ask('run', 'q')
  const id = last().chat
  bridge.tell('chat.chunk', { chat: id, side: 'tuned', text: 'あり', done: false })
  bridge.tell('chat.chunk', { chat: id, side: 'tuned', text: 'がとう', done: false })
  bridge.tell('chat.chunk', { chat: 'older', side: 'tuned', text: '!', done: false })
  expect(chat.exchanges.at(-1)).toMatchObject({ base: '', tuned: 'ありがとう', done: false })
  slow.resolve({ base: 'b', tuned: 'ありがとう。' })
  await asking
  bridge.tell('chat.chunk', { chat: id, side: 'tuned', text: 'late', done: true })
  expect(chat.exchanges.at(-1)).toEqual({ question: 'q', base: 'b', tuned: 'ありがとう。', done: true })
})

test('a question that could not be answered says why and leaves what had arrived', async () => {
  bridge.answers = {}
  await chat.ask('run', 'q')
  expect(chat.failure).toMatchObject({ code: 'UNKNOWN_CALL' })
  expect(chat.exchanges).toHaveLength(1)
  expect(chat.asking).toBe(false)
})
