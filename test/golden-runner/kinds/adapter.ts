// A causal model with an adapter (IA3; virtual tokens before each example: prompt tuning, prefix tuning): logits and
// loss with it, every gradient, a run of optimizer steps and what it leaves, and PEFT's files. The base alone is the
// causal-lora cases' to prove.
import { join } from 'node:path'
import { readSafetensors, tensorOf, type Tensors } from '../../fixtures/safetensors'
import { unpadded } from '../batches'
import { readAdapterConfig, type Case } from '../cases'
import { numberError, tensorError, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'
import { batchesOf, checkFinal, checkGradients, checkSteps, meanLoss, openOptions } from './causal-lora'

export async function runAdapter(item: Case, folder: string): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  const batches = batchesOf(readSafetensors(join(item.dir, 'inputs.safetensors')))
  const batch = batches[0]
  if (!batch) return { checks: [] }
  const virtual = Number(readAdapterConfig(join(item.dir, 'adapter_init'))['num_virtual_tokens'] ?? 0)
  const most = Math.max(...batches.map(({ tokens, lengths }) => tokens.length + virtual * lengths.length))
  const options = openOptions(item, most)
  const checks: Check[] = []
  await withSession(options, async (session) => {
    const logits = await session.logits(batch, { adapter: true })
    const [given, wanted] = sameRows(logits, expected, batch.lengths, batch.columns, virtual)
    checks.push({ name: 'logits', error: tensorError(given, wanted), tolerance: tolerance.logits })
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

/** Logits of the same rows on both sides: PEFT gives those of a prompt's virtual tokens, and none of a prefix's. */
export function sameRows(
  logits: Float32Array,
  expected: Tensors,
  lengths: Int32Array,
  columns: number,
  virtual: number
): [ArrayLike<number>, ArrayLike<number>] {
  const [, rows = 0, vocab = 0] = tensorOf(expected, 'logits').shape
  const shown = rows - columns
  const given: number[] = []
  let at = 0
  for (const length of lengths) {
    const end = at + virtual + length
    given.push(...logits.subarray((end - length - shown) * vocab, end * vocab))
    at = end
  }
  return [
    given,
    unpadded(
      expected,
      'logits',
      lengths.map((length) => length + shown)
    )
  ]
}
