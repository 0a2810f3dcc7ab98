// Runs laid over one another: no run is an empty line as long as it has any figure.
import { expect, test } from 'vitest'
import type { RunCurves } from '../../../main/contract/window/training'
import { overlayLine } from '../../../renderer/lib/overlay-lines'

const empty: RunCurves = {
  run: 'run',
  trainLoss: [],
  evalLoss: [],
  learningRate: [],
  gradNorm: [],
  tokensPerSecond: [],
  memory: [],
  stepsPerEpoch: 1
}
const trainLoss = [
  { step: 1, value: 3 },
  { step: 2, value: 1 }
]
const evalLoss = [{ step: 2, value: 2, best: true }]

test('the held-out loss is drawn as measured, with its markers', () => {
  const line = overlayLine({ ...empty, trainLoss, evalLoss }, 'heldOut')
  expect(line).toMatchObject({ of: 'heldOut', marked: true, points: [{ x: 2, y: 2 }] })
  expect(line.drawn).toEqual(line.points)
})

test('the training loss is drawn without its noise and kept as measured', () => {
  const line = overlayLine({ ...empty, trainLoss, evalLoss }, 'train')
  expect(line).toMatchObject({ of: 'train', marked: false, points: [{ y: 3 }, { y: 1 }] })
  expect(line.drawn[1]?.y).toBeGreaterThan(1)
})

test('a run without a held-out figure shows its training loss and says that it does', () => {
  const line = overlayLine({ ...empty, trainLoss }, 'heldOut')
  expect(line.of).toBe('train')
  expect(line.points).toHaveLength(2)
})

test('a run cut off before its first step has no points', () => {
  expect(overlayLine(empty, 'heldOut')).toEqual({ of: 'train', marked: false, points: [], drawn: [] })
})
