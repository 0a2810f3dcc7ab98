// Every weight of a causal model is trained: logits, all gradients, a run of optimizer steps, and the folder that is
// left. Which parameters do not decay is the case's to say; here all do, or all but biases and norms.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenOptions } from '../../../addon/index'
import { floats, readModelTensors, readSafetensors } from '../../fixtures/safetensors'
import { unpadded } from '../batches'
import { modelDirOf, type Case } from '../cases'
import { exactCheck, numberError, tensorError, tensorSetCheck, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'
import { batchesOf, checkGradients, checkSteps, meanLoss } from './causal-lora'

export async function runFull(item: Case, folder: string): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const final = readModelTensors(join(item.dir, 'final'))
  const tolerance = tolerancesFor(folder, item.name)
  const batches = batchesOf(readSafetensors(join(item.dir, 'inputs.safetensors')))
  const batch = batches[0]
  if (!batch) return { checks: [] }
  const still = new Set((item.file['no_weight_decay'] ?? []) as string[])
  const options: OpenOptions = {
    modelDir: modelDirOf(item),
    baseQuantization: 'none',
    seed: 1,
    threads: 0,
    maxTokensPerMicroBatch: Math.max(...batches.map(({ tokens }) => tokens.length)),
    maxContext: 0,
    train: { kind: 'full', decayAll: still.size === 0 }
  }
  const vectors = [...final].filter(([, { shape }]) => shape.length === 1).map(([name]) => name)
  const checks: Check[] = [
    exactCheck(
      'what does not decay',
      still.size === 0 || String([...still].sort()) === String(vectors.sort()),
      'neither none nor all biases and norms'
    )
  ]
  await withSession(options, async (session) => {
    const logits = await session.logits(batch, { adapter: true })
    const error = tensorError(logits, unpadded(expected, 'logits', batch.lengths))
    checks.push({ name: 'logits', error, tolerance: tolerance.logits })
    const loss = numberError(await meanLoss(session, batch, true), Number(item.file.results?.['loss']))
    checks.push({ name: 'loss', error: loss, tolerance: tolerance.loss })
    checks.push(...(await checkGradients(session, item, batches, expected, tolerance, '')))
    checks.push(...(await checkSteps(session, item, batches, tolerance)))
    const place = mkdtempSync(join(tmpdir(), 'neiro-full-'))
    try {
      await session.saveMerged({ dir: join(place, 'model'), dtype: 'F32' })
      const values = (tensors: typeof final): Map<string, Float32Array> =>
        new Map([...tensors].map(([name, tensor]) => [name, floats(tensor)]))
      const written = values(readModelTensors(join(place, 'model')))
      checks.push(tensorSetCheck('final weights', written, values(final), tolerance.final_weights))
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })
  await withSession({ ...options, gradientCheckpointing: true }, async (session) => {
    checks.push(...(await checkGradients(session, item, batches, expected, tolerance, ', recomputed')))
  })
  return { checks }
}
