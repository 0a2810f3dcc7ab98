// Patience and threshold.
import { expect, test } from 'vitest'
import { afterEvaluation, freshPatience, isSpent } from '../../main/trainer/early-stopping'

type Better = Parameters<typeof afterEvaluation>[2]
function waited(values: readonly number[], threshold = 0, better: Better = 'lower'): number {
  return values.reduce(
    (patience, value) => afterEvaluation(patience, value, better, threshold),
    freshPatience
  ).waited
}

test.each([
  [[3], 0, 0],
  [[3, 2, 1], 0, 0],
  [[3, 3], 0, 1],
  [[3, 2, 2.5, 2.4, 2.1], 0, 3],
  [[3, 2, 2.5, 1.9], 0, 0],
  // falls of 0.05 are too small alone, but count once they add up to more than 0.1
  [[3, 2.95], 0.1, 1],
  [[3, 2.95, 2.9], 0.1, 2],
  [[3, 2.95, 2.9, 2.85], 0.1, 0],
  [[3, NaN, NaN], 0, 2],
  [[NaN, 3], 0, 0]
])('%j with threshold %d waits %i', (losses, threshold, expected) => {
  expect(waited(losses, threshold)).toBe(expected)
  // a figure that is better when it is higher waits as long
  const mirrored = losses.map((loss) => -loss)
  expect(waited(mirrored, threshold, 'higher')).toBe(expected)
})

test('patience 0 is endless', () => {
  expect(isSpent({ reference: 1, waited: 100 }, 0)).toBe(false)
  expect(isSpent({ reference: 1, waited: 3 }, 3)).toBe(true)
  expect(isSpent({ reference: 1, waited: 2 }, 3)).toBe(false)
})
