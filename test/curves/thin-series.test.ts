// A thinned curve keeps its shape: order, ends of the range, every peak that is higher than all others.
import { describe, expect, test } from 'vitest'
import { ThinSeries } from '../../main/curves/thin-series'
import { Chance } from '../services/random'

function series(values: readonly number[]): ThinSeries {
  const thin = new ThinSeries()
  values.forEach((value, at) => thin.add(at + 1, value))
  return thin
}

describe('a thinned series', () => {
  test('of few points is the points themselves', () => {
    const values = [3, 1, 2, 2, 5]
    expect(series(values).points(5)).toEqual(values.map((value, at) => ({ step: at + 1, value })))
    expect(new ThinSeries().points(10)).toEqual([])
  })

  test('of any length has no more points than asked for, in order, each of them real', () => {
    const chance = new Chance(3)
    for (const length of [2, 11, 100, 4095, 4096, 4097, 10_000, 70_001]) {
      const values = Array.from({ length }, () => chance.below(1_000_000) / 1000)
      for (const count of [3, 10, 400, 5000]) {
        const points = series(values).points(count)
        expect(points.length).toBeLessThanOrEqual(count)
        expect(points.length).toBeGreaterThan(Math.min(length, count) / 5)
        for (const [at, { step, value }] of points.entries()) {
          expect(values[step - 1]).toBe(value)
          if (at > 0) expect(step).toBeGreaterThan(points[at - 1]?.step as number)
        }
        expect(points.at(-1)?.step).toBe(length)
      }
    }
  })

  test('keeps the lowest and the highest value, wherever they are', () => {
    for (const [peak, valley] of [
      [0, 49_999],
      [12_345, 3],
      [49_998, 25_000]
    ] as const) {
      const values = Array.from({ length: 50_000 }, () => 1)
      values[peak] = 9
      values[valley] = -9
      const points = series(values).points(20)
      expect(points).toContainEqual({ step: peak + 1, value: 9 })
      expect(points).toContainEqual({ step: valley + 1, value: -9 })
    }
  })

  test('knows a step once, however often it is told', () => {
    const thin = series([3, 1])
    thin.add(2, 7)
    thin.add(1, 7)
    thin.add(3, 4)
    expect(thin.points(10).map(({ value }) => value)).toEqual([3, 1, 4])
  })

  test('leaves out what is no number', () => {
    const thin = series([1, NaN, 2, Infinity])
    expect(thin.points(10)).toEqual([
      { step: 1, value: 1 },
      { step: 3, value: 2 }
    ])
  })
})
