// Smoothing starts where the data starts, and stays among its values.
import { expect, test } from 'vitest'
import { smooth } from '../../../renderer/lib/smooth'

test('a flat line stays flat under smoothing, from its first point', () => {
  for (const value of smooth([3, 3, 3, 3], 0.9)) expect(value).toBeCloseTo(3, 12)
})

test('smoothing lies between the lowest and highest value so far and passes over what is not a number', () => {
  const values = [5, 1, Number.NaN, 4, 2]
  const smoothed = smooth(values, 0.6)
  expect(smoothed[0]).toBe(5)
  expect(smoothed[2]).toBeNaN()
  for (const value of smoothed.filter((one) => !Number.isNaN(one))) {
    expect(value).toBeGreaterThanOrEqual(1)
    expect(value).toBeLessThanOrEqual(5)
  }
})
