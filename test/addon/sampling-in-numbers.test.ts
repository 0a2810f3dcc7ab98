// The sampler's distribution against the definitions of its steps in plain numbers, on random logits with ties and
// extremes: repetition penalty, temperature, top-k, top-p, min-p, in that order; and what always holds.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusal } from '../fixtures/sessions'
import { engine } from '../golden-runner/engine'

interface Options {
  readonly temperature: number
  readonly topK: number
  readonly topP: number
  readonly minP: number
  readonly repetitionPenalty: number
}
const off: Options = { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1 }

const distribution = async (
  logits: readonly number[],
  previous: readonly number[],
  options: Options
): Promise<number[]> => [
  ...(await engine().sampleDistribution(Float32Array.from(logits), Int32Array.from(previous), options))
]

const softmax = (scores: readonly number[]): number[] => {
  const top = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - top))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** Transformers' processors, one after the other. */
function expected(logits: readonly number[], previous: readonly number[], o: Options): number[] {
  const seen = new Set(previous)
  let scores = logits.map((z, i) => {
    if (!seen.has(i)) return z
    return z < 0 ? z * o.repetitionPenalty : z / o.repetitionPenalty
  })
  scores = scores.map((z) => z / o.temperature)
  if (o.topK > 0 && o.topK < scores.length) {
    const lowest = [...scores].sort((a, b) => b - a)[o.topK - 1] ?? NaN
    scores = scores.map((z) => (z < lowest ? -Infinity : z))
  }
  if (o.topP < 1) {
    const share = softmax(scores)
    const rising = scores.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || a - b)
    let tail = 0
    for (const i of rising.slice(0, -1)) {
      tail += share[i] ?? 0
      if (tail > 1 - o.topP) break
      scores[i] = -Infinity
    }
  }
  if (o.minP > 0) {
    const share = softmax(scores)
    const least = o.minP * Math.max(...share)
    scores = scores.map((z, i) => ((share[i] ?? 0) < least ? -Infinity : z))
  }
  return softmax(scores)
}

/** Whole sixteenths: sums and quotients are the same in F32 and in double, so that no cut stands on a rounding. */
const logit = fc.integer({ min: -160, max: 160 }).map((n) => n / 16)
const logits = fc.array(logit, { minLength: 2, maxLength: 60 })
const previous = fc.array(fc.nat(1000), { maxLength: 12 })
const options: fc.Arbitrary<Options> = fc.record({
  temperature: fc.constantFrom(0.5, 1, 2, 4),
  topK: fc.constantFrom(0, 1, 2, 5, 100),
  topP: fc.constantFrom(1, 0.95, 0.6, 0.1001),
  minP: fc.constantFrom(0, 0.0501, 0.4003),
  repetitionPenalty: fc.constantFrom(1, 2, 0.5)
})

describe('the distribution of the next token', () => {
  test('is that of the definitions', async () => {
    await fc.assert(
      fc.asyncProperty(logits, previous, options, async (given, ids, o) => {
        const before = ids.map((id) => id % given.length)
        const got = await distribution(given, before, o)
        const wanted = expected(given, before, o)
        got.forEach((share, i) => expect(Math.abs(share - (wanted[i] ?? NaN))).toBeLessThan(2e-6))
      }),
      { numRuns: 300, seed: 21 }
    )
  }, 60_000)

  test('sums to one, keeps the likeliest and never lifts one token over another', async () => {
    await fc.assert(
      fc.asyncProperty(logits, options, async (given, o) => {
        const got = await distribution(given, [], o)
        expect(Math.abs(got.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-5)
        // one of those that are equal, where a cut goes through them
        const highest = Math.max(...given)
        const kept = Math.max(...got.filter((_, i) => given[i] === highest))
        expect(kept).toBe(Math.max(...got))
        expect(kept).toBeGreaterThan(0)
        for (let i = 1; i < given.length; ++i)
          if ((given[i] ?? 0) < (given[i - 1] ?? 0)) expect(got[i]).toBeLessThanOrEqual(got[i - 1] ?? NaN)
      }),
      { numRuns: 200, seed: 22 }
    )
  }, 60_000)

  test('greedy is the first of the likeliest, and certain', async () => {
    await fc.assert(
      fc.asyncProperty(logits, async (given) => {
        const got = await distribution(given, [], { ...off, temperature: 0 })
        const top = given.indexOf(Math.max(...given))
        expect(got).toEqual(given.map((_, i) => (i === top ? 1 : 0)))
      }),
      { numRuns: 100, seed: 23 }
    )
  })

  test('does not depend on a constant added to all logits, nor on how often a token came', async () => {
    await fc.assert(
      fc.asyncProperty(logits, fc.integer({ min: -50, max: 50 }), previous, async (given, more, ids) => {
        const o = { ...off, temperature: 0.5, topP: 0.95 }
        const plain = await distribution(given, [], o)
        const moved = await distribution(
          given.map((z) => z + more),
          [],
          o
        )
        moved.forEach((share, i) => expect(Math.abs(share - (plain[i] ?? NaN))).toBeLessThan(1e-6))
        const before = ids.map((id) => id % given.length)
        const penalised = { ...off, repetitionPenalty: 2 }
        expect(await distribution(given, [...before, ...before], penalised)).toEqual(
          await distribution(given, before, penalised)
        )
      }),
      { numRuns: 100, seed: 24 }
    )
  })

  test('survives logits and temperatures at the edge of what a number holds', async () => {
    expect(await distribution([3e38, -3e38, 0], [], { ...off, temperature: 1e-3 })).toEqual([1, 0, 0])
    const flat = await distribution([3, 2, 1], [], { ...off, temperature: 3e38 })
    flat.forEach((share) => expect(Math.abs(share - 1 / 3)).toBeLessThan(1e-6))
  })

  test.each([
    ['temperature', { temperature: -1 }],
    ['temperature', { temperature: NaN }],
    ['topK', { topK: -1 }],
    ['topP', { topP: 0 }],
    ['topP', { topP: 1.1 }],
    ['minP', { minP: -0.1 }],
    ['repetitionPenalty', { repetitionPenalty: 0 }]
  ] as const)('%s that cannot be is refused by name', async (option, changes) => {
    const { code, details } = await refusal(() => distribution([1, 2], [], { ...off, ...changes }))
    expect(code).toBe('BAD_OPTION')
    expect(details['option']).toBe(option)
  })

  test.each([[[NaN, 1]], [[1, Infinity]], [[-Infinity, 0]]])('%j is no distribution', async (given) => {
    expect((await refusal(() => distribution(given, [], off))).code).toBe('NOT_FINITE_LOGITS')
  })
})
