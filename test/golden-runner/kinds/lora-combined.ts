// Several LoRA adapters of one base: each alone, side by side in one session, and combined into one folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CombineOptions, OpenOptions } from '../../../addon/index'
import { floats, readSafetensors, tensorOf, type Tensors } from '../../fixtures/safetensors'
import { raggedBatch, unpadded, type Ragged } from '../batches'
import { modelDirOf, readAdapterConfig, type Case } from '../cases'
import { sequenceCheck, tensorError, worst, type Check } from '../compare'
import { engine, withSession } from '../engine'
import type { KindResult } from '../run-case'
import { general } from '../tolerances'
import { products, valuesOf } from './lora-products'

interface Combination {
  readonly adapters: readonly string[]
  readonly weights: readonly number[]
  readonly combination_type: CombineOptions['how']
}

export async function runLoraCombined(item: Case): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const batch = raggedBatch(inputs, inputs.has('batch0.input_ids') ? 'batch0.' : '')
  const names = item.file['adapters'] as string[]
  const base: OpenOptions = {
    modelDir: modelDirOf(item),
    baseQuantization: 'none',
    seed: 1,
    threads: 0,
    maxTokensPerMicroBatch: Math.max(batch.tokens.length, names.length),
    maxContext: 0
  }
  const checks: Check[] = []
  for (const name of names)
    checks.push(await logitsCheck(name, { ...base, adapterDir: join(item.dir, name) }, batch, expected))
  checks.push(await switchCheck(item, base, names, batch))
  const place = mkdtempSync(join(tmpdir(), 'neiro-combined-'))
  try {
    for (const [name, one] of Object.entries(item.file['combinations'] as Record<string, Combination>)) {
      const dir = join(place, name)
      await engine().combineAdapters({
        dirs: one.adapters.map((adapter) => join(item.dir, adapter)),
        weights: [...one.weights],
        how: one.combination_type,
        dir,
        baseModelName: ''
      })
      checks.push(await logitsCheck(name, { ...base, adapterDir: dir }, batch, expected))
      const tensors = valuesOf(readSafetensors(join(dir, 'adapter_model.safetensors')))
      const errors = [...products(tensors, readAdapterConfig(dir))]
        .filter(([module]) => expected.has(`${name}.delta.${module}`))
        .map(([module, delta]): [string, number] => [
          module,
          tensorError(delta, floats(tensorOf(expected, `${name}.delta.${module}`)))
        ])
      if (errors.length)
        checks.push({ name: `${name}: what is added`, error: worst(errors).error, tolerance: 1e-5 })
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  return { checks }
}

async function logitsCheck(
  name: string,
  options: OpenOptions,
  batch: Ragged,
  expected: Tensors
): Promise<Check> {
  return withSession(options, async (session) => ({
    name: `${name}.logits`,
    error: tensorError(
      await session.logits(batch, { adapter: true }),
      unpadded(expected, `${name}.logits`, batch.lengths)
    ),
    tolerance: general
  }))
}

/** All at once beside one base: each goes on with a text as it does alone. */
async function switchCheck(
  item: Case,
  base: OpenOptions,
  names: readonly string[],
  batch: Ragged
): Promise<Check> {
  const prompt = batch.tokens.slice(0, Math.min(6, batch.lengths[0] ?? 0))
  const sampling = { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 0 }
  const length = { maxNewTokens: 8, stopTokens: new Int32Array() }
  const alone: number[] = []
  for (const name of names)
    await withSession({ ...base, maxContext: 32, adapterDir: join(item.dir, name) }, async (session) => {
      await session.generateBegin({ prompt, ...length, sampling, adapter: true })
      alone.push(...(await session.generateNext(8)).tokens)
    })
  const [first = '', ...others] = names.map((name) => join(item.dir, name))
  const options = {
    ...base,
    maxContext: 32,
    conversations: names.length,
    adapterDir: first,
    adapterDirs: others
  }
  const said: number[][] = names.map(() => [])
  await withSession(options, async (session) => {
    for (const [adapter] of names.entries())
      await session.beginConversation({ prompt, ...length, sampling, adapter })
    for (let round = 0; round < 20; ++round)
      for (const { place, token } of await session.advance()) said[place]?.push(token)
  })
  return sequenceCheck('switched side by side', said.flat(), alone)
}
