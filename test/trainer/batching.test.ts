// Which examples each update reads: every example once per epoch, in an order that only seed and epoch decide.
import { describe, expect, test } from 'vitest'
import { planEpoch, planTraining, type BatchingSettings } from '../../main/trainer/batching'
import { randomFrom } from '../../main/batches/shuffle'

const base: BatchingSettings = {
  method: 'sft',
  seed: 3,
  batchSize: 4,
  gradientAccumulationSteps: 2,
  packing: false,
  groupByLength: false,
  maxSeqLength: 32,
  epochs: 3,
  maxSteps: 0
}

function lengthsOf(count: number, seed: number, longest = 32): number[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => 1 + (random() % longest))
}

const settingsTried: readonly BatchingSettings[] = [1, 3, 7].flatMap((batchSize) =>
  [1, 2, 5].flatMap((gradientAccumulationSteps) =>
    [{}, { packing: true }, { groupByLength: true }].map((more) => ({
      ...base,
      ...{ batchSize, gradientAccumulationSteps },
      ...more
    }))
  )
)

describe('planEpoch', () => {
  test.each(settingsTried)('reads every example exactly once: %o', (settings) => {
    for (const count of [1, 2, 13, 40]) {
      const lengths = lengthsOf(count, count)
      const read = planEpoch(lengths, settings, 0).steps.flat(2)
      expect([...read].sort((a, b) => a - b)).toEqual(lengths.map((_, index) => index))
    }
  })

  test.each(settingsTried)('holds its sizes; only the last of each may be smaller: %o', (settings) => {
    const lengths = lengthsOf(41, 5)
    const { steps } = planEpoch(lengths, settings, 1)
    steps.slice(0, -1).forEach((step) => expect(step).toHaveLength(settings.gradientAccumulationSteps))
    for (const micro of steps.flat()) {
      const tokens = micro.reduce((sum, example) => sum + (lengths[example] as number), 0)
      if (settings.packing) expect(tokens).toBeLessThanOrEqual(settings.batchSize * settings.maxSeqLength)
      else expect(micro.length).toBeLessThanOrEqual(settings.batchSize)
    }
    const micros = steps.flat()
    if (!settings.packing)
      micros.slice(0, -1).forEach((micro) => expect(micro).toHaveLength(settings.batchSize))
  })

  test('depends on seed and epoch, and on nothing else', () => {
    const lengths = lengthsOf(50, 1)
    const first = planEpoch(lengths, base, 0)
    expect(planEpoch(lengths, base, 0)).toEqual(first)
    expect(planEpoch(lengths, base, 1)).not.toEqual(first)
    expect(planEpoch(lengths, { ...base, seed: 4 }, 0)).not.toEqual(first)
    expect(planEpoch(lengths, { ...base, seed: 0 }, 1)).not.toEqual(
      planEpoch(lengths, { ...base, seed: 1 }, 0)
    )
  })

  test('its order is the same on every machine', () => {
    const order = planEpoch([1, 1, 1, 1, 1, 1, 1, 1], { ...base, batchSize: 8, seed: 42 }, 0).steps.flat(2)
    expect(order).toMatchInlineSnapshot(`
      [
        2,
        4,
        5,
        1,
        3,
        0,
        6,
        7,
      ]
    `)
  })

  test('is fair: each example comes first about as often as any other', () => {
    const firsts = new Array<number>(5).fill(0)
    for (let epoch = 0; epoch < 5000; epoch++) {
      const first = planEpoch([1, 1, 1, 1, 1], base, epoch).steps[0]?.[0]?.[0] as number
      firsts[first] = (firsts[first] as number) + 1
    }
    // 1000 expected; five standard deviations are about 140
    firsts.forEach((count) => expect(Math.abs(count - 1000)).toBeLessThan(140))
  })
})

test('examples of like length are read together, the longest first, in another order each time', () => {
  const lengths = lengthsOf(4000, 9, 500)
  const order = (settings: BatchingSettings, epoch: number): readonly number[][] =>
    planEpoch(lengths, settings, epoch).steps.flatMap((step) => step.map((some) => [...some]))
  const spread = (batches: readonly number[][]): number =>
    batches.reduce((sum, some) => {
      const own = some.map((example) => lengths[example] as number)
      return sum + Math.max(...own) - Math.min(...own)
    }, 0) / batches.length
  const grouped = { ...base, groupByLength: true }
  expect(spread(order(base, 0))).toBeGreaterThan(200)
  expect(spread(order(grouped, 0))).toBeLessThan(30)
  expect(lengths[order(grouped, 0)[0]?.[0] as number]).toBe(Math.max(...lengths))
  expect(order(grouped, 0)).not.toEqual(order(grouped, 1))
  expect(order(grouped, 0)).toEqual(order(grouped, 0))
})

describe('planTraining', () => {
  const total = (count: number, changes: Partial<BatchingSettings>): number =>
    planTraining(lengthsOf(count, 2), { ...base, ...changes }).totalSteps

  test.each([
    // 20 examples in micro-batches of 4, two of them per update: 3 updates an epoch
    [20, { epochs: 1 }, 3],
    [20, { epochs: 3 }, 9],
    [20, { epochs: 0.5 }, 2],
    [20, { epochs: 2.5 }, 8],
    [20, { epochs: 0.01 }, 1],
    [20, { epochs: 3, maxSteps: 5 }, 5],
    [20, { epochs: 1, maxSteps: 50 }, 3],
    [1, { epochs: 2 }, 2],
    // a tenth of ten updates is one, although 2.1 - 2 is more than 0.1
    [80, { epochs: 2.1 }, 21]
  ])('%i examples with %o make %i updates', (count, changes, steps) => {
    expect(total(count, changes)).toBe(steps)
  })

  test.each([false, true])('walks through the epochs in order (packing: %s)', (packing) => {
    const settings = { ...base, packing, epochs: 2.5 }
    const lengths = lengthsOf(60, 9)
    const plan = planTraining(lengths, settings)
    const walked = Array.from({ length: plan.totalSteps }, (_, index) => plan.at(index + 1))
    const expected = [0, 1, 2].flatMap((epoch) => planEpoch(lengths, settings, epoch).steps)
    expect(walked.map(({ microBatches }) => microBatches)).toEqual(expected.slice(0, plan.totalSteps))
    const epochs = walked.map(({ epoch }) => epoch)
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b))
    expect(epochs.at(-1)).toBeGreaterThanOrEqual(2.5)
    expect(epochs.at(-1)).toBeLessThan(3)
    expect(epochs).toContain(1)
    expect(epochs).toContain(2)
    expect(() => plan.at(0)).toThrow(RangeError)
    expect(() => plan.at(plan.totalSteps + 1)).toThrow(RangeError)
  })

  test('can be asked for any update first, as a resumed run does', () => {
    const lengths = lengthsOf(60, 9)
    const walked = planTraining(lengths, base)
    for (let step = 1; step <= walked.totalSteps; step++) {
      expect(planTraining(lengths, base).at(step)).toEqual(walked.at(step))
    }
  })
})
