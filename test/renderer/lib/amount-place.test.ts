// The dot of the amount: more examples are further to the right, from the very first on.
import { expect, test } from 'vitest'
import { amountPlace } from '../../../renderer/lib/amount-place'

test('no two amounts below few stand at the same place, and nothing leaves the line', () => {
  const at = [0, 1, 30, 127, 499, 500, 1000, 2000, 5000].map((value) => amountPlace(value, 500, 2000))
  expect(at[0]).toBe(0)
  expect(at.every((place, i) => i === 0 || place > (at[i - 1] as number))).toBe(true)
  expect(at.at(-1)).toBe(1)
  expect(amountPlace(90_000, 500, 2000)).toBe(1)
  // few and plenty stand apart far enough for their figures
  expect(amountPlace(2000, 500, 2000) - amountPlace(500, 500, 2000)).toBeGreaterThan(0.3)
})
