// What bitsandbytes makes of weights in NF4, beside what our engine makes of them: the same bytes, the same
// scales, and the same values back.
import { floats, integers, tensorOf, type Tensor, type Tensors } from '../../fixtures/safetensors'
import { exactCheck, tensorError, worst, type Check } from '../compare'
import { engine } from '../engine'

/** A value exactly between two code points may go either way: at most this share of them. */
const allowedTies = 1e-4
/** single precision sums of scales, in another order */
const scaleTolerance = 1e-6
const block = 64

/** The sixteen values of NF4 (QLoRA, Dettmers et al. 2023, appendix E). */
const nf4Code = Float32Array.of(
  -1.0,
  -0.6961928009986877,
  -0.5250730514526367,
  -0.39491748809814453,
  -0.28444138169288635,
  -0.18477343022823334,
  -0.09105003625154495,
  0.0,
  0.07958029955625534,
  0.16093020141124725,
  0.24611230194568634,
  0.33791524171829224,
  0.44070982933044434,
  0.5626170039176941,
  0.7229568362236023,
  1.0
)

type Blocks = Awaited<ReturnType<ReturnType<typeof engine>['quantizeNf4']>>

export interface Nf4Comparison {
  readonly checks: readonly Check[]
  /** layers whose values bitsandbytes' CPU kernel took back with other blocks' scales */
  readonly misplaced: readonly string[]
}

/** Quantises each source and compares with what bitsandbytes holds, found by layer and part. */
export async function compareNf4(
  sources: readonly (readonly [string, Tensor])[],
  expected: Tensors,
  nameOf: (layer: string, part: string) => string
): Promise<Nf4Comparison> {
  let codes = 0
  let codesOff = 0
  let scales = 0
  let scalesOff = 0
  const numbers: [string, number][] = []
  const values: [string, number][] = []
  const misplaced: string[] = []
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
    const theirs = floats(part('dequantised'))
    let error = tensorError(made.dequantised, theirs)
    const otherwise = withMisplacedScales(made, source.shape)
    if (error > scaleTolerance && otherwise) {
      error = tensorError(otherwise, theirs)
      misplaced.push(layer)
    }
    values.push([layer, error])
  }
  if (!sources.length) return { checks: [exactCheck('nf4 layers', false, 'none found')], misplaced }
  const limited = (name: string, list: [string, number][], tolerance: number): Check => {
    const { name: where, error } = worst(list)
    return { name, error, tolerance, note: error > tolerance ? where : undefined }
  }
  const checks = [
    { name: 'nf4 codes that differ', error: codesOff / codes, tolerance: codesOff ? allowedTies : 0 },
    { name: 'nf4 8-bit scales that differ', error: scalesOff / scales, tolerance: 0 },
    limited('nf4 second scales', numbers, scaleTolerance),
    // a tie that went the other way is worth far more than this; ties are counted above
    limited('nf4 values', values, codesOff ? 0.2 : scaleTolerance)
  ]
  return { checks, misplaced }
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

/**
 * bitsandbytes' vector kernel for CPUs counts floor(columns / 64) blocks a row when it takes values back, so that
 * rows of another width get the scales of other blocks (its CUDA kernels and its plain code count on across
 * rows, as its quantiser does). Null where the kernel does not stray.
 */
function withMisplacedScales(made: Blocks, [, columns = 0]: readonly number[]): Float32Array | null {
  if (columns % block === 0 || columns % 16 !== 0) return null
  const scale = (at: number): number =>
    Math.fround(
      Math.fround((made.code2[made.absmaxQ[at] ?? 0] ?? 0) * (made.absmax2[at >> 8] ?? 0)) + made.offset
    )
  const perRow = Math.floor(columns / block)
  return Float32Array.from(made.dequantised, (_, i) => {
    const byte = made.packed[i >> 1] ?? 0
    const code = nf4Code[i % 2 ? byte & 15 : byte >> 4] ?? 0
    const row = Math.floor(i / columns)
    return code * scale(row * perRow + Math.floor((i % columns) / block))
  })
}
