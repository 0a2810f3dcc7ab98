// The figures of the chat: what is typed becomes a figure or a reason; main accepts exactly these ranges.
import { describe, expect, test } from 'vitest'
import { checkArguments } from '../../../main/ipc/arguments'
import {
  chatFields,
  readFigure,
  startSettings,
  type ChatField,
  type ChatFigure
} from '../../../renderer/lib/chat-fields'

const field = (key: ChatFigure): ChatField => chatFields.find((one) => one.key === key) as ChatField

describe('what is typed', () => {
  test.each([
    ['temperature', '0.7', 0.7],
    ['temperature', ' ０．７ ', 0.7],
    ['temperature', '5', 5],
    ['temperature', '5.1', 'large'],
    ['temperature', '-0.1', 'small'],
    ['temperature', '', 'empty'],
    ['temperature', '0,7', 'no-number'],
    ['temperature', '1e3', 'no-number'],
    ['temperature', 'Infinity', 'no-number'],
    ['topP', '0', 'small'],
    ['topP', '.95', 0.95],
    ['topK', '40', 40],
    ['topK', '40.5', 'fraction'],
    ['repetitionPenalty', '0', 'small'],
    ['maxNewTokens', '0', 'small'],
    ['maxNewTokens', '４０９６', 4096],
    ['seed', '4294967296', 'large'],
    ['seed', '0x10', 'no-number']
  ] as const)('%s: "%s" is %s', (key, typed, read) => {
    expect(readFigure(typed, field(key))).toBe(read)
  })
})

test('main accepts the start, and both ends of every range', () => {
  const ask = (change: Record<string, unknown>): unknown =>
    checkArguments('chat.ask', {
      run: 'run',
      chat: 'chat',
      messages: { base: [], tuned: [] },
      settings: { ...startSettings, ...change }
    })
  ask({})
  for (const { key, min, max, whole } of chatFields) {
    ask({ [key]: min })
    ask({ [key]: max })
    expect(() => ask({ [key]: max + 1 })).toThrow(key)
    expect(() => ask({ [key]: key === 'maxNewTokens' ? 0 : -1 })).toThrow(key)
    if (whole) expect(() => ask({ [key]: 1.5 })).toThrow(key)
  }
  expect(Object.keys(startSettings).sort()).toEqual(
    ['systemPrompt', ...chatFields.map(({ key }) => key)].sort()
  )
})
