// P-tuning: prompt tuning whose embeddings are made by a network, which is what learns. It starts from the case's
// values, which stand in no PEFT folder: that holds what the network gives.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { float32, floats, readSafetensors, writeSafetensors } from '../../fixtures/safetensors'
import { readAdapterConfig, type Case } from '../cases'
import { numberError, tensorError, type Check } from '../compare'
import { engine, withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'
import { sameRows } from './adapter'
import { batchesOf, checkFinal, checkGradients, checkSteps, meanLoss, openOptions } from './causal-lora'

export async function runPTuning(item: Case, folder: string): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const first = readSafetensors(join(item.dir, 'adapter_init', 'adapter_model.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  const batches = batchesOf(readSafetensors(join(item.dir, 'inputs.safetensors')))
  const batch = batches[0]
  if (!batch) return { checks: [] }
  const virtual = Number(readAdapterConfig(join(item.dir, 'adapter_init'))['num_virtual_tokens'])
  const most = Math.max(...batches.map(({ tokens, lengths }) => tokens.length + virtual * lengths.length))
  const { adapterDir, train, ...reading } = openOptions(item, most)
  const checks: Check[] = []
  const place = mkdtempSync(join(tmpdir(), 'neiro-p-tuning-'))
  const state = join(place, 'state.safetensors')
  try {
    writeFirstState(join(item.dir, 'trainable_init.safetensors'), state)
    await withSession({ ...reading, train }, async (session) => {
      await session.loadState(state)
      const made = (await engine().adapterTensors(session))['prompt_embeddings']?.data ?? []
      const wanted = floats(first.get('prompt_embeddings') ?? float32(new Float32Array(), [0]))
      const error = tensorError(made, wanted)
      checks.push({ name: 'what the network gives', error, tolerance: tolerance.final_weights })
      const [given, rows] = sameRows(
        await session.logits(batch, { adapter: true }),
        expected,
        batch.lengths,
        batch.columns,
        virtual
      )
      checks.push({ name: 'logits', error: tensorError(given, rows), tolerance: tolerance.logits })
      const loss = numberError(await meanLoss(session, batch, true), Number(item.file.results?.['loss']))
      checks.push({ name: 'loss', error: loss, tolerance: tolerance.loss })
      checks.push(...(await checkGradients(session, item, batches, expected, tolerance, '')))
      checks.push(...(await checkSteps(session, item, batches, tolerance)))
      checks.push(...(await checkFinal(session, item, tolerance)))
    })
    await withSession({ ...reading, train, gradientCheckpointing: true }, async (session) => {
      await session.loadState(state)
      checks.push(...(await checkGradients(session, item, batches, expected, tolerance, ', recomputed')))
    })
    // the folder alone, as PEFT opens it
    await withSession({ ...reading, adapterDir }, async (session) => {
      const loss = numberError(await meanLoss(session, batch, true), Number(item.file.results?.['loss']))
      checks.push({ name: 'loss of the stored prompt', error: loss, tolerance: tolerance.loss })
    })
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  return { checks }
}

/** What training starts from, as a state file before the first update. */
function writeFirstState(values: string, file: string): void {
  const state = new Map<string, ReturnType<typeof float32>>()
  for (const [name, tensor] of readSafetensors(values)) {
    const zeros = new Float32Array(floats(tensor).length)
    state.set(`param.${name}`, float32(floats(tensor), tensor.shape))
    state.set(`exp_avg.${name}`, float32(zeros, tensor.shape))
    state.set(`exp_avg_sq.${name}`, float32(zeros, tensor.shape))
  }
  writeSafetensors(file, state, { format: 'neiro-state-1', step: '0' })
}
