// Runs laid over one another: no run is an empty line as long as it has any figure.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import type { Curve, RunCurves } from '../../../main/contract/window/training'
import { methodOfAll, overlayFigures, overlayLine } from '../../../renderer/lib/overlay-lines'

const runOf = (...curves: Curve[]): RunCurves => ({ run: 'run', curves, best: null })
const training: Curve = {
  part: 'training',
  figure: 'loss',
  points: [
    { step: 1, value: 3 },
    { step: 2, value: 1 }
  ],
  course: [
    { step: 1, value: 3 },
    { step: 2, value: 2 }
  ]
}
const heldOut: Curve = { part: 'heldOut', figure: 'loss', points: [{ step: 2, value: 2 }] }

test('the held-out loss is drawn as measured, with its markers', () => {
  const line = overlayLine(runOf(training, heldOut), 'loss', 'heldOut')
  expect(line).toMatchObject({ of: 'heldOut', marked: true, points: [{ x: 2, y: 2 }] })
  expect(line.drawn).toEqual(line.points)
})

test('the training loss is drawn without its noise and kept as measured', () => {
  const line = overlayLine(runOf(training, heldOut), 'loss', 'training')
  expect(line).toMatchObject({ of: 'training', marked: false, points: [{ y: 3 }, { y: 1 }] })
  expect(line.drawn[1]?.y).toBe(2)
})

test('a run without a held-out figure shows its training loss and says that it does', () => {
  const line = overlayLine(runOf(training), 'loss', 'heldOut')
  expect(line.of).toBe('training')
  expect(line.points).toHaveLength(2)
})

test('a run cut off before its first step has no points', () => {
  expect(overlayLine(runOf(), 'loss', 'heldOut')).toEqual({
    of: 'training',
    marked: false,
    points: [],
    drawn: []
  })
})

test('runs can be laid over by every result that any of them gives, the first one’s own before the others', () => {
  const praise: Curve = { ...heldOut, figure: 'praise' }
  const rate: Curve = { ...training, figure: 'learningRate' }
  expect(overlayFigures([runOf(training, rate, heldOut)])).toEqual(['loss'])
  expect(overlayFigures([runOf(rate, praise), runOf(training)])).toEqual(['praise', 'loss'])
  expect(overlayFigures([])).toEqual(['loss'])
})

test('losses are named as one method names them only where all runs learnt for one goal', () => {
  const by = (method: 'sft' | 'full' | 'dpo') => ({ settings: { ...defaultSettings, method } })
  expect(methodOfAll([by('sft'), by('full')])).toBe('sft')
  expect(methodOfAll([by('dpo'), by('dpo')])).toBe('dpo')
  expect(methodOfAll([by('sft'), by('dpo')])).toBeNull()
})
