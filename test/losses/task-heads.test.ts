// Losses of heads beside the language head, against numbers by hand and against finite differences.
import { describe, expect, test } from 'vitest'
import { labelLoss, spanLoss, type HeadLoss } from '../../main/losses/task-heads'

const scoresOf = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => 2 * Math.sin(3 * i + 1))

function checkGradient(lossOf: (scores: Float64Array) => HeadLoss, scores: Float64Array): void {
  const { gradient } = lossOf(scores)
  const step = 1e-5
  scores.forEach((value, i) => {
    const at = (x: number): number => lossOf(scores.with(i, x)).loss
    expect(gradient[i]).toBeCloseTo((at(value + step) - at(value - step)) / (2 * step), 5)
  })
}

describe('labels', () => {
  test('cost log of how many there are, where all are alike', () => {
    expect(labelLoss([0, 0, 0, 5, 5, 5], 3, [2, 0]).loss).toBeCloseTo(Math.log(3), 12)
    expect(labelLoss([1000, 0], 2, [0]).loss).toBe(0)
    expect(labelLoss([1000, 0], 2, [1]).loss).toBe(1000)
  })
  test('have the gradient of their loss', () => {
    checkGradient((scores) => labelLoss(scores, 4, [3, 0, 1]), scoresOf(12))
  })
})

describe('spans', () => {
  test('are looked for among the tokens of their own example, by a column each', () => {
    // two examples of 2 and 3 tokens; all alike but for the first one's beginning, which is sure
    const scores = [50, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    const { loss } = spanLoss(
      scores,
      [2, 3],
      [
        { start: 0, end: 1 },
        { start: 2, end: 0 }
      ]
    )
    expect(loss).toBeCloseTo((0 + Math.log(2) + 2 * Math.log(3)) / 4, 12)
  })
  test('have the gradient of their loss', () => {
    const spans = [
      { start: 1, end: 2 },
      { start: 0, end: 3 }
    ]
    checkGradient((scores) => spanLoss(scores, [3, 4], spans), scoresOf(14))
  })
})
