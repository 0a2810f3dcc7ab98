// A model that scores, learning from pairs: the scores of both answers, the loss, and every gradient, the head's with
// them.
import { join } from 'node:path'
import { rewardLoss } from '../../../main/losses/reward'
import { readSafetensors } from '../../fixtures/safetensors'
import { endToEnd, raggedBatch } from '../batches'
import type { Case } from '../cases'
import { exactCheck, tensorError, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { gradientCheck, handOptions, lossCheck, tolerance } from './by-hand'

interface Results {
  readonly loss: number
  readonly chosen: readonly number[]
  readonly rejected: readonly number[]
  readonly accuracy: number
}

export async function runReward(item: Case): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const results = item.file.results as unknown as Results
  const batch = endToEnd([raggedBatch(inputs, 'chosen.'), raggedBatch(inputs, 'rejected.')])
  const checks: Check[] = []
  await withSession(handOptions(item, batch.tokens.length), async (session) => {
    const scores = [...(await session.forward(batch, { step: 1 }))]
    const n = scores.length / 2
    const [chosen, rejected] = [scores.slice(0, n), scores.slice(n)]
    const pairs = chosen.map((score, i) => rewardLoss(score, rejected[i] ?? NaN))
    await session.backward(
      Float32Array.from(
        [...pairs.map((pair) => pair.chosen), ...pairs.map((pair) => pair.rejected)],
        (d) => d / n
      )
    )
    const tensor = (name: string, actual: readonly number[], wanted: readonly number[]): Check => ({
      name,
      error: tensorError(actual, wanted),
      tolerance: tolerance.logs
    })
    checks.push(tensor('chosen', chosen, results.chosen), tensor('rejected', rejected, results.rejected))
    checks.push(lossCheck('loss', pairs.reduce((sum, { loss }) => sum + loss, 0) / n, results.loss))
    const right = chosen.filter((score, i) => score > (rejected[i] ?? NaN)).length / n
    checks.push(exactCheck('accuracy', right === results.accuracy, String(right)))
    checks.push(await gradientCheck(session, expected, 'grad', 'grad.'))
  })
  return { checks }
}
