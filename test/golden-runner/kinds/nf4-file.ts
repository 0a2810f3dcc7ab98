// nf4.safetensors of a case: what bitsandbytes makes of each linear layer. Quantising the F32 weights of
// the base with our engine must give the same bytes.
import { join } from 'node:path'
import {
  floats,
  integers,
  readSafetensors,
  tensorOf,
  type Tensor,
  type Tensors
} from '../../fixtures/safetensors'
import { modelDirOf, type Case } from '../cases'
import { exactCheck, tensorError, worst, type Check } from '../compare'
import { engine } from '../engine'

/** A value exactly between two code points may go either way: at most this share of them. */
const allowedTies = 1e-4
/** single precision sums of scales, in another order */
const scaleTolerance = 1e-6

export async function checkNf4File(item: Case): Promise<Check[]> {
  const expected = readSafetensors(join(item.dir, 'nf4.safetensors'))
  const weights = readSafetensors(join(modelDirOf(item), 'model.safetensors'))
  const layers = [...expected.keys()]
    .filter((name) => name.endsWith('.packed'))
    .map((name) => name.slice(0, -7))
  const sources = layers.map((layer) => [layer, tensorOf(weights, `${layer}.weight`)] as const)
  return nf4Checks(sources, expected, (layer, part) => `${layer}.${part}`)
}

/** Quantises each source and compares with what bitsandbytes holds, found by layer and part. */
export async function nf4Checks(
  sources: readonly (readonly [string, Tensor])[],
  expected: Tensors,
  nameOf: (layer: string, part: string) => string
): Promise<Check[]> {
  let codes = 0
  let codesOff = 0
  let scales = 0
  let scalesOff = 0
  const numbers: [string, number][] = []
  const values: [string, number][] = []
  for (const [layer, source] of sources) {
    const part = (name: string): Tensor => tensorOf(expected, nameOf(layer, name))
    const made = await engine().quantizeNf4(floats(source))
    const packed = integers(part('packed'))
    codes += packed.length * 2
    codesOff += nibblesOff(made.packed, packed)
    const absmax = integers(part('absmax_q'))
    scales += absmax.length
    scalesOff += absmax.filter((value, i) => value !== made.absmaxQ[i]).length
    if (made.absmaxQ.length !== absmax.length) scalesOff = Infinity
    numbers.push([`${layer} second scales`, tensorError(made.absmax2, floats(part('absmax2')))])
    numbers.push([`${layer} code book`, tensorError(made.code2, floats(part('code2')))])
    numbers.push([`${layer} offset`, tensorError([made.offset], floats(part('offset')))])
    values.push([`${layer}`, tensorError(made.dequantised, floats(part('dequantised')))])
  }
  if (!sources.length) return [exactCheck('nf4 layers', false, 'none found')]
  const scale = worst(numbers)
  const value = worst(values)
  const noted = (tolerance: number, { name, error }: { name: string; error: number }): string | undefined =>
    error > tolerance ? name : undefined
  return [
    {
      name: 'nf4 codes that differ',
      error: codesOff / codes,
      tolerance: codesOff / codes > 0 ? allowedTies : 0
    },
    { name: 'nf4 8-bit scales that differ', error: scalesOff / scales, tolerance: 0 },
    {
      name: 'nf4 second scales',
      error: scale.error,
      tolerance: scaleTolerance,
      note: noted(scaleTolerance, scale)
    },
    // one code between its two neighbours is worth far more than this; ties are counted above
    {
      name: 'nf4 dequantised',
      error: value.error,
      tolerance: codesOff ? 1 : scaleTolerance,
      note: noted(1e-6, value)
    }
  ]
}

function nibblesOff(actual: Uint8Array, expected: Int32Array): number {
  if (actual.length !== expected.length) return Infinity
  let off = 0
  expected.forEach((byte, i) => {
    const other = actual[i] ?? 0
    if (byte >> 4 !== other >> 4) ++off
    if ((byte & 15) !== (other & 15)) ++off
  })
  return off
}
