// A model with a score head and a LoRA adapter: the scores without it and with it, the loss, every gradient, the
// head's among them, then a run of optimizer steps and what it leaves; the files we write are those PEFT writes.
import { join } from 'node:path'
import type { ScoreBatch } from '../../../addon/index'
import { floats, integers, readSafetensors, tensorOf, type Tensors } from '../../fixtures/safetensors'
import { gradientsOf, raggedBatch } from '../batches'
import type { Case } from '../cases'
import { numberError, tensorError, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'
import { checkFinal, checkGradients, checkSteps, meanLoss, openOptions } from './causal-lora'

export async function runClassificationLora(item: Case, folder: string): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  const batch = scoreBatch(readSafetensors(join(item.dir, 'inputs.safetensors')))
  const options = { ...openOptions(item, batch.tokens.length), maxContext: 0 }
  const results = item.file.results ?? {}
  const checks: Check[] = []
  await withSession(options, async (session) => {
    for (const [name, adapter] of [['base', false] as const, ['adapter', true] as const]) {
      const scores = await session.logits(batch, { adapter })
      const error = tensorError(scores, floats(tensorOf(expected, `${name}.logits`)))
      checks.push({ name: `${name}.logits`, error, tolerance: tolerance.logits })
      const loss = numberError(await meanLoss(session, batch, adapter), Number(results[`${name}.loss`]))
      checks.push({ name: `${name}.loss`, error: loss, tolerance: tolerance.loss })
    }
    checks.push(...(await checkGradients(session, item, [batch], expected, tolerance, '')))
    checks.push(...(await checkSteps(session, item, [batch], tolerance, gradientsOf(expected))))
    checks.push(...(await checkFinal(session, item, tolerance)))
  })
  await withSession({ ...options, gradientCheckpointing: true }, async (session) => {
    checks.push(...(await checkGradients(session, item, [batch], expected, tolerance, ', recomputed')))
  })
  return { checks }
}

/** Labels are one whole number for each row, or a row of numbers for each. */
export function scoreBatch(inputs: Tensors): ScoreBatch {
  const labels = tensorOf(inputs, 'labels')
  const { tokens, lengths } = raggedBatch(new Map([...inputs].filter(([name]) => name !== 'labels')), '')
  const targets = labels.dtype === 'F32' ? floats(labels) : Float32Array.from(integers(labels))
  return { tokens, lengths, targets }
}
