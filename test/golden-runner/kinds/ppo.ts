// One PPO update without a model: rewards with their price of divergence, advantages, whitening, clipped losses, and
// the gradients by log-probabilities and values.
import { join } from 'node:path'
import { creditOf, ppoLoss, whitened, type PpoOptions } from '../../../main/losses/ppo'
import { floats, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { tensorError, type Check } from '../compare'
import type { KindResult } from '../run-case'
import { lossCheck, tolerance } from './by-hand'

export async function runPpo(item: Case): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const mask = tensorOf(inputs, 'mask')
  const [rows = 0, columns = 0] = mask.shape
  const lengths = Array.from({ length: rows }, (_, row) => {
    const own = floats(mask).subarray(row * columns, (row + 1) * columns)
    const length = own.reduce((sum, one) => sum + one, 0)
    if (own.subarray(0, length).some((one) => one !== 1)) throw new Error('padding is not on the right')
    return length
  })
  const rowsOf = (from: typeof inputs, name: string): Float32Array[] =>
    lengths.map((length, row) => floats(tensorOf(from, name)).subarray(row * columns, row * columns + length))
  const given = (item.file as unknown as { hyper_parameters: Readonly<Record<string, number>> })
    .hyper_parameters
  const number = (name: string): number => given[name] ?? NaN
  const options: PpoOptions = {
    divergencePrice: number('kl_coefficient'),
    gamma: number('gamma'),
    lambda: number('lam'),
    clip: number('clip_range'),
    valueClip: number('value_clip_range'),
    valueCoefficient: number('value_coefficient')
  }
  const [logs, old, reference] = [
    rowsOf(inputs, 'logp'),
    rowsOf(inputs, 'logp_old'),
    rowsOf(inputs, 'logp_ref')
  ]
  const [values, oldValues] = [rowsOf(inputs, 'values'), rowsOf(inputs, 'values_old')]
  const scores = floats(tensorOf(inputs, 'score'))
  const none = new Float32Array()
  const credits = lengths.map((_, row) =>
    creditOf(
      {
        old: old[row] ?? none,
        reference: reference[row] ?? none,
        values: oldValues[row] ?? none,
        score: scores[row] ?? NaN
      },
      options
    )
  )
  const white = whitened(credits.map(({ advantages }) => advantages))
  const tokens = lengths.reduce((sum, length) => sum + length, 0)
  const losses = lengths.map((_, row) =>
    ppoLoss(
      {
        logs: logs[row] ?? none,
        old: old[row] ?? none,
        values: values[row] ?? none,
        oldValues: oldValues[row] ?? none,
        advantages: white[row] ?? none,
        returns: credits[row]?.returns ?? none
      },
      tokens,
      options
    )
  )
  const tensor = (name: string, actual: readonly ArrayLike<number>[]): Check => ({
    name,
    error: tensorError(
      actual.flatMap((row) => Array.from(row)),
      rowsOf(expected, name).flatMap((row) => Array.from(row))
    ),
    tolerance: tolerance.gradients
  })
  const sum = (of: (one: (typeof losses)[number]) => number): number =>
    losses.reduce((total, one) => total + of(one), 0)
  const results = item.file.results as unknown as Readonly<Record<string, number>>
  return {
    checks: [
      tensor(
        'rewards',
        credits.map(({ rewards }) => rewards)
      ),
      tensor(
        'advantages',
        credits.map(({ advantages }) => advantages)
      ),
      tensor(
        'returns',
        credits.map(({ returns }) => returns)
      ),
      tensor('whitened', white),
      lossCheck(
        'policy_loss',
        sum(({ policy }) => policy),
        results['policy_loss'] ?? NaN
      ),
      lossCheck(
        'value_loss',
        sum(({ value }) => value),
        results['value_loss'] ?? NaN
      ),
      lossCheck(
        'loss',
        sum(({ loss }) => loss),
        results['loss'] ?? NaN
      ),
      tensor(
        'grad.logp',
        losses.map(({ byLogs }) => byLogs)
      ),
      tensor(
        'grad.values',
        losses.map(({ byValues }) => byValues)
      )
    ]
  }
}
