// NF4 with double quantisation (Dettmers et al. 2023, as bitsandbytes) against an implementation of its own: blocks
// of 64, scales in blocks of 256, codes of 4 and of 8 bits, on random lengths, tails, zeros and outliers.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { engine } from '../golden-runner/engine'

const block = 64
const scaleBlock = 256

/** The sixteen numbers of the paper's appendix E: quantiles of N(0, 1), scaled to [-1, 1]. */
const nf4 = [
  -1, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
  -0.18477343022823334, -0.09105003625154495, 0, 0.07958029955625534, 0.16093020141124725,
  0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1
] as const

const chunks = (length: number, size: number): [number, number][] =>
  Array.from({ length: Math.ceil(length / size) }, (_, i) => [i * size, Math.min(length, (i + 1) * size)])

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** How far a code is from the nearest one, of a table. */
function beyondNearest(table: ArrayLike<number>, code: number, value: number): number {
  let best = Infinity
  for (let i = 0; i < table.length; ++i) best = Math.min(best, Math.abs((table[i] ?? NaN) - value))
  return Math.abs((table[code] ?? NaN) - value) - best
}

const nibble = (packed: Uint8Array, i: number): number => {
  const byte = packed[i >> 1] ?? 0
  return i % 2 === 0 ? byte >> 4 : byte & 15
}

/** No numbers so small that a float holds them with fewer digits. */
const ordinary = fc
  .float({ min: -4, max: 4, noNaN: true })
  .map((value) => (Math.abs(value) < 1e-30 ? 0 : value))
const values = fc
  .array(
    fc.oneof(
      { weight: 20, arbitrary: ordinary },
      { weight: 1, arbitrary: fc.constantFrom(0, 100, -3e4, 1e-20) }
    ),
    {
      minLength: 1,
      maxLength: 700
    }
  )
  .map((list) => Float32Array.from(list))

describe('NF4 in plain numbers', () => {
  test('every block has its largest value, quantised, and every code is the nearest', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const got = await engine().quantizeNf4(given)
        const blocks = chunks(given.length, block)
        expect(got.packed.length).toBe(Math.ceil(given.length / 2))
        expect(got.absmaxQ.length).toBe(blocks.length)
        expect(got.absmax2.length).toBe(Math.ceil(blocks.length / scaleBlock))
        const maxima = blocks.map(([begin, end]) => largest(given.subarray(begin, end)))
        const mean = maxima.reduce((sum, value) => sum + value, 0) / maxima.length
        expect(Math.abs(got.offset - mean)).toBeLessThanOrEqual(2e-6 * Math.max(mean, 1e-30))
        // the maxima less their mean, 256 to a scale, each one of 256 codes
        for (const [index, [begin, end]] of chunks(maxima.length, scaleBlock).entries()) {
          const rest = Float32Array.from(maxima.slice(begin, end), (value) => value - got.offset)
          const scale = largest(rest)
          expect(Math.abs((got.absmax2[index] ?? NaN) - scale)).toBeLessThanOrEqual(1e-6 * scale)
          if (scale === 0) continue
          rest.forEach((value, i) => {
            const code = got.absmaxQ[begin + i] ?? 0
            // a value between two codes may go either way
            expect(beyondNearest(got.code2, code, value / scale)).toBeLessThan(1e-6)
          })
        }
        for (const [index, [begin, end]] of blocks.entries()) {
          const exact = maxima[index] ?? NaN
          const held =
            (got.code2[got.absmaxQ[index] ?? 0] ?? NaN) *
              (got.absmax2[Math.floor(index / scaleBlock)] ?? NaN) +
            got.offset
          for (let i = begin; i < end; ++i) {
            const code = nibble(got.packed, i)
            if (exact > 0) expect(beyondNearest(nf4, code, (given[i] ?? NaN) / exact)).toBeLessThan(1e-6)
            const decoded = (nf4[code] ?? NaN) * held
            expect(Math.abs((got.dequantised[i] ?? NaN) - decoded)).toBeLessThanOrEqual(
              2e-6 * Math.max(Math.abs(decoded), 1e-30)
            )
          }
        }
      }),
      { numRuns: 60, seed: 4 }
    )
  }, 120_000)

  test('no value is further away than half the widest gap of its block', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const { dequantised } = await engine().quantizeNf4(given)
        const maxima = chunks(given.length, block).map(([begin, end]) => largest(given.subarray(begin, end)))
        // the widest gap of the sixteen is 0.304; scales of 8 bits are off by at most half of their own widest
        const spread = Math.max(...maxima) - Math.min(...maxima)
        given.forEach((value, i) => {
          const own = maxima[Math.floor(i / block)] ?? NaN
          const allowed = 0.1525 * own + 0.02 * Math.max(spread, 0) + 1e-6 * own
          expect(Math.abs((dequantised[i] ?? NaN) - value)).toBeLessThanOrEqual(allowed)
        })
      }),
      { numRuns: 60, seed: 5 }
    )
  }, 120_000)

  test('what is quantised once is quantised to itself again where one block has one scale', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ordinary, { minLength: 1, maxLength: block }), async (list) => {
        const first = await engine().quantizeNf4(Float32Array.from(list))
        const again = await engine().quantizeNf4(first.dequantised)
        // a lone block's largest value is its mean: no rounding of the scale at all
        expect(again.dequantised).toEqual(first.dequantised)
        expect(again.packed).toEqual(first.packed)
      }),
      { numRuns: 100, seed: 6 }
    )
  }, 120_000)

  test('zeros stay zeros, alone and among others', async () => {
    const zeros = await engine().quantizeNf4(new Float32Array(130))
    expect(zeros.dequantised.every((value) => value === 0)).toBe(true)
    const mixed = new Float32Array(192)
    mixed.fill(2, 64, 128)
    const { dequantised } = await engine().quantizeNf4(mixed)
    for (const i of [0, 63, 128, 191]) expect(Math.abs(dequantised[i] ?? NaN)).toBe(0)
  })

  test('signs change places', async () => {
    // all but the extremes: the code is not symmetric, -1 and 1 alone are opposite
    const given = Float32Array.from([1, -1, 0])
    const flipped = Float32Array.from(given, (value) => -value)
    const a = await engine().quantizeNf4(given)
    const b = await engine().quantizeNf4(flipped)
    expect([...b.dequantised].map((value) => -value + 0)).toEqual(
      [...a.dequantised].map((value) => value + 0)
    )
  })
})
