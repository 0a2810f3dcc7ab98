// Beside a chart: round limits that hold every value and stand still, and words that keep apart.
import { describe, expect, test } from 'vitest'
import { apart, linearScale, logScale, wholeTicks } from '../../../renderer/lib/chart-scale'
import { Chance } from '../../services/random'

describe('the limits of a chart', () => {
  test('hold every value, whatever its size, in few round steps', () => {
    const chance = new Chance(5)
    for (let round = 0; round < 2000; round++) {
      const size = 10 ** (chance.below(12) - 6)
      const [a, b] = [chance.below(1000) * size, chance.below(1000) * size]
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const { min, max, step } = linearScale(low, high)
      expect(min).toBeLessThanOrEqual(low * (1 + 1e-9))
      expect(max).toBeGreaterThanOrEqual(high * (1 - 1e-9))
      expect(max).toBeGreaterThan(min)
      const steps = (max - min) / step
      expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6)
      expect(steps).toBeLessThan(8)
    }
  })

  test('stand still while values come within them', () => {
    const before = linearScale(0.62, 2.38)
    expect(before).toEqual({ min: 0.5, max: 2.5, step: 0.5 })
    for (const low of [0.61, 0.58, 0.51]) expect(linearScale(low, 2.41)).toEqual(before)
  })

  test('do not blow up a line that is flat', () => {
    expect(linearScale(2, 2).max - linearScale(2, 2).min).toBeGreaterThan(0)
    expect(linearScale(0, 0)).toMatchObject({ min: 0 })
  })
})

describe('the limits of a logarithmic chart', () => {
  test('hold every value above 0, in few lines that a person can read', () => {
    const chance = new Chance(6)
    for (let round = 0; round < 2000; round++) {
      const [a, b] = [(1 + chance.below(999)) * 10 ** (chance.below(7) - 4), (1 + chance.below(999)) / 100]
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const { min, max, ticks } = logScale(low, high)
      expect(min).toBeGreaterThan(0)
      expect(min).toBeLessThanOrEqual(low * (1 + 1e-9))
      expect(max).toBeGreaterThanOrEqual(high * (1 - 1e-9))
      expect(ticks.length).toBeGreaterThan(1)
      expect(ticks.length).toBeLessThan(11)
      for (const tick of ticks) expect(String(tick).replace(/[.0]/g, '').length).toBeLessThan(5)
    }
  })

  test('stand still while values come within them', () => {
    const wide = logScale(0.13, 2.38)
    expect(wide).toEqual({ min: 0.1, max: 5, ticks: [0.1, 0.2, 0.5, 1, 2, 5] })
    for (const low of [0.12, 0.11, 0.1]) expect(logScale(low, 2.9)).toEqual(wide)
    const narrow = logScale(1.27, 2.38)
    expect(narrow).toEqual({ min: 1, max: 2.5, ticks: [1, 1.5, 2, 2.5] })
    expect(logScale(1.02, 2.44)).toEqual(narrow)
  })
})

test('ticks are whole and few', () => {
  expect(wholeTicks(3, 6)).toEqual([0, 1, 2, 3])
  expect(wholeTicks(8, 6)).toEqual([0, 2, 4, 6, 8])
  expect(wholeTicks(4213, 6)).toEqual([0, 1000, 2000, 3000, 4000])
  expect(wholeTicks(1.5, 6)).toEqual([0, 1])
})

describe('words at the ends of lines', () => {
  test('never lie on one another, stay within the chart, and keep their order', () => {
    const chance = new Chance(9)
    for (let round = 0; round < 500; round++) {
      const wanted = Array.from({ length: 1 + chance.below(5) }, () => chance.below(200))
      const places = apart(wanted, 16, 0, 200)
      const sorted = [...places].sort((a, b) => a - b)
      for (const [at, place] of sorted.entries()) {
        expect(place).toBeGreaterThanOrEqual(8 - 1e-9)
        expect(place).toBeLessThanOrEqual(192 + 1e-9)
        if (at > 0) expect(place - (sorted[at - 1] as number)).toBeGreaterThanOrEqual(16 - 1e-9)
      }
      for (const [a, one] of wanted.entries())
        for (const [b, other] of wanted.entries())
          if (one < other) expect(places[a] as number).toBeLessThan(places[b] as number)
    }
  })

  test('are where they want to be while there is room', () => {
    expect(apart([50, 100, 20], 16, 0, 200)).toEqual([50, 100, 20])
    // two at the foot: one gives way upwards
    expect(apart([199, 198], 16, 0, 200)).toEqual([192, 176])
  })
})

test.each([5.48, 1, 0.0123, 9.99, 812.4])('the lines beside one value alone are told apart: %s', (value) => {
  const { min, max } = linearScale(value, value)
  expect(min.toPrecision(3)).not.toBe(max.toPrecision(3))
  expect(min).toBeLessThanOrEqual(value)
  expect(max).toBeGreaterThanOrEqual(value)
})
