// What could not be done is said, in the error's own words, until the user closes it, goes on, or it is no longer so.
import { beforeEach, expect, test } from 'vitest'
import { fakeBridge, type FakeBridge } from '../fake-bridge'
import type { call as Call } from '../../../renderer/api.svelte'
import type { NeiroError as OurError } from '../../../main/contract/errors'
import type { troubles as Troubles } from '../../../renderer/state/troubles.svelte'

let bridge: FakeBridge
let troubles: typeof Troubles
let call: typeof Call
/** of the same modules as the page's, which each test loads anew */
let NeiroError: typeof OurError

beforeEach(async () => {
  bridge = fakeBridge()
  ;({ troubles } = await import('../../../renderer/state/troubles.svelte'))
  ;({ call } = await import('../../../renderer/api.svelte'))
  ;({ NeiroError } = await import('../../../main/contract/errors'))
})
const failing =
  (code: string, details: Record<string, string> = {}) =>
  async (): Promise<never> => {
    throw new NeiroError(code, details)
  }
const codes = (): string[] => troubles.list.map(({ error }) => (error as { code?: string }).code ?? 'other')

test('what succeeds gives its answer and says nothing', async () => {
  expect(await troubles.attempt(async () => 7)).toBe(7)
  expect(troubles.list).toEqual([])
})

test('what fails is said, stays, and goes when it is closed or the next thing is tried', async () => {
  expect(await troubles.attempt(failing('DISK_FULL'))).toBeNull()
  expect(codes()).toEqual(['DISK_FULL'])
  troubles.dismiss(troubles.list[0]?.id ?? -1)
  expect(codes()).toEqual([])
  await troubles.attempt(failing('DISK_FULL'))
  await troubles.attempt(async () => undefined)
  expect(codes()).toEqual([])
})

test('a failure that comes late does not wipe out what failed before it', async () => {
  await Promise.all(['A', 'B'].map((code) => troubles.attempt(failing(code))))
  expect(codes()).toEqual(['A', 'B'])
})

test('the same sentence is said once, another file is another sentence, and at most three stand', () => {
  for (const file of ['a', 'b', 'b', 'c', 'd']) troubles.tell(new NeiroError('FILE_GONE', { file }))
  expect(troubles.list.map(({ error }) => (error as { details: unknown }).details)).toEqual([
    { file: 'b' },
    { file: 'c' },
    { file: 'd' }
  ])
})

test('errors that are not ours share one sentence', () => {
  troubles.tell(new TypeError('x is undefined'))
  troubles.tell('rubbish')
  expect(codes()).toEqual(['other'])
})

test('a promise that nobody caught is shown all the same', () => {
  troubles.start()
  const reason = new NeiroError('PROJECT_GONE')
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }))
  expect(codes()).toEqual(['PROJECT_GONE'])
})

test('after a lost connection one sentence says that what was clicked may not have arrived', async () => {
  bridge.answers['runs.pauseRun'] = failing('CONNECTION_LOST')
  await troubles.attempt(() => call('runs.pauseRun', { id: 'run' }))
  expect(codes()).toEqual(['CONNECTION_LOST'])
  // the window says at length that the connection is lost
  expect(troubles.others).toEqual([])
  bridge.connection('connected')
  expect(codes()).toEqual(['CONNECTION_BACK'])
})

test('a connection that was lost while nobody asked for anything comes back without a word', () => {
  bridge.connection('lost')
  bridge.connection('connected')
  expect(codes()).toEqual([])
})
