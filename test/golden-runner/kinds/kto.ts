// Single answers, liked or not: log-probabilities, the divergence of answers that belong to other questions, each
// answer's loss, and every gradient.
import { join } from 'node:path'
import { divergence, ktoLoss } from '../../../main/losses/kto'
import { rowLogs, spreadRows } from '../../../main/losses/sequence-logs'
import { integers, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import { raggedBatch } from '../batches'
import type { Case } from '../cases'
import { tensorError, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { gradientCheck, handOptions, lossCheck, tolerance } from './by-hand'

interface Results {
  readonly loss: number
  readonly kl: number
  readonly each: readonly number[]
  readonly logps: readonly number[]
  readonly ref_logps: readonly number[]
}

export async function runKto(item: Case): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const liked = Array.from(integers(tensorOf(inputs, 'desirable')), (one) => one !== 0)
  const [batch, mismatched] = [raggedBatch(inputs, ''), raggedBatch(inputs, 'kl_')]
  const { beta, results } = item.file as unknown as { beta: number; results: Results }
  const checks: Check[] = []
  const most = Math.max(batch.tokens.length, mismatched.tokens.length)
  await withSession(handOptions(item, most), async (session) => {
    const sums = async (of: typeof batch, adapter: boolean): Promise<number[]> =>
      rowLogs(of, await session.logProbabilities(of, { adapter })).map(({ sum }) => sum)
    const reference = await sums(batch, false)
    const [others, othersReference] = [await sums(mismatched, true), await sums(mismatched, false)]
    const kl = divergence(others.map((policy, i) => ({ policy, reference: othersReference[i] ?? NaN })))
    const logs = await session.forward(batch, { step: 1 })
    const policy = rowLogs(batch, logs).map(({ sum }) => sum)
    const each = policy.map((sum, i) =>
      ktoLoss({ policy: sum, reference: reference[i] ?? NaN, liked: liked[i] ?? false }, kl, {
        beta,
        likedWeight: 1,
        dislikedWeight: 1
      })
    )
    await session.backward(
      spreadRows(
        batch,
        each.map((one) => one.policy / each.length)
      )
    )
    const tensor = (name: string, actual: readonly number[], wanted: readonly number[]): Check => ({
      name,
      error: tensorError(actual, wanted),
      tolerance: tolerance.logs
    })
    checks.push(tensor('logps', policy, results.logps), tensor('ref_logps', reference, results.ref_logps))
    // a difference of sums: held against what it is a difference of
    checks.push({
      name: 'kl',
      error: Math.abs(kl - results.kl) / Math.max(...results.logps.map(Math.abs)),
      tolerance: tolerance.logs
    })
    checks.push(
      tensor(
        'each',
        each.map(({ loss }) => loss),
        results.each
      )
    )
    checks.push(lossCheck('loss', each.reduce((sum, { loss }) => sum + loss, 0) / each.length, results.loss))
    checks.push(await gradientCheck(session, expected, 'grad', 'grad.'))
  })
  return { checks }
}
