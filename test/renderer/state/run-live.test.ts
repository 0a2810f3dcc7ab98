// The curves of one run: loaded once, fed by events, bounded, and loaded again when a resumed run went back.
import { beforeEach, expect, test } from 'vitest'
import type { MetricLine } from '../../../main/contract/records'
import type { RunCurves } from '../../../main/contract/window/training'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import { aRun } from '../views'
import type { runLive as RunLive } from '../../../renderer/state/run-live.svelte'

const points = (length: number): { step: number; value: number }[] =>
  Array.from({ length }, (_, index) => ({ step: index + 1, value: 2 }))
const curves = (length: number): RunCurves => ({
  run: 'run',
  curves: ['loss', 'praise'].map((figure) => ({ part: 'training', figure, points: points(length) })),
  best: null
})
const step = (number: number, value = 1): MetricLine =>
  ({ kind: 'step', step: number, figures: { loss: value, praise: value } }) as unknown as MetricLine

let bridge: FakeBridge
let live: typeof RunLive

beforeEach(async () => {
  bridge = fakeBridge({ 'runs.curves': () => curves(3), 'runs.answers': () => [] })
  ;({ runLive: live } = await import('../../../renderer/state/run-live.svelte'))
  await live.open('run')
})
const asked = (name: string): number => bridge.asked.filter((one) => one.name === name).length

/** Steps of a curve as it is drawn. */
const stepsOf = (figure: string, part = 'training'): readonly number[] | undefined =>
  live.curves?.curves
    .find((curve) => curve.part === part && curve.figure === figure)
    ?.points.map((point) => point.step)

test('new lines are added to every curve they belong to, of whatever figure', () => {
  const figures = { loss: 1.5, praise: 0.5 }
  const evaluation = { kind: 'evaluation', step: 4, figures, by: 'praise', best: true }
  bridge.tell('run.metrics', { run: 'run', lines: [step(4), evaluation as unknown as MetricLine] })
  for (const figure of ['loss', 'praise']) {
    expect(stepsOf(figure)).toEqual([1, 2, 3, 4])
    expect(stepsOf(figure, 'heldOut')).toEqual([4])
  }
  expect(live.curves?.best).toEqual({ step: 4, figure: 'praise', value: 0.5 })
})

test('a line that the loaded curves hold already is not drawn twice', () => {
  bridge.tell('run.metrics', { run: 'run', lines: [step(2), step(3), step(4)] })
  bridge.tell('run.metrics', { run: 'run', lines: [step(4)] })
  expect(stepsOf('loss')).toEqual([1, 2, 3, 4])
})

test('what is told while the curves are on their way is drawn with them', async () => {
  const slow = later<RunCurves>()
  bridge.answers['runs.curves'] = () => slow.promise
  const opened = live.open('run')
  bridge.tell('run.metrics', { run: 'run', lines: [step(3), step(4), step(5)] })
  slow.resolve(curves(4))
  await opened
  expect(stepsOf('loss')).toEqual([1, 2, 3, 4, 5])
})

test('a figure that is no number leaves a gap', () => {
  // as JSON carries it over the socket
  bridge.tell('run.metrics', { run: 'run', lines: [step(4, null as unknown as number), step(5)] })
  expect(stepsOf('loss')).toEqual([1, 2, 3, 5])
})

test('lines of another run are left alone', () => {
  bridge.tell('run.metrics', { run: 'other', lines: [step(4)] })
  expect(stepsOf('loss')).toEqual([1, 2, 3])
})

test('answers are asked for again when the run has answered the questions', async () => {
  const before = asked('runs.answers')
  bridge.tell('run.metrics', { run: 'run', lines: [{ kind: 'sample', step: 4 } as MetricLine] })
  expect(asked('runs.answers')).toBe(before + 1)
})

test('a run that resumed from an earlier step is loaded again', async () => {
  bridge.answers['runs.curves'] = () => curves(100)
  await live.open('run')
  const before = asked('runs.curves')
  bridge.tell('run.changed', aRun({ state: 'running', step: 99 }))
  expect(asked('runs.curves')).toBe(before)
  bridge.tell('run.changed', aRun({ state: 'running', step: 60 }))
  expect(asked('runs.curves')).toBe(before + 1)
})

test('a long training keeps a bounded number of points', () => {
  for (let at = 4; at < 12_000; at += 4)
    bridge.tell('run.metrics', { run: 'run', lines: [step(at), step(at + 1), step(at + 2), step(at + 3)] })
  expect(stepsOf('loss')?.length).toBeLessThanOrEqual(2000)
  expect(stepsOf('loss')?.at(-1)).toBe(11_999)
})
