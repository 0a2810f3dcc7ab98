// Where a run stands, as a checkpoint of the first version wrote it: gone on with, not begun anew.
import { expect, test } from 'vitest'
import { freshLoopState, loopStateOf } from '../../main/trainer/loop-state'
import { seeBase, seeEvaluation } from '../../main/trainer/warnings'

test('what this version wrote is taken as it is', () => {
  expect(loopStateOf(freshLoopState)).toBe(freshLoopState)
})

test('a first version’s losses become named figures, and its warnings go on from where they were', () => {
  const { training: _, heldOut: _held, curve, ...rest } = freshLoopState
  const { base: _base, best: _best, ...oldCurve } = curve
  const state = loopStateOf({
    ...rest,
    version: 1,
    step: 7,
    baseLoss: 3,
    evalLoss: 2.5,
    lastLoss: null,
    best: { step: 5, loss: 2 },
    curve: { ...oldCurve, said: ['DIVERGENCE'] }
  })
  expect(state).toEqual({
    ...freshLoopState,
    step: 7,
    training: {},
    heldOut: { loss: 2.5 },
    best: { step: 5, value: 2 },
    curve: { ...seeEvaluation(seeBase(curve, 3), 5, 2).curve, said: ['DIVERGENCE'] }
  })
})
