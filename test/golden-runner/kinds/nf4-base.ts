// A case on an NF4 base. Its bytes are compared with bitsandbytes'; its numbers were computed on the values that
// bitsandbytes took back from them ("the dequantised values that the base then has"). Where those are the
// values of the blocks, the case runs on our NF4 base. Where bitsandbytes' CPU kernel misplaced scales, it runs on
// the case's own values in F32, and our NF4 base is held against its own values, computed the same way.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenOptions } from '../../../addon/index'
import {
  float32,
  floats,
  readModelTensors,
  readSafetensors,
  tensorOf,
  writeSafetensors,
  type Tensors
} from '../../fixtures/safetensors'
import { named, type Ragged } from '../batches'
import { modelDirOf, type Case } from '../cases'
import { numberError, tensorError, tensorSetCheck, type Check } from '../compare'
import { engine, withSession } from '../engine'
import type { Tolerances } from '../tolerances'
import { compareNf4 } from './nf4-file'

export interface Nf4Base {
  readonly checks: readonly Check[]
  /** what to open for the case's numbers */
  readonly base: Pick<OpenOptions, 'modelDir' | 'baseQuantization'>
  /** why that is not the NF4 base itself */
  readonly note?: string
}

/** Prepares the base, hands it to `use`, and takes away what was written for it. */
export async function withNf4Base<T>(item: Case, use: (base: Nf4Base) => Promise<T>): Promise<T> {
  const expected = readSafetensors(join(item.dir, 'nf4.safetensors'))
  const weights = readModelTensors(modelDirOf(item))
  const layers = [...expected.keys()]
    .filter((name) => name.endsWith('.packed'))
    .map((name) => name.slice(0, -7))
  const sources = layers.map((layer) => [layer, tensorOf(weights, `${layer}.weight`)] as const)
  const { checks, misplaced } = await compareNf4(sources, expected, (layer, part) => `${layer}.${part}`)
  if (!misplaced.length) return use({ checks, base: { modelDir: modelDirOf(item), baseQuantization: 'nf4' } })
  const note = `values of ${misplaced.length} layers as bitsandbytes' CPU kernel has them, as F32`
  return withValues(
    item,
    weights,
    (layer) => floats(tensorOf(expected, `${layer}.dequantised`)),
    layers,
    (modelDir) => use({ checks, base: { modelDir, baseQuantization: 'f32' }, note })
  )
}

/** Our NF4 base and an F32 base of its very values: logits, loss and gradients. */
export async function checkNf4Path(
  item: Case,
  options: OpenOptions,
  batch: Ragged,
  tolerance: Tolerances
): Promise<Check[]> {
  const weights = readModelTensors(modelDirOf(item))
  const expected = readSafetensors(join(item.dir, 'nf4.safetensors'))
  const layers = [...expected.keys()]
    .filter((name) => name.endsWith('.packed'))
    .map((name) => name.slice(0, -7))
  const own = new Map<string, Float32Array>()
  for (const layer of layers)
    own.set(layer, (await engine().quantizeNf4(floats(tensorOf(weights, `${layer}.weight`)))).dequantised)
  const run = (
    base: Nf4Base['base']
  ): Promise<{ logits: Float32Array; loss: number; gradients: Map<string, Float32Array> }> =>
    withSession({ ...options, ...base }, async (session) => {
      const logits = await session.logits(batch, { adapter: true })
      const { loss, gradients } = await engine().gradients(session, [batch])
      return { logits, loss, gradients: named(gradients) }
    })
  const blocks = await run({ modelDir: modelDirOf(item), baseQuantization: 'nf4' })
  const values = await withValues(
    item,
    weights,
    (layer) => own.get(layer) ?? new Float32Array(),
    layers,
    (modelDir) => run({ modelDir, baseQuantization: 'f32' })
  )
  return [
    {
      name: 'nf4 base: logits',
      error: tensorError(blocks.logits, values.logits),
      tolerance: tolerance.logits
    },
    { name: 'nf4 base: loss', error: numberError(blocks.loss, values.loss), tolerance: tolerance.loss },
    tensorSetCheck('nf4 base: gradients', blocks.gradients, values.gradients, tolerance.gradients)
  ]
}

/** The base of the case with these values in its quantised layers, as an F32 folder for the time of `use`. */
async function withValues<T>(
  item: Case,
  weights: Tensors,
  valuesOf: (layer: string) => Float32Array,
  layers: readonly string[],
  use: (modelDir: string) => Promise<T>
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'neiro-nf4-'))
  try {
    const changed = new Map(weights)
    for (const layer of layers) {
      const name = `${layer}.weight`
      changed.set(name, float32(valuesOf(layer), tensorOf(weights, name).shape))
    }
    writeSafetensors(join(dir, 'model.safetensors'), changed)
    copyFileSync(join(modelDirOf(item), 'config.json'), join(dir, 'config.json'))
    return await use(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
