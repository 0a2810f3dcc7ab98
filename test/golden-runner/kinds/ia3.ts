// A causal model with an IA3 adapter: logits and loss with it, every gradient, a run of optimizer steps and what
// it leaves, and PEFT's files. The base alone is the causal-lora cases' to prove.
import { join } from 'node:path'
import { readSafetensors } from '../../fixtures/safetensors'
import { unpadded } from '../batches'
import type { Case } from '../cases'
import { numberError, tensorError, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'
import { batchesOf, checkFinal, checkGradients, checkSteps, meanLoss, openOptions } from './causal-lora'

export async function runIa3(item: Case, folder: string): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  const batches = batchesOf(readSafetensors(join(item.dir, 'inputs.safetensors')))
  const batch = batches[0]
  if (!batch) return { checks: [] }
  const options = openOptions(item, Math.max(...batches.map(({ tokens }) => tokens.length)))
  const checks: Check[] = []
  await withSession(options, async (session) => {
    const logits = await session.logits(batch, { adapter: true })
    const error = tensorError(logits, unpadded(expected, 'logits', batch.lengths))
    checks.push({ name: 'logits', error, tolerance: tolerance.logits })
    const loss = numberError(await meanLoss(session, batch, true), Number(item.file.results?.['loss']))
    checks.push({ name: 'loss', error: loss, tolerance: tolerance.loss })
    checks.push(...(await checkGradients(session, item, batches, expected, tolerance, '')))
    checks.push(...(await checkSteps(session, item, batches, tolerance)))
    checks.push(...(await checkFinal(session, item, tolerance)))
  })
  await withSession({ ...options, gradientCheckpointing: true }, async (session) => {
    checks.push(...(await checkGradients(session, item, batches, expected, tolerance, ', recomputed')))
  })
  return { checks }
}
