// From scores to probabilities, decisions and figures: by hand on a few rows.
import { describe, expect, test } from 'vitest'
import { probabilitiesOf, saidOf, scoreFigures } from '../../main/metrics/scores'

const single = { problem: 'single_label_classification', labels: ['a', 'b', 'c'] } as const
const several = { problem: 'multi_label_classification', labels: ['a', 'b'] } as const
const number = { problem: 'regression', labels: ['value'] } as const

describe('one label of several', () => {
  test('probabilities are the softmax, whatever the size of the scores', () => {
    const far = probabilitiesOf([1000, 1000, -1000], single)
    expect(far).toEqual([0.5, 0.5, 0])
    expect(saidOf(probabilitiesOf([0, 2, 1], single), single)).toEqual([1])
  })
  test('loss and figures', () => {
    const scores = Float32Array.of(2, 0, 0, 0, 3, 0, 0, 0, 1, 5, 0, 0)
    const { loss, ...rest } = scoreFigures(scores, Float32Array.of(0, 1, 2, 1), single)
    const at = (row: readonly number[], label: number): number =>
      -Math.log(Math.exp(row[label] as number) / row.reduce((sum, z) => sum + Math.exp(z), 0))
    expect(loss).toBeCloseTo(
      (at([2, 0, 0], 0) + at([0, 3, 0], 1) + at([0, 0, 1], 2) + at([5, 0, 0], 1)) / 4,
      10
    )
    // a: P 1/2 R 1, b: P 1 R 1/2, c: P 1 R 1
    expect(rest).toEqual({
      accuracy: 0.75,
      macroF1: expect.closeTo((2 / 3 + 2 / 3 + 1) / 3, 12) as number,
      microF1: 0.75,
      weightedF1: expect.closeTo((2 / 3 + 2 * (2 / 3) + 1) / 4, 12) as number
    })
  })
})

test('any number of labels: each by itself, from the threshold on', () => {
  const probabilities = probabilitiesOf([0, -3], several)
  expect(probabilities[0]).toBe(0.5)
  expect(saidOf(probabilities, several)).toEqual([0])
  expect(saidOf(probabilities, several, 0.6)).toEqual([])
  const { loss, accuracy } = scoreFigures(Float32Array.of(0, 0, 9, -9), Float32Array.of(1, 0, 1, 0), several)
  expect(loss).toBeCloseTo((2 * Math.log(2) + 2 * Math.log1p(Math.exp(-9))) / 4, 10)
  // 0.5 says yes to both labels of the first row
  expect(accuracy).toBe(0.5)
})

test('a number: mean square and mean distance', () => {
  expect(scoreFigures(Float32Array.of(1, 4), Float32Array.of(0, 2), number)).toEqual({
    loss: 2.5,
    meanError: 1.5
  })
})
