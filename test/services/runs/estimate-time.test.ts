// The time estimate: the known FLOP counts at the limits, and how it must move with each setting.
import { describe, expect, test } from 'vitest'
import { defaultSettings, type Settings } from '../../../main/contract/settings'
import { estimateTime, type TimeEstimate, type TrainingWork } from '../../../main/services/runs/estimate-time'

const model = { linearParameters: 1e8, layers: 12, hiddenSize: 768 }
const work: TrainingWork = { examples: 100, trainTokens: 10_000, heldOutTokens: 1000 }
const speed = {
  productGflopsF32: 100,
  productGflopsNf4: 80,
  productGflopsBf16: 300,
  productGflopsNf4Bf16: 200,
  productGflopsInt8: 90,
  productGflopsInt8Bf16: 250,
  productGflopsInInt8: 300
}

function estimate(
  changes: Partial<Settings> = {},
  o: Partial<TrainingWork> = {},
  adapter = 0,
  bf16 = false,
  int8 = false
): TimeEstimate {
  const settings = { ...defaultSettings, ...changes }
  return estimateTime(
    model,
    { adapter },
    { quantization: settings.baseQuantization, bf16, int8 },
    settings,
    { ...work, ...o },
    speed
  )
}

describe('estimateTime', () => {
  test('a base is as fast as products with weights stored so', () => {
    const f32 = estimate().tokensPerSecond
    expect(estimate({ baseQuantization: 'int8' }).tokensPerSecond / f32).toBeCloseTo(0.9)
    expect(estimate({ baseQuantization: 'nf4' }).tokensPerSecond / f32).toBeCloseTo(0.8)
    expect(estimate({ baseQuantization: 'int8' }, {}, 0, true).tokensPerSecond / f32).toBeCloseTo(2.5)
  })

  test('products in INT8 are as fast as those were measured, or as BF16 where they were not', () => {
    const f32 = estimate().tokensPerSecond
    expect(estimate({ baseQuantization: 'nf4' }, {}, 0, true, true).tokensPerSecond / f32).toBeCloseTo(3)
  })

  test('what is learnt from own answers takes their readings: a value head, and another model that judges', () => {
    const own = { method: 'grpo', answersPerQuestion: 4, answerTokens: 100 } as const
    const seconds = (changes: Partial<Settings>, judged: Partial<TrainingWork> = {}): number =>
      estimate({ ...own, ...changes }, { heldOutTokens: 0, ...judged }).seconds
    const grpo = seconds({})
    expect(seconds({}, { judged: true })).toBeGreaterThan(grpo)
    const once = seconds({ method: 'ppo', policyPasses: 1 })
    expect(once).toBeGreaterThan(grpo)
    expect(seconds({ method: 'ppo', policyPasses: 4 })).toBeGreaterThan(2 * once)
  })

  test('short examples cost 4N per token, with checkpointing 6N', () => {
    const short = { trainTokens: 200, examples: 100 }
    const plain = estimate({}, short).tokensPerSecond
    const checkpointed = estimate({ gradientCheckpointing: true }, short).tokensPerSecond
    expect(plain / checkpointed).toBeCloseTo(6 / 4, 2)
    const flopsPerSecond = plain * 4 * model.linearParameters
    // a share of the product's speed, never more than it
    expect(flopsPerSecond).toBeLessThan(100e9)
    expect(flopsPerSecond).toBeGreaterThan(30e9)
  })

  test('its operations are those of each token that is read', () => {
    const { seconds, operations, tokensPerSecond, tokens } = estimate({}, { heldOutTokens: 0 })
    expect(seconds).toBeCloseTo(tokens / tokensPerSecond, 6)
    // learnt: forward, back through what does not learn, and attention
    expect(operations / tokens / model.linearParameters).toBeGreaterThan(4)
    expect(operations / tokens / model.linearParameters).toBeLessThan(4.1)
  })

  test('BF16 products count by their own speed, for each way of storing', () => {
    const speeds = [false, true].map((bf16) => estimate({}, {}, 0, bf16).tokensPerSecond)
    const nf4 = [false, true].map(
      (bf16) => estimate({ baseQuantization: 'nf4' }, {}, 0, bf16).tokensPerSecond
    )
    expect((speeds[1] ?? 0) / (speeds[0] ?? 1)).toBeCloseTo(3, 5)
    expect((nf4[1] ?? 0) / (nf4[0] ?? 1)).toBeCloseTo(2.5, 5)
  })

  test('a whole model that learns costs 6N per token', () => {
    const short = { trainTokens: 200, examples: 100 }
    const adapter = estimate({}, short).tokensPerSecond
    expect(adapter / estimate({ method: 'full' }, short).tokensPerSecond).toBeCloseTo(6 / 4, 2)
  })

  test('NF4 goes by its own measured speed, long examples pay for attention, a larger adapter costs', () => {
    expect(estimate({ baseQuantization: 'nf4' }).tokensPerSecond / estimate().tokensPerSecond).toBeCloseTo(
      0.8,
      6
    )
    expect(estimate({}, { trainTokens: 1e6 }).tokensPerSecond).toBeLessThan(estimate().tokensPerSecond)
    expect(estimate({}, {}, 4e7).tokensPerSecond).toBeLessThan(estimate().tokensPerSecond)
  })

  test('steps and time follow epochs, batches, accumulation and the limit', () => {
    expect(estimate({ epochs: 3, batchSize: 4 }).totalSteps).toBe(75)
    expect(estimate({ epochs: 0.5, batchSize: 4 }).totalSteps).toBe(13)
    expect(estimate({ epochs: 3, batchSize: 4, gradientAccumulationSteps: 7 }).totalSteps).toBe(12)
    expect(estimate({ epochs: 3, batchSize: 4, maxSteps: 10 }).totalSteps).toBe(10)
    expect(estimate({ packing: true, maxSeqLength: 1000, batchSize: 2, epochs: 1 }).totalSteps).toBe(5)
    expect(estimate({ epochs: 6 }, { heldOutTokens: 0 }).seconds).toBeCloseTo(
      2 * estimate({ epochs: 3 }, { heldOutTokens: 0 }).seconds,
      9
    )
    expect(estimate({ evaluationSteps: 1 }).seconds).toBeGreaterThan(
      estimate({ evaluationSteps: 50 }).seconds
    )
  })

  test('without data there is a speed and no time', () => {
    const nothing = estimate({ maxSeqLength: 512 }, { examples: 0, trainTokens: 0, heldOutTokens: 0 })
    expect(nothing).toMatchObject({ totalSteps: 0, tokens: 0, seconds: 0 })
    expect(nothing.tokensPerSecond).toBeGreaterThan(0)
  })
})
