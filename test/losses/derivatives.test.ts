// Every loss's gradient against central differences of its value; what the values are is the golden cases' to say.
import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../main/batches/shuffle'
import { divergence, ktoLoss } from '../../main/losses/kto'
import { policyLoss, sequenceLoss, type PolicyOptions, type Told } from '../../main/losses/policy'
import { ppoLoss } from '../../main/losses/ppo'
import {
  oddsLoss,
  plainLoss,
  referenceLoss,
  referenceLosses,
  type PairLogs
} from '../../main/losses/preference'
import { rewardLoss } from '../../main/losses/reward'

const draw = randomFrom(7)
const between = (least: number, most: number): number => least + (draw() / 2 ** 32) * (most - least)
const some = (n: number, least: number, most: number): number[] =>
  Array.from({ length: n }, () => between(least, most))

/** The derivative of f by each number, by central differences. */
function differences(f: (x: readonly number[]) => number, x: readonly number[]): number[] {
  const h = 1e-5
  return x.map((_, at) => {
    const moved = (by: number): number => f(x.map((value, i) => (i === at ? value + by : value)))
    return (moved(h) - moved(-h)) / (2 * h)
  })
}

function expectDerivatives(
  given: ArrayLike<number>,
  f: (x: readonly number[]) => number,
  x: readonly number[]
): void {
  const wanted = differences(f, x)
  const scale = Math.max(...wanted.map(Math.abs), 1e-3)
  expect(given.length).toBe(wanted.length)
  Array.from(given).forEach((d, i) => expect(Math.abs(d - (wanted[i] as number)) / scale).toBeLessThan(1e-5))
}

const tokens = { chosenTokens: 9, rejectedTokens: 13 }
const pairAt = ([chosen, rejected]: readonly number[]): PairLogs => ({
  chosen: chosen as number,
  rejected: rejected as number,
  ...tokens
})

describe('pairs', () => {
  const points = Array.from({ length: 5 }, () => some(2, -30, -10))
  const reference = { chosen: -21, rejected: -18 }

  test.each(referenceLosses)('%s', (kind) => {
    const options = { beta: 0.3, labelSmoothing: kind === 'robust' || kind === 'exo_pair' ? 0.1 : 0.05 }
    for (const x of points) {
      const { chosen, rejected } = referenceLoss(kind, pairAt(x), reference, options)
      expectDerivatives(
        [chosen, rejected],
        (at) => referenceLoss(kind, pairAt(at), reference, options).loss,
        x
      )
    }
  })

  test.each(['sigmoid', 'hinge', 'simpo'] as const)('without a reference: %s', (kind) => {
    const options = { kind, beta: 0.3, labelSmoothing: 0.1, gamma: 0.5 }
    for (const x of points) {
      const { chosen, rejected } = plainLoss(pairAt(x), options)
      expectDerivatives([chosen, rejected], (at) => plainLoss(pairAt(at), options).loss, x)
    }
  })

  test('orpo', () => {
    for (const x of points) {
      const { chosen, rejected } = oddsLoss(pairAt(x), 0.2)
      expectDerivatives([chosen, rejected], (at) => oddsLoss(pairAt(at), 0.2).loss, x)
    }
  })

  test('a margin that no exponential can hold is still a number', () => {
    const far = { chosen: -5000, rejected: -1, ...tokens }
    for (const kind of referenceLosses)
      expect(
        Object.values(referenceLoss(kind, far, reference, { beta: 1, labelSmoothing: 0.1 })).every(
          Number.isFinite
        )
      ).toBe(true)
  })

  test('scores', () => {
    for (const x of [some(2, -3, 3), some(2, -3, 3)]) {
      const { chosen, rejected } = rewardLoss(x[0] as number, x[1] as number)
      expectDerivatives([chosen, rejected], ([c, r]) => rewardLoss(c as number, r as number).loss, x)
    }
  })
})

test.each([true, false])('kto, liked: %s', (liked) => {
  const options = { beta: 0.2, likedWeight: 1.3, dislikedWeight: 0.7 }
  const lossAt = ([policy]: readonly number[]): number =>
    ktoLoss({ policy: policy as number, reference: -18, liked }, 0.4, options).loss
  for (const x of [some(1, -30, -10), some(1, -30, -10)])
    expectDerivatives(
      [ktoLoss({ policy: x[0] as number, reference: -18, liked }, 0.4, options).policy],
      lossAt,
      x
    )
  expect(divergence([{ policy: -3, reference: -1 }])).toBe(0)
})

describe('answers that the policy gave', () => {
  const n = 6
  const [logs, old, reference] = [some(n, -3, -0.1), some(n, -3, -0.1), some(n, -3, -0.1)]
  const size = { answers: 3, tokens: 17 }
  const plain: PolicyOptions = {
    loss: 'grpo',
    clipLow: 0.2,
    clipHigh: 0.3,
    beta: 0.1,
    correctedDivergence: true,
    ratioOf: 'token',
    mostTokens: 8
  }
  const kinds: readonly Partial<PolicyOptions>[] = [
    {},
    { loss: 'bnpo' },
    { loss: 'dapo', correctedDivergence: false },
    { loss: 'dr_grpo', beta: 0 },
    { ratioOf: 'sequence' },
    { ratioOf: 'sequence', correctedDivergence: false }
  ]

  test.each(kinds)('%o', (change) => {
    for (const advantage of [1.5, -0.8]) {
      const told: Told = { logs, old, reference, advantage }
      const at = (x: readonly number[]): number =>
        policyLoss({ ...told, logs: x }, size, { ...plain, ...change }).loss
      expectDerivatives(policyLoss(told, size, { ...plain, ...change }).gradient, at, logs)
    }
  })

  test('rloo', () => {
    const before = logs.reduce((sum, value) => sum + value, 0) - 0.05
    const at = (x: readonly number[]): number =>
      sequenceLoss({ logs: x, old: before, advantage: 0.7 }, 3, { clipLow: 0.2, clipHigh: 0.2 }).loss
    const { gradient } = sequenceLoss({ logs, old: before, advantage: 0.7 }, 3, {
      clipLow: 0.2,
      clipHigh: 0.2
    })
    expectDerivatives(gradient, at, logs)
  })

  test('ppo, by log-probabilities and by values', () => {
    const [values, oldValues] = [some(n, -1, 1), some(n, -1, 1)]
    const rest = { old, oldValues, advantages: some(n, -1, 1), returns: some(n, -1, 1) }
    const options = {
      divergencePrice: 0.05,
      gamma: 1,
      lambda: 0.95,
      clip: 0.2,
      valueClip: 0.2,
      valueCoefficient: 0.1
    }
    const given = ppoLoss({ ...rest, logs, values }, size.tokens, options)
    expectDerivatives(
      given.byLogs,
      (x) => ppoLoss({ ...rest, logs: x, values }, size.tokens, options).loss,
      logs
    )
    expectDerivatives(
      given.byValues,
      (x) => ppoLoss({ ...rest, logs, values: x }, size.tokens, options).loss,
      values
    )
  })
})
