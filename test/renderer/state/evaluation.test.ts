// When both begin to answer by themselves, and when only the user lets them.
import { beforeEach, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { Evaluation } from '../../../main/contract/window/results'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { evaluation as EvaluationState } from '../../../renderer/state/evaluation.svelte'

const none: Evaluation = {
  run: 'run',
  answeredPairs: 0,
  differingPairs: 0,
  unasked: { texts: 0, again: 0 },
  state: 'none',
  done: 0,
  total: 0,
  secondsLeft: null,
  candidates: [],
  general: null,
  pairs: [],
  baseLoss: null,
  tunedLoss: null,
  basePerplexity: null,
  tunedPerplexity: null,
  busy: null,
  cancelled: false,
  error: null
}
const pair = { index: 0, question: 'q', reference: 'r', base: 'b', tuned: 't', sample: null }

let bridge: FakeBridge
let state: typeof EvaluationState
beforeEach(async () => {
  bridge = fakeBridge({
    'evaluation.get': ({ run }) => ({ ...none, run }),
    'asking.ofEvaluation': () => [],
    'evaluation.start': ({ run }) => ({ ...none, run, state: 'running', total: 30 }),
    'evaluation.cancel': () => null
  })
  ;({ evaluation: state } = await import('../../../renderer/state/evaluation.svelte'))
})
const started = (): number => bridge.asked.filter(({ name }) => name === 'evaluation.start').length

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
  bridge.answers['evaluation.get'] = () => shown
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
  bridge.tell('evaluation.progress', cut)
  bridge.answers['evaluation.get'] = () => cut
  await state.openAndBegin('run')
  expect([started(), state.current]).toEqual([1, cut])
})

test('one that cannot be read is not begun, and says why', async () => {
  bridge.answers['evaluation.get'] = () => {
    throw new NeiroError('RUN_GONE')
  }
  await state.openAndBegin('run')
  expect([started(), state.failure]).toMatchObject([0, { code: 'RUN_GONE' }])
})

test('an answer for the run before comes too late to be shown or begun', async () => {
  const slow = later<Evaluation>()
  bridge.answers['evaluation.get'] = ({ run }) => (run === 'slow' ? slow.promise : { ...none, run, total: 9 })
  const first = state.openAndBegin('slow')
  bridge.answers['evaluation.start'] = ({ run }) => ({ ...none, run, state: 'running', total: 9 })
  await state.openAndBegin('quick')
  slow.resolve({ ...none, run: 'slow' })
  await first
  expect(state.current?.run).toBe('quick')
  expect(bridge.asked.filter(({ name }) => name === 'evaluation.start')).toEqual([
    { name: 'evaluation.start', args: { run: 'quick', limit: 30 } }
  ])
})

test('where something would leave for a service, nothing begins before the user has agreed to it', async () => {
  const { asking } = await import('../../../renderer/state/asking.svelte')
  const view = { id: 'a', model: 'ft:x', title: 't', said: ['q'], personal: 1 }
  bridge.answers['asking.ofEvaluation'] = () => [view]
  await state.open('run')
  await state.start()
  expect([started(), asking.leaving]).toEqual([0, [view]])
  asking.refuse()
  expect([started(), asking.leaving]).toEqual([0, []])
  await state.start()
  // personal data leaves by a word of its own
  await asking.agree()
  expect([started(), asking.agreeable]).toEqual([0, false])
  asking.unmasked = true
  await asking.agree()
  const begun = bridge.asked.findLast(({ name }) => name === 'evaluation.start')
  expect(begun?.args).toMatchObject({ run: 'run', agreed: { ids: ['a'], unmasked: true } })
  expect([started(), asking.leaving]).toEqual([1, []])
})
