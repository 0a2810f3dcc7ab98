// What the curves make the loop say, and that noise alone makes it say nothing.
import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../main/batches/shuffle'
import {
  freshCurve,
  seeBase,
  seeEnd,
  seeEvaluation,
  seeTraining,
  type CurveState
} from '../../main/trainer/warnings'

function train(losses: readonly number[], start: CurveState = freshCurve) {
  const said: string[] = []
  let curve = start
  for (const loss of losses) {
    const seen = seeTraining(curve, loss)
    curve = seen.curve
    if (seen.warning) said.push(seen.warning.code)
  }
  return { curve, said }
}

const steps = (count: number, loss: (step: number) => number): number[] =>
  Array.from({ length: count }, (_, step) => loss(step))

function noise(seed: number): () => number {
  const random = randomFrom(seed)
  return () => random() / 2 ** 32 - 0.5
}

describe('divergence', () => {
  test('is said once when the loss runs away', () => {
    const { said } = train(steps(100, (step) => (step < 40 ? 3 - step / 20 : 1 + (step - 40) / 5)))
    expect(said).toEqual(['DIVERGENCE'])
  })

  test('is said when a run explodes from its first updates on', () => {
    expect(train(steps(40, (step) => 3 + step)).said).toEqual(['DIVERGENCE'])
  })

  test.each([1, 2, 3, 4, 5])('is not said of noise on a falling curve (seed %i)', (seed) => {
    const random = noise(seed)
    const { said } = train(steps(500, (step) => (3 / (1 + step / 30) + 0.2) * (1 + 0.8 * random())))
    expect(said).toEqual([])
  })

  test('is not said before there is an average to speak of', () => {
    expect(train([0.1, 50, 0.1, 50]).said).toEqual([])
  })
})

describe('over-fitting', () => {
  function evaluate(pairs: readonly { train: number; heldOut: number }[]): string[] {
    const said: string[] = []
    let curve = freshCurve
    pairs.forEach(({ train: loss, heldOut }, index) => {
      curve = train(
        steps(10, () => loss),
        curve
      ).curve
      const seen = seeEvaluation(curve, index, heldOut)
      curve = seen.curve
      if (seen.warning) said.push(seen.warning.code)
    })
    return said
  }

  test('is said once when training falls while the held-out loss rises', () => {
    const pairs = steps(8, (i) => i).map((i) => ({ train: 3 - i * 0.3, heldOut: 2 + Math.abs(i - 3) * 0.2 }))
    expect(evaluate(pairs)).toEqual(['OVERFITTING'])
  })

  test('is not said where nearly nothing is left of the loss', () => {
    const pairs = steps(8, (i) => i).map((i) => ({
      train: 0.01 - i * 0.001,
      heldOut: 0.0005 + Math.abs(i - 3) * 0.0002
    }))
    expect(evaluate(pairs)).toEqual([])
  })

  test('is not said when both rise, when both fall, or of one bad check', () => {
    expect(evaluate(steps(8, (i) => i).map((i) => ({ train: 2 + i, heldOut: 2 + i })))).not.toContain(
      'OVERFITTING'
    )
    expect(evaluate(steps(8, (i) => i).map((i) => ({ train: 3 - i * 0.3, heldOut: 3 - i * 0.2 })))).toEqual(
      []
    )
    expect(
      evaluate([3, 2.5, 2.7, 2.3, 2.5, 2.1].map((heldOut, i) => ({ train: 3 - i * 0.3, heldOut })))
    ).toEqual([])
  })
})

describe('nothing learnt', () => {
  test('goes by the held-out loss where there is one', () => {
    const { curve } = train(steps(50, (step) => 3 - step / 50))
    const ended = (best: number) => seeEnd(seeEvaluation(seeBase(curve, 2), 50, best).curve).warning
    expect(ended(1.995)).toMatchObject({
      code: 'NOTHING_LEARNT',
      details: { before: '2.000', after: '1.995' }
    })
    expect(ended(1.5)).toBeNull()
  })

  test('goes by the training loss else, and is said once', () => {
    const flat = train(steps(50, () => 3)).curve
    const seen = seeEnd(flat)
    expect(seen.warning?.code).toBe('NOTHING_LEARNT')
    expect(seeEnd(seen.curve).warning).toBeNull()
    expect(seeEnd(train(steps(50, (step) => 3 - step / 50)).curve).warning).toBeNull()
  })

  test('is not said of a run too short to tell', () => {
    expect(seeEnd(train([3, 3, 3]).curve).warning).toBeNull()
  })
})
