// Every weight is trained: logits or scores and loss, the gradient of every parameter, a run of optimizer steps, and the
// folder that is left. Which parameters do not decay is the case's to say; here all do, or all but biases and norms.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenOptions, Session } from '../../../addon/index'
import { floats, readModelTensors, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import { unpadded } from '../batches'
import { modelDirOf, type Case } from '../cases'
import { exactCheck, numberError, tensorError, trainedSetCheck, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor, type Tolerances } from '../tolerances'
import { batchesOf, checkGradients, checkSteps, farthest, meanLoss, type Learnt } from './causal-lora'
import { scoreBatch } from './classification-lora'

export async function runFull(item: Case, folder: string): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const scores = item.kind === 'full-classification'
  const batches: Learnt[] = scores ? [scoreBatch(inputs)] : batchesOf(inputs)
  const [batch] = batches
  if (!batch) return { checks: [] }
  const still = namesOf(item, 'no_weight_decay')
  const options: OpenOptions = {
    modelDir: modelDirOf(item),
    baseQuantization: 'none',
    seed: 1,
    threads: 0,
    maxTokensPerMicroBatch: Math.max(...batches.map(({ tokens }) => tokens.length)),
    maxContext: 0,
    train: { kind: 'full', decayAll: still.size === 0 }
  }
  const vectors = [...readModelTensors(join(item.dir, 'final'))]
    .filter(([, { shape }]) => shape.length === 1)
    .map(([name]) => name)
  const checks: Check[] = [
    exactCheck(
      'what does not decay',
      still.size === 0 || String([...still].sort()) === String(vectors.sort()),
      'neither none nor all biases and norms'
    )
  ]
  const left = namesOf(item, 'undetermined')
  await withSession(options, async (session) => {
    const logits = await session.logits(batch, { adapter: true })
    const wanted = scores ? floats(tensorOf(expected, 'logits')) : unpadded(expected, 'logits', batch.lengths)
    checks.push({ name: 'logits', error: tensorError(logits, wanted), tolerance: tolerance.logits })
    const loss = numberError(await meanLoss(session, batch, true), Number(item.file.results?.['loss']))
    checks.push({ name: 'loss', error: loss, tolerance: tolerance.loss })
    checks.push(...(await checkGradients(session, item, batches, expected, tolerance, '', left)))
    checks.push(...(await checkSteps(session, item, batches, tolerance)))
    checks.push(await checkFolder(session, item, tolerance, left))
  })
  await withSession({ ...options, gradientCheckpointing: true }, async (session) => {
    checks.push(...(await checkGradients(session, item, batches, expected, tolerance, ', recomputed', left)))
  })
  return { checks }
}

/** Parameters that the case names under `key`; `undetermined` are those whose gradient is nothing but rounding. */
const namesOf = (item: Case, key: 'no_weight_decay' | 'undetermined'): ReadonlySet<string> =>
  new Set((item.file[key] as string[] | undefined) ?? [])

/** What the folder that we write holds, beside the one that Transformers wrote. */
async function checkFolder(
  session: Session,
  item: Case,
  tolerance: Tolerances,
  left: ReadonlySet<string>
): Promise<Check> {
  const place = mkdtempSync(join(tmpdir(), 'neiro-full-'))
  try {
    await session.saveMerged({ dir: join(place, 'model'), dtype: 'F32' })
    const values = (dir: string): Map<string, Float32Array> =>
      new Map(
        [...readModelTensors(dir)]
          .filter(([name]) => !left.has(name))
          .map(([name, tensor]) => [name, floats(tensor)])
      )
    return trainedSetCheck(
      'final weights',
      values(join(place, 'model')),
      values(join(item.dir, 'final')),
      tolerance.final_weights,
      farthest(item)
    )
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
