// Events to a window, thinned: what is dropped, joined and kept, and the end of the window.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { EventName, Events } from '../../main/contract/channels'
import { createPublisher } from '../../main/ipc/publish'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function outlet(): {
  sent: { event: EventName; value: unknown }[]
  open: boolean
  send: (e: EventName, v: unknown) => boolean
} {
  const one = {
    sent: [] as { event: EventName; value: unknown }[],
    open: true,
    send(event: EventName, value: unknown) {
      if (one.open) one.sent.push({ event, value })
      return one.open
    }
  }
  return one
}
const progress = (file: string, done: number): Events['data.progress'] => ({
  project: 'p',
  file,
  done,
  total: 9
})
const chunk = (text: string): Events['chat.chunk'] => ({ chat: 'c', side: 'base', text, done: false })
const metrics = (run: string, ...steps: number[]): Events['run.metrics'] =>
  ({ run, lines: steps.map((step) => ({ kind: 'step', step })) }) as never

describe('thinning', () => {
  test('the newest of each subject goes out, at most five times a second', () => {
    const one = outlet()
    const { publish } = createPublisher(one)
    for (let ms = 0; ms < 1000; ms += 10) {
      publish('data.progress', progress('a', ms))
      publish('data.progress', progress('b', ms))
      vi.advanceTimersByTime(10)
    }
    expect(one.sent.length).toBeLessThanOrEqual(10)
    expect(one.sent.slice(-2).map(({ value }) => value)).toEqual([progress('a', 990), progress('b', 990)])
  })

  test('the last one is never swallowed, and nothing is said twice', () => {
    const one = outlet()
    createPublisher(one).publish('projects.changed', null)
    vi.advanceTimersByTime(10_000)
    expect(one.sent).toEqual([{ event: 'projects.changed', value: null }])
  })

  test('kinds and subjects do not hide each other', () => {
    const one = outlet()
    const { publish } = createPublisher(one)
    publish('run.changed', { id: 'r1', project: 'p' } as never)
    publish('run.changed', { id: 'r2', project: 'p' } as never)
    publish('export.changed', { id: 'r1', run: 'r1' } as never)
    publish('evaluation.progress', { run: 'r1' } as never)
    publish('machine.changed', null)
    vi.advanceTimersByTime(1000)
    expect(one.sent.map(({ event }) => event)).toEqual([
      'run.changed',
      'run.changed',
      'export.changed',
      'evaluation.progress',
      'machine.changed'
    ])
  })

  test('metric lines are joined in order, run by run, and none is lost', () => {
    const one = outlet()
    const { publish } = createPublisher(one)
    const first = metrics('r1', 1, 2)
    publish('run.metrics', first)
    publish('run.metrics', metrics('r2', 1))
    publish('run.metrics', metrics('r1', 3))
    vi.advanceTimersByTime(1000)
    publish('run.metrics', metrics('r1', 4))
    vi.advanceTimersByTime(1000)
    expect(one.sent.map(({ value }) => value)).toEqual([
      metrics('r1', 1, 2, 3),
      metrics('r2', 1),
      metrics('r1', 4)
    ])
    expect(first).toEqual(metrics('r1', 1, 2))
  })

  test('streamed text goes out at once, every piece, in order', () => {
    const one = outlet()
    const { publish } = createPublisher(one)
    const pieces = ['お', '問い合わせ', 'ありがとう', 'ございます'].map(chunk)
    for (const piece of pieces) publish('chat.chunk', piece)
    expect(one.sent.map(({ value }) => value)).toEqual(pieces)
  })
})

describe('the end of the window', () => {
  test('nothing is sent after it is gone, and nothing goes on waiting', () => {
    const one = outlet()
    const { publish } = createPublisher(one)
    publish('projects.changed', null)
    one.open = false
    vi.advanceTimersByTime(1000)
    one.open = true // an address that another window took meanwhile
    publish('projects.changed', null)
    publish('chat.chunk', chunk('a'))
    vi.advanceTimersByTime(1000)
    expect(one.sent).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('closing drops what waits', () => {
    const one = outlet()
    const publisher = createPublisher(one)
    publisher.publish('projects.changed', null)
    publisher.close()
    publisher.publish('machine.changed', null)
    vi.advanceTimersByTime(1000)
    expect(one.sent).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})
