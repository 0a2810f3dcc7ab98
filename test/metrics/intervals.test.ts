// Intervals against values that can be known otherwise: Wilson's from published tables, the bootstrap from all the
// resamples that there are.
import { describe, expect, test } from 'vitest'
import { pairedBootstrap, quantile, wilson } from '../../main/metrics/intervals'
import { meanScore } from '../../main/metrics/text-score'

const { value } = meanScore(() => 0)

describe('Wilson', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I: 81/263, 15/148, 0/20, 1/29
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718]
  ])('%i of %i', (hits, total, low, high) => {
    const found = wilson(hits, total)
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  })
  test('is the share of no certainty at all where nothing was seen', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  })
})

describe('paired bootstrap', () => {
  const items = (values: readonly number[]): number[][] => values.map((one) => [one, 1])

  test('comes to the interval of all resamples that there are', async () => {
    const [a, b] = [
      [0, 1, 2, 0],
      [1, 1, 4, 3]
    ]
    const differences = b.map((one, at) => one - (a[at] ?? 0))
    const all: number[] = []
    for (const i of differences)
      for (const j of differences)
        for (const k of differences) for (const l of differences) all.push((i + j + k + l) / 4)
    all.sort((x, y) => x - y)
    const found = await pairedBootstrap(items(a), items(b), value, { draws: 20_000 })
    expect(found.difference).toBeCloseTo(1.5, 12)
    expect(found.low).toBeCloseTo(quantile(all, 0.025), 6)
    expect(found.high).toBeCloseTo(quantile(all, 0.975), 6)
  })

  test('is the normal interval where there are many items', async () => {
    // a ramp of 0..1: variance 1/12, known exactly
    const ramp = Array.from({ length: 2000 }, (_, at) => at / 1999)
    const found = await pairedBootstrap(items(ramp.map(() => 0)), items(ramp), value)
    const half = 1.96 * Math.sqrt(1 / 12 / 2000)
    expect(found.low).toBeCloseTo(0.5 - half, 2)
    expect(found.high).toBeCloseTo(0.5 + half, 2)
    expect(found.high - found.low).toBeGreaterThan(1.8 * half)
    expect(found.high - found.low).toBeLessThan(2.2 * half)
  })

  test('draws the same items for both: what is always one better is certain', async () => {
    const first = [5, 80, 3, 44, 17]
    const found = await pairedBootstrap(items(first), items(first.map((one) => one + 1)), value)
    expect(found.low).toBeCloseTo(1, 12)
    expect(found.high).toBeCloseTo(1, 12)
  })

  test('is the same each time, and refuses other items', async () => {
    const [a, b] = [items([1, 2, 3]), items([3, 1, 2])]
    expect(await pairedBootstrap(a, b, value)).toEqual(await pairedBootstrap(a, b, value))
    await expect(pairedBootstrap(a, items([1]), value)).rejects.toThrow(RangeError)
  })
})

test('quantiles are those of NumPy: linear between the two nearest', () => {
  expect(quantile([1, 2, 4, 8], 0.5)).toBe(3)
  expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75)
})
