// The course of a noisy curve: made as values come, it never changes what it said of a step, however much follows and
// however it is thinned, read in pieces or gone on with.
import { describe, expect, test } from 'vitest'
import type { MetricLine } from '../../main/contract/records'
import type { CurvePoint } from '../../main/contract/window/training'
import { CurvesOfLines } from '../../main/curves/curves-of-lines'
import { SmoothSeries } from '../../main/curves/smooth-series'
import { Chance } from '../services/random'

const update = (step: number, loss: number): MetricLine =>
  ({ kind: 'step', step, figures: { loss, learningRate: loss, memory: loss } }) as unknown as MetricLine
const courseOf = (all: CurvesOfLines, points = 2000): readonly CurvePoint[] =>
  all.drawn(points).curves.find(({ figure }) => figure === 'loss')?.course ?? []

/** A falling loss with noise; some steps are no number. */
function losses(chance: Chance, length: number): number[] {
  return Array.from({ length }, (_, at) => {
    if (chance.below(50) === 0) return NaN
    return 1 + 2 * Math.exp(-at / (length / 5)) + (chance.below(1000) / 1000 - 0.5) * 0.6
  })
}

describe('what was once drawn stays', () => {
  test('whatever follows, and however many points are asked for', () => {
    const chance = new Chance(7)
    for (const length of [3, 40, 400, 2500, 9000]) {
      const values = losses(chance, length)
      const all = new CurvesOfLines()
      const said = new Map<number, number>()
      for (const [at, value] of values.entries()) {
        all.add(update(at + 1, value))
        if (at % Math.ceil(length / 23) !== 0 && at !== length - 1) continue
        for (const { step, value: y } of courseOf(all, chance.below(2) === 0 ? 2000 : 60)) {
          expect(said.get(step) ?? y).toBe(y)
          said.set(step, y)
        }
      }
      expect(said.size).toBeGreaterThan(1)
    }
  })

  test('also where another process goes on with what was drawn', () => {
    const chance = new Chance(11)
    const values = losses(chance, 1200)
    const whole = new CurvesOfLines()
    let pieces = new CurvesOfLines()
    for (const [at, value] of values.entries()) {
      whole.add(update(at + 1, value))
      pieces.add(update(at + 1, value))
      if (chance.below(100) === 0) pieces = CurvesOfLines.from(pieces.drawn(2000))
    }
    expect(courseOf(pieces).at(-1)).toEqual(courseOf(whole).at(-1))
  })
})

test('it lies among the values, follows a steep beginning and loses the noise of the end', () => {
  const smooth = new SmoothSeries()
  const calm: number[] = []
  for (let step = 1; step <= 600; step++) {
    const level = 1 + 2 * Math.exp(-step / 60)
    const point = smooth.add(step, level + (step % 2 === 0 ? 0.3 : -0.3))
    if (step > 10) expect(Math.abs((point?.value ?? NaN) - level)).toBeLessThan(0.3)
    if (step > 400) calm.push((point?.value ?? NaN) - level)
  }
  for (const off of calm) expect(Math.abs(off)).toBeLessThan(0.03)
})

test('a flat line stays flat; what is no number, or there already, says nothing', () => {
  const smooth = new SmoothSeries()
  for (let step = 1; step <= 50; step++) expect(smooth.add(step, 3)?.value).toBeCloseTo(3, 12)
  expect([smooth.add(50, 9), smooth.add(51, NaN), smooth.add(52, 3)?.value]).toEqual([null, null, 3])
})

test('what is computed, and what was measured over many examples, has no noise to lose', () => {
  const all = new CurvesOfLines()
  all.add(update(1, 2))
  all.add({ kind: 'evaluation', step: 1, figures: { loss: 2 }, by: 'loss' } as unknown as MetricLine)
  const noisy = all.drawn(10).curves.filter(({ course }) => course)
  expect(noisy.map(({ part, figure }) => [part, figure])).toEqual([['training', 'loss']])
})
