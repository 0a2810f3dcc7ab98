// LoRA+: B learns so many times as fast as A. The losses of a run of steps, and what it leaves.
import { join } from 'node:path'
import { readSafetensors } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { numberError, worst } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'
import { batchesOf, checkFinal, openOptions } from './causal-lora'

export async function runLoraPlus(item: Case, folder: string): Promise<KindResult> {
  const batches = batchesOf(readSafetensors(join(item.dir, 'inputs.safetensors')))
  const tolerance = tolerancesFor(folder, item.name)
  const hyper = item.file.hyper_parameters ?? {}
  const losses = (item.file.results?.['losses'] ?? []) as readonly number[]
  const most = Math.max(...batches.map(({ tokens }) => tokens.length))
  return withSession({ ...openOptions(item, most), maxContext: 0 }, async (session) => {
    const errors: [string, number][] = []
    for (const [index, expected] of losses.entries()) {
      const batch = batches[index % batches.length]
      if (!batch) break
      const { loss } = await session.step([batch], {
        learningRate: Number(hyper['learning_rate']),
        loraPlusRatio: Number(hyper['ratio']),
        step: index + 1,
        ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        weightDecay: Number(hyper['weight_decay']),
        maxGradNorm: 0
      })
      errors.push([`step ${index + 1}`, numberError(loss, expected)])
    }
    const { name: where, error } = worst(errors)
    const limit = tolerance.step_losses
    const loss = { name: `${losses.length} steps: loss`, error, tolerance: limit }
    return {
      checks: [
        error > limit ? { ...loss, note: where } : loss,
        ...(await checkFinal(session, item, tolerance))
      ]
    }
  })
}
