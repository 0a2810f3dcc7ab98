// When both begin to answer by themselves, and when only the user lets them.
import { beforeEach, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { Comparison } from '../../../main/contract/window/results'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { comparison as ComparisonState } from '../../../renderer/state/comparison.svelte'

const none: Comparison = {
  run: 'run',
  state: 'none',
  done: 0,
  total: 0,
  pairs: [],
  baseLoss: null,
  tunedLoss: null,
  basePerplexity: null,
  tunedPerplexity: null,
  cancelled: false,
  error: null
}
const pair = { index: 0, question: 'q', reference: 'r', base: 'b', tuned: 't', sample: null }

let bridge: FakeBridge
let state: typeof ComparisonState
beforeEach(async () => {
  bridge = fakeBridge({
    'compare.get': ({ run }) => ({ ...none, run }),
    'compare.start': ({ run }) => ({ ...none, run, state: 'running', total: 30 }),
    'compare.cancel': () => null
  })
  ;({ comparison: state } = await import('../../../renderer/state/comparison.svelte'))
})
const started = (): number => bridge.asked.filter(({ name }) => name === 'compare.start').length

test('the first time they begin by themselves', async () => {
  await state.openAndBegin('run')
  expect([started(), state.current?.state]).toEqual([1, 'running'])
})

test.each([
  ['was cancelled before the first answer', { cancelled: true, total: 30 }],
  ['has some answers', { pairs: [pair], done: 1, total: 30 }],
  ['ended with an error', { error: new NeiroError('ENGINE_DIED').toData() }],
  ['is done', { state: 'done', pairs: [pair], done: 1, total: 1 }],
  ['is at work', { state: 'running', total: 30 }]
] as const)('one that %s goes on only when told to', async (_, change) => {
  const shown = { ...none, ...change }
  bridge.answers['compare.get'] = () => shown
  await state.openAndBegin('run')
  await state.openAndBegin('run')
  expect([started(), state.current]).toEqual([0, shown])
  await state.start()
  expect(started()).toBe(1)
})

test('cancelled, and the tab left and opened again: it stays as it was left', async () => {
  await state.openAndBegin('run')
  await state.cancel()
  const cut = { ...none, cancelled: true, total: 30 }
  bridge.tell('compare.progress', cut)
  bridge.answers['compare.get'] = () => cut
  await state.openAndBegin('run')
  expect([started(), state.current]).toEqual([1, cut])
})

test('one that cannot be read is not begun, and says why', async () => {
  bridge.answers['compare.get'] = () => {
    throw new NeiroError('RUN_GONE')
  }
  await state.openAndBegin('run')
  expect([started(), state.failure]).toMatchObject([0, { code: 'RUN_GONE' }])
})

test('an answer for the run before comes too late to be shown or begun', async () => {
  const slow = later<Comparison>()
  bridge.answers['compare.get'] = ({ run }) => (run === 'slow' ? slow.promise : { ...none, run, total: 9 })
  const first = state.openAndBegin('slow')
  bridge.answers['compare.start'] = ({ run }) => ({ ...none, run, state: 'running', total: 9 })
  await state.openAndBegin('quick')
  slow.resolve({ ...none, run: 'slow' })
  await first
  expect(state.current?.run).toBe('quick')
  expect(bridge.asked.filter(({ name }) => name === 'compare.start')).toEqual([
    { name: 'compare.start', args: { run: 'quick', limit: 30 } }
  ])
})
