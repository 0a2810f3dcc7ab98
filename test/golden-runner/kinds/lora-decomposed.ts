// LoRA that starts from a part of the base (PiSSA, OLoRA), which is taken off it: the part is the same as PEFT's but for
// signs; from PEFT's own A and B the same gradients, steps and end; what we store is a plain LoRA for the untouched
// base, and says the same.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenOptions } from '../../../addon/index'
import { floats, readModelTensors, readSafetensors, tensorOf, type Tensors } from '../../fixtures/safetensors'
import { plainName, unpadded, type Ragged } from '../batches'
import { modelDirOf, readAdapterConfig, type AdapterConfig, type Case } from '../cases'
import { exactCheck, numberError, tensorError, tensorSetCheck, worst, type Check } from '../compare'
import { compute, engine, withSession } from '../engine'
import type { KindResult } from '../run-case'
import { general, tolerancesFor, type Tolerances } from '../tolerances'
import { products, valuesOf } from './lora-products'
import { batchesOf, checkGradients, checkSteps, meanLoss, openOptions } from './causal-lora'

/** of residuals and singular values, by the README of the cases */
const part = 1e-5
/** of what six steps end at: with products in BF16 it is as far off as they are */
const ofSteps = compute === 'bf16' ? general : part

export async function runLoraDecomposed(item: Case, folder: string): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  const batches = batchesOf(readSafetensors(join(item.dir, 'inputs.safetensors')))
  const batch = batches[0]
  if (!batch) return { checks: [] }
  const place = mkdtempSync(join(tmpdir(), 'neiro-decomposed-'))
  try {
    const { adapterDir = '', ...base } = openOptions(
      item,
      Math.max(...batches.map(({ tokens }) => tokens.length))
    )
    const started = join(place, 'started')
    cpSync(adapterDir, started, { recursive: true })
    const config = {
      ...readAdapterConfig(adapterDir),
      init_lora_weights: item.file['variant'] as 'pissa' | 'olora'
    }
    writeFileSync(join(started, 'adapter_config.json'), JSON.stringify(config))
    if (base.train?.kind !== 'lora') throw new Error('the adapter is no LoRA')
    const options = { ...base, train: { ...base.train, start: config.init_lora_weights } }
    return {
      checks: [
        ...(await checkStart(item, options, expected, config)),
        ...(await checkRun(item, { ...options, adapterDir: started }, batches, expected, tolerance, place))
      ]
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** Without a stored adapter: what stays of each weight, and how strong each direction is that was taken. */
async function checkStart(
  item: Case,
  options: OpenOptions,
  expected: Tensors,
  config: AdapterConfig
): Promise<Check[]> {
  const weights = readModelTensors(modelDirOf(item))
  const trained = await withSession(options, (session) => engine().adapterTensors(session))
  const own = new Map(
    Object.entries(trained).map(([name, { shape, data }]) => [plainName(name), { shape, values: data }])
  )
  const residuals: [string, number][] = []
  for (const [module, product] of products(own, config)) {
    const weight = floats(tensorOf(weights, `${module}.weight`))
    const rest = weight.map((value, i) => value - (product[i] ?? NaN))
    residuals.push([module, tensorError(rest, floats(tensorOf(expected, `residual.${module}`)))])
  }
  const checks: Check[] = [{ name: 'what stays of the base', error: worst(residuals).error, tolerance: part }]
  if (config.init_lora_weights !== 'pissa') return checks
  const strengths = [...products(own, config).keys()].map((module): [string, number] => {
    const a = own.get(`base_model.model.${module}.lora_A.weight`)
    const columns = a?.shape[1] ?? 0
    // A and B share each value evenly, and A's rows are of unit length but for that
    const found = Array.from({ length: config.r }, (_, i) => {
      const row = a?.values.subarray(i * columns, (i + 1) * columns) ?? []
      return (Array.from(row).reduce((sum, value) => sum + value * value, 0) * config.lora_alpha) / config.r
    })
    return [
      module,
      tensorError(found, floats(tensorOf(expected, `singular.${module}`)).subarray(0, config.r))
    ]
  })
  return [...checks, { name: 'singular values', error: worst(strengths).error, tolerance: part }]
}

/** From the case's own A and B: losses, gradients, steps, the end, and what is stored of it. */
async function checkRun(
  item: Case,
  options: OpenOptions,
  batches: readonly Ragged[],
  expected: Tensors,
  tolerance: Tolerances,
  place: string
): Promise<Check[]> {
  const [batch] = batches
  if (!batch) return []
  const results = item.file.results ?? {}
  const stored = join(place, 'stored')
  const checks: Check[] = []
  await withSession(options, async (session) => {
    const logits = await session.logits(batch, { adapter: false })
    const error = tensorError(logits, unpadded(expected, 'base.logits', batch.lengths))
    checks.push({ name: 'base.logits', error, tolerance: tolerance.logits })
    for (const [name, adapter] of [['base', false] as const, ['adapter', true] as const]) {
      const loss = numberError(await meanLoss(session, batch, adapter), Number(results[`${name}.loss`]))
      checks.push({ name: `${name}.loss`, error: loss, tolerance: tolerance.loss })
    }
    checks.push(...(await checkGradients(session, item, batches, expected, tolerance, '')))
    checks.push(...(await checkSteps(session, item, batches, tolerance)))
    const final = await session.logits(batch, { adapter: true })
    const end = tensorError(final, unpadded(expected, 'final.logits', batch.lengths))
    checks.push({ name: 'final.logits', error: end, tolerance: general })
    const wanted = new Map(
      [...valuesOf(readSafetensors(join(item.dir, 'adapter_final', 'adapter_model.safetensors')))].map(
        ([name, { values }]) => [name, values]
      )
    )
    const trained = Object.entries(await engine().adapterTensors(session)).map(
      ([name, { data }]) => [plainName(name), data] as const
    )
    checks.push(tensorSetCheck('final weights', new Map(trained), wanted, tolerance.final_weights))
    await session.saveAdapter({ dir: stored, baseModelName: 'base' })
  })
  await withSession({ ...options, gradientCheckpointing: true }, async (session) => {
    checks.push(...(await checkGradients(session, item, batches, expected, tolerance, ', recomputed')))
  })
  const [ours, theirs] = [stored, join(item.dir, 'adapter_as_lora')].map((dir) => {
    const config = readAdapterConfig(dir)
    return {
      config,
      deltas: products(valuesOf(readSafetensors(join(dir, 'adapter_model.safetensors'))), config)
    }
  })
  if (!ours || !theirs) return checks
  // what is added is a small difference of large products: the rounding of these counts by the weights
  const weights = readModelTensors(modelDirOf(item))
  const [merged, wanted] = [ours.deltas, theirs.deltas].map(
    (deltas) =>
      new Map(
        [...deltas].map(([module, delta]) => [
          module,
          floats(tensorOf(weights, `${module}.weight`)).map((value, i) => value + (delta[i] ?? NaN))
        ])
      )
  )
  checks.push(tensorSetCheck('stored: merged weights', merged ?? new Map(), wanted ?? new Map(), ofSteps))
  const settings = ['r', 'lora_alpha', 'init_lora_weights', 'use_rslora'] as const
  const off = settings.filter((key) => ours.config[key] !== theirs.config[key])
  checks.push(exactCheck('stored: settings', off.length === 0, off.join()))
  const { train: _, ...reading } = options
  await withSession({ ...reading, adapterDir: stored }, async (session) => {
    const again = await session.logits(batch, { adapter: true })
    const error = tensorError(again, unpadded(expected, 'final.logits', batch.lengths))
    checks.push({ name: 'stored and opened again', error, tolerance: general })
  })
  return checks
}
