// Electron's side of the gate, with an ipcMain that only remembers: who is answered, and who is not.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { callNames, type Result } from '../../main/contract/channels'
import { NeiroError } from '../../main/contract/errors'
import { fakeApp, type FakeApp } from '../serve/fake-app'

type Handler = (event: unknown, args: unknown) => Promise<Result<unknown>>
const handlers = new Map<string, Handler>()
vi.mock('electron', () => ({
  ipcMain: {
    handle(channel: string, handler: Handler) {
      if (handlers.has(channel)) throw new Error(`a second handler for ${channel}`)
      handlers.set(channel, handler)
    }
  }
}))
const { droppedChannel, registerCalls } = await import('../../main/ipc/register')

let app: FakeApp
let lines: string[]
beforeEach(() => {
  app = fakeApp('the value')
  lines = []
  registerCalls(app, (level, message) => lines.push(`${level} ${message}`), 'app://neiro')
})
afterEach(() => handlers.clear())

const page = { url: 'app://neiro/index.html#/p/data', parent: null }
const ask = (channel: string, args: unknown, senderFrame: unknown = page): Promise<Result<unknown>> =>
  handlers.get(channel)?.({ senderFrame }, args) ?? Promise.reject(new Error(`no handler for ${channel}`))

test('every call of the contract has its handler, the drop too, and there is no other', () => {
  expect([...handlers.keys()].sort()).toEqual([...callNames, droppedChannel].sort())
})

test('our own page is answered', async () => {
  expect(await ask('app.info', {})).toEqual({ ok: true, value: 'the value' })
  expect(await ask('projects.get', { id: '../x' })).toMatchObject({ error: { code: 'BAD_ARGUMENTS' } })
  expect(app.asked).toEqual([{ name: 'app.info', args: {} }])
})

describe('refused is', () => {
  const senders: [string, unknown][] = [
    ['another origin', { ...page, url: 'https://evil.example/' }],
    ['an origin that begins like ours', { ...page, url: 'app://neiro.evil.example/index.html' }],
    ['our host under another scheme', { ...page, url: 'http://neiro/index.html' }],
    ['a page that has our address in its own', { ...page, url: 'https://evil.example/?app://neiro/' }],
    ['a file', { ...page, url: 'file:///app://neiro/index.html' }],
    ['a page that is not there yet', { ...page, url: '' }],
    ['a frame inside our page', { ...page, parent: page }],
    ['a frame that is gone', null]
  ]
  test.each(senders)('%s, on every channel', async (_kind, sender) => {
    for (const channel of handlers.keys()) {
      const result = await ask(channel, channel === droppedChannel ? ['/etc/passwd'] : {}, sender)
      expect(result).toMatchObject({ ok: false, error: { code: 'UNKNOWN_SENDER' } })
    }
    expect(app.asked).toEqual([])
    expect(app.added).toEqual([])
    expect(lines).toHaveLength(handlers.size)
  })
})

describe('a drop', () => {
  test('hands over its paths and answers with references', async () => {
    const result = await ask(droppedChannel, ['/home/taro/問い合わせ.xlsx'])
    expect(result).toMatchObject({ ok: true, value: [{ name: '問い合わせ.xlsx' }] })
  })

  test.each([[null], ['/etc/passwd'], [{ length: 1, 0: '/etc/passwd' }], [[1, null, {}]]])(
    'of %j is a drop of nothing',
    async (paths) => {
      expect(await ask(droppedChannel, paths)).toEqual({ ok: true, value: [] })
      expect(app.added).toEqual([])
    }
  )

  test('that cannot be read is an answer in our words', async () => {
    app.addPaths = () => Promise.reject(new NeiroError('FILE_MISSING'))
    expect(await ask(droppedChannel, ['/x'])).toMatchObject({ ok: false, error: { code: 'FILE_MISSING' } })
  })
})
