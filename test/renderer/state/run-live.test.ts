// The curves of one run: loaded once, fed by events, bounded, and loaded again when a resumed run went back.
import { beforeEach, expect, test } from 'vitest'
import type { MetricLine } from '../../../main/contract/records'
import type { RunCurves } from '../../../main/contract/window/training'
import { fakeBridge, type FakeBridge } from '../fake-bridge'
import { aRun } from '../views'
import type { runLive as RunLive } from '../../../renderer/state/run-live.svelte'

const points = (length: number): { step: number; value: number }[] =>
  Array.from({ length }, (_, index) => ({ step: index + 1, value: 2 }))
const curves = (length: number): RunCurves => ({
  run: 'run',
  trainLoss: points(length),
  evalLoss: [],
  learningRate: points(length),
  gradNorm: points(length),
  tokensPerSecond: points(length),
  memory: points(length),
  stepsPerEpoch: 10
})
const step = (number: number): MetricLine =>
  ({
    kind: 'step',
    step: number,
    loss: 1,
    learningRate: 0.1,
    gradNorm: 1,
    tokens: 50,
    seconds: 2,
    memory: 9
  }) as MetricLine

let bridge: FakeBridge
let live: typeof RunLive

beforeEach(async () => {
  bridge = fakeBridge({ 'runs.curves': () => curves(3), 'runs.answers': () => [] })
  ;({ runLive: live } = await import('../../../renderer/state/run-live.svelte'))
  await live.open('run')
})
const asked = (name: string): number => bridge.asked.filter((one) => one.name === name).length

test('new lines are added to every curve they belong to', () => {
  bridge.tell('run.metrics', {
    run: 'run',
    lines: [step(4), { kind: 'evaluation', step: 4, loss: 1.5, best: true } as MetricLine]
  })
  expect(live.curves?.trainLoss.map((point) => point.step)).toEqual([1, 2, 3, 4])
  expect(live.curves?.tokensPerSecond.at(-1)).toEqual({ step: 4, value: 25 })
  expect(live.curves?.evalLoss).toEqual([{ step: 4, value: 1.5, best: true }])
})

test('lines of another run are left alone', () => {
  bridge.tell('run.metrics', { run: 'other', lines: [step(4)] })
  expect(live.curves?.trainLoss.length).toBe(3)
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
  expect(live.curves?.trainLoss.length).toBeLessThan(4010)
})
