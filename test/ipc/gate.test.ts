// The gate: only known calls with sound arguments reach the app, and every failure comes back as data.
import { describe, expect, test } from 'vitest'
import { NeiroError } from '../../main/contract/errors'
import { answer } from '../../main/ipc/gate'
import type { Log } from '../../main/log'
import { fakeApp } from '../serve/fake-app'

function logged(): { log: Log; lines: string[] } {
  const lines: string[] = []
  return { lines, log: (level, message) => lines.push(`${level} ${message}`) }
}

const failing = (error: unknown): { call: () => Promise<never> } => ({ call: () => Promise.reject(error) })

test('a known call with sound arguments reaches the app, and its value comes back', async () => {
  const app = fakeApp({ version: '1' })
  expect(await answer(app, logged().log, 'projects.get', { id: 'p-1' })).toEqual({
    ok: true,
    value: { version: '1' }
  })
  expect(app.asked).toEqual([{ name: 'projects.get', args: { id: 'p-1' } }])
})

describe('what is no call', () => {
  const names: [string, unknown][] = [
    ['an unknown name', 'projects.burn'],
    ['a name of every object', 'constructor'],
    ['nothing', undefined],
    ['a number', 7],
    ['an object that cannot be turned into text', JSON.parse('{"toString":1,"valueOf":1}')],
    ['an object without any ancestor', Object.create(null)],
    ['a symbol', Symbol('call')],
    ['a list of a known name', ['app.info']]
  ]
  test.each(names)('%s is answered, not thrown, and never asked of the app', async (_kind, name) => {
    const app = fakeApp()
    const { log, lines } = logged()
    const result = await answer(app, log, name, {})
    expect(result).toMatchObject({ ok: false, error: { code: 'UNKNOWN_CALL' } })
    expect(app.asked).toEqual([])
    expect(lines).toHaveLength(1)
  })

  test('a name as long as a book does not fill the log', async () => {
    const { log, lines } = logged()
    await answer(fakeApp(), log, 'x'.repeat(100_000), {})
    expect(lines.join('').length).toBeLessThan(300)
  })
})

describe('failures', () => {
  test('one of ours keeps its code, words and figures', async () => {
    const error = new NeiroError('PROJECT_GONE', { folder: 'a' })
    expect(await answer(failing(error), logged().log, 'app.info', {})).toEqual({
      ok: false,
      error: { code: 'PROJECT_GONE', details: { folder: 'a' } }
    })
  })

  test('any other is said plainly; what it was stays in the log', async () => {
    const { log, lines } = logged()
    const result = await answer(failing(new TypeError('/home/taro/secret is odd')), log, 'app.info', {})
    expect(JSON.stringify(result)).not.toContain('secret')
    expect(result).toMatchObject({ ok: false, error: { code: 'UNEXPECTED' } })
    expect(lines[0]).toMatch(/^error app\.info: TypeError.*secret/s)
  })

  test('also what is no error at all, and what is thrown before there is a promise', async () => {
    const thrown = await answer(failing('just text'), logged().log, 'app.info', {})
    expect(thrown).toMatchObject({ ok: false, error: { code: 'UNEXPECTED' } })
    const atOnce = {
      call: () => {
        throw new Error('at once')
      }
    }
    expect(await answer(atOnce, logged().log, 'app.info', {})).toMatchObject({ ok: false })
  })
})
