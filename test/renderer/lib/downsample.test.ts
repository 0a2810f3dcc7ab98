// Thinning keeps what the eye looks for: spikes, order, the last point; smoothing starts where the data starts.
import { expect, test } from 'vitest'
import { smooth, thin } from '../../../renderer/lib/downsample'

const series = (length: number, value: (step: number) => number): { step: number; value: number }[] =>
  Array.from({ length }, (_, step) => ({ step, value: value(step) }))

test('a short series stays as it is', () => {
  const points = series(100, Math.sin)
  expect(thin(points, 50)).toBe(points)
})

test('a million points become a few thousand, every spike kept, in order', () => {
  const points = series(1_000_000, (step) => (step === 777_777 ? 99 : step === 31_415 ? -99 : step % 7))
  const thinned = thin(points, 2000)
  expect(thinned.length).toBeLessThanOrEqual(2001)
  expect(thinned.length).toBeGreaterThan(1000)
  const values = thinned.map((point) => point.value)
  expect(values).toContain(99)
  expect(values).toContain(-99)
  expect(thinned.at(-1)).toBe(points.at(-1))
  expect(thinned.every((point, index) => index === 0 || point.step > (thinned[index - 1]?.step ?? -1))).toBe(
    true
  )
})

test('thinning again and again while points arrive keeps the series bounded and its spike', () => {
  let kept: readonly { step: number; value: number }[] = []
  for (let step = 0; step < 20_000; step++)
    kept = thin([...kept, { step, value: step === 5000 ? 50 : 0 }], 200)
  expect(kept.length).toBeLessThanOrEqual(401)
  expect(kept.some((point) => point.value === 50)).toBe(true)
})

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
