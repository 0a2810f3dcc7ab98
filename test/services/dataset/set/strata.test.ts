// The held-out part of texts that are sorted: each label gives its share, and none gives all that it has.
import { describe, expect, test } from 'vitest'
import { drawAmong, drawHeldOut } from '../../../../main/services/dataset/set/split'

/** of each stratum its size -> of each example its stratum, mixed */
const mixed = (...sizes: readonly number[]): Uint32Array => {
  const all = sizes.flatMap((size, stratum) =>
    Array.from({ length: size }, (_, i) => ({ stratum, at: i / size }))
  )
  return Uint32Array.from(
    all.sort((a, b) => a.at - b.at || a.stratum - b.stratum),
    ({ stratum }) => stratum
  )
}
const alone = (strata: Uint32Array): Uint32Array => strata.map((_, i) => i)
const heldOf = (held: Uint8Array, strata: Uint32Array): Record<number, number> => {
  const counts: Record<number, number> = {}
  held.forEach((one, i) => (counts[strata[i] as number] = (counts[strata[i] as number] ?? 0) + one))
  return counts
}

describe('each label gives its share', () => {
  test.each([1, 2, 3, 42])('whatever the seed (%i)', (seed) => {
    const strata = mixed(700, 200, 90, 10)
    const held = drawHeldOut(alone(strata), strata.length, 0.1, seed, strata)
    expect(heldOf(held, strata)).toEqual({ 0: 70, 1: 20, 2: 9, 3: 1 })
  })

  test('as many as are wanted, by the largest remainders, and never a label’s only row', () => {
    const strata = mixed(15, 15, 15, 1, 2)
    const held = drawHeldOut(alone(strata), strata.length, 0.1, 7, strata)
    const counts = heldOf(held, strata)
    expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(5)
    expect(counts[3]).toBe(0)
    expect(counts[4]).toBeLessThanOrEqual(1)
  })

  test('equal questions stay together', () => {
    const strata = mixed(100, 100)
    // every two examples that follow one another are one question
    const groups = strata.map((_, i) => i >> 1)
    const held = drawHeldOut(groups, 100, 0.2, 3, strata)
    for (let i = 0; i < held.length; i += 2) expect(held[i]).toBe(held[i + 1])
    expect(held.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(30)
  })

  test('among some of a set, and without labels as before', () => {
    const strata = mixed(50, 50)
    const groups = alone(strata)
    const positions = groups.filter((at) => at % 2 === 0)
    const held = drawAmong({ groups, labels: { numbers: strata } }, positions, 0.2, 1)
    expect(held.reduce((sum, one) => sum + one, 0)).toBe(10)
    expect(drawAmong({ groups, labels: null }, positions, 0.2, 1)).toEqual(
      drawHeldOut(alone(positions), 50, 0.2, 1)
    )
  })
})
