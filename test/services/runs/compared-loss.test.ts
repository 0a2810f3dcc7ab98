// What Compare measured of a run that was ended before its first check stands in its curves.
import { expect, test } from 'vitest'
import { withCompared } from '../../../main/services/runs/compared-loss'

const measured = { figure: 'loss', value: 3.3 } as const
const heldOut = { part: 'heldOut', figure: 'loss', points: [{ step: 0, value: 9.22 }] } as const
const training = { part: 'training', figure: 'loss', points: [{ step: 26, value: 4 }] } as const

test('a point at the last step, which is the best that is known', () => {
  const { curves, best } = withCompared({ curves: [training, heldOut], best: null }, 26, measured)
  expect(curves).toEqual([training, { ...heldOut, points: [...heldOut.points, { step: 26, value: 3.3 }] }])
  expect(best).toEqual({ figure: 'loss', step: 26, value: 3.3 })
})

test('what the training measured itself stays, and nothing is drawn that was not measured', () => {
  const drawn = { curves: [training, heldOut], best: { figure: 'loss', step: 20, value: 3 } }
  expect(withCompared(drawn, 26, measured)).toBe(drawn)
  const none = { ...drawn, best: null }
  expect(withCompared(none, 26, null)).toBe(none)
  expect(withCompared(none, 0, measured)).toBe(none)
})
