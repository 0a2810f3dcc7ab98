// Plans against a made-up engine whose memory is simple to foresee: what fits, what is changed to make it fit,
// and which preset is recommended.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { MemoryPlan, ModelInfo, OpenOptions, Probe } from '../../../addon/index'
import type { Example } from '../../../main/contract/records'
import { defaultSettings, type Settings } from '../../../main/contract/settings'
import { Calibration } from '../../../main/services/engine/calibration'
import { partOf } from '../../../main/services/runs/part-of'
import { fitOf } from '../../../main/services/runs/fit'
import { Planner, type TrainingTask } from '../../../main/services/runs/planner'
import { rowLengths, type CountedPart } from '../../../main/services/runs/token-counts'
import { kindNumbers } from '../../../main/services/dataset/kept/kept-index'
import { splitExamples } from '../../../main/services/dataset/set/split'
import { Chance } from '../random'
import { planOnCpu } from '../../fixtures/memory-plan'
import { ScriptedHost } from '../../fixtures/scripted-host'

const megabyte = 1e6

/** weights 100 MB (25 in NF4); 1 MB a token, a tenth with checkpointing */
function memoryOf(open: OpenOptions, runtime = 0): MemoryPlan {
  const weights = (open.baseQuantization === 'nf4' ? 25 : 100) * megabyte
  const activations = open.maxTokensPerMicroBatch * megabyte * (open.gradientCheckpointing ? 0.1 : 1)
  return planOnCpu({ weights, activations, runtime })
}

/** A machine of which five sixths are free. */
function plannerWith(
  availableMegabytes: number,
  o: { gflops?: number; held?: number; own?: () => number } = {}
): Planner {
  const engine = new ScriptedHost({
    probe: () =>
      ({
        memoryBytes: 1.2 * availableMegabytes * megabyte,
        memoryAvailableBytes: (availableMegabytes - (o.held ?? 0)) * megabyte,
        processorName: 'p',
        processors: 2,
        backend: 'scalar',
        version: '1',
        gpu: null,
        noGpu: { reason: 'NOT_BUILT', name: '' }
      }) as Probe,
    planMemory: (open: OpenOptions) => memoryOf(open, o.own?.()),
    inspectModel: () =>
      ({ parameters: 500e6, linearParameters: 400e6, layers: 24, hiddenSize: 896 }) as ModelInfo,
    calibrate: () => ({
      peakGflops: 1,
      copyGBps: 1,
      productGflopsF32: o.gflops ?? 10_000,
      productGflopsNf4: o.gflops ?? 5000,
      peakGflopsBf16: 1,
      productGflopsBf16: o.gflops ?? 10_000,
      productGflopsNf4Bf16: o.gflops ?? 5000,
      productGflopsInt8: o.gflops ?? 8000,
      productGflopsInt8Bf16: o.gflops ?? 8000,
      peakGflopsInt8: 0,
      productGflopsInInt8: 0
    })
  })
  const file = join(mkdtempSync(join(tmpdir(), 'neiro-plan-')), 'calibration.json')
  return new Planner({
    engine,
    calibration: new Calibration(file, engine),
    threads: () => 0,
    soonFree: async () => (o.held ?? 0) * megabyte
  })
}

/** An example each: which question it asks, how long it is. */
type Told = readonly [question: number, tokens: number, kind?: Example['kind']]

const part = (...told: readonly Told[]): CountedPart => ({
  counted: {
    kinds: Uint8Array.from(told, ([, , kind = 'conversation']) => kindNumbers.indexOf(kind)),
    starts: Uint32Array.from({ length: told.length + 1 }, (_, at) => at),
    lengths: Uint32Array.from(told, ([, tokens]) => tokens),
    longest: Uint32Array.from(told, ([, tokens]) => tokens),
    groups: Uint32Array.from(told, ([question]) => question),
    labels: null
  },
  positions: Uint32Array.from(told, (_, at) => at)
})
const task = (examples: number, tokens = 100): TrainingTask => ({
  modelDir: '/model',
  counted: {
    train: part(...Array.from({ length: examples }, (_, row): Told => [row, tokens])),
    heldOut: part([0, tokens])
  },
  maxPositionEmbeddings: 4096,
  proven: null,
  method: 'sft',
  labels: null
})
const settings = (change: Partial<Settings> = {}): Settings => ({
  ...defaultSettings,
  batchSize: 8,
  maxSeqLength: 128,
  ...change
})

describe('a plan', () => {
  test('fits into what is free now with a tenth to spare; is tight where others must give back; then too large', () => {
    const fit = (needed: number): string => fitOf({ needed, free: 1101, machine: 2222 })
    expect([1000, 1002, 1817, 1819].map(fit)).toEqual(['fits', 'tight', 'tight', 'too-large'])
    // what the system keeps is never to be had
    expect(fitOf({ needed: 100, free: 0, machine: 110 })).toBe('too-large')
  })

  test('counts what is learnt: examples, tokens, updates', async () => {
    const plan = await plannerWith(10_000).planTask(task(100), settings({ epochs: 2 }), 1)
    // 100 examples, 8 at a time: 13 updates an epoch
    expect(plan).toMatchObject({ trainExamples: 100, heldOutExamples: 1, trainTokens: 10_000, steps: 26 })
    expect(plan.memory.total).toBe((100 + 800) * megabyte)
    expect(plan).toMatchObject({ fit: 'fits', remedy: null, memoryAvailable: 10_000 * megabyte })
    expect(plan.seconds).toBeGreaterThan(0)
  })

  test('the same model takes the same, whatever the process that is asked has kept of its work before', async () => {
    const kept = [50, 149, 108, 20].map((own) => own * megabyte)
    const planner = plannerWith(10_000, { own: () => kept.shift() ?? 0 })
    const at = async (maxSeqLength: number): Promise<number> =>
      (await planner.planTask(task(10), settings({ maxSeqLength }), 1)).memory.runtime / megabyte
    // each is planned anew
    expect([await at(50), await at(51), await at(52), await at(53), await at(50)]).toEqual([
      50, 50, 50, 20, 20
    ])
    const { memory } = await planner.planTask(task(10), settings({ maxSeqLength: 51 }), 1)
    expect(memory.total).toBe(memory.weights + memory.activations + memory.runtime)
  })

  test('a part is a part of the work', async () => {
    const planner = plannerWith(10_000)
    const whole = await planner.planTask(task(100), settings(), 1)
    const part = await planner.planTask(task(100), settings(), 0.25)
    expect(part.trainExamples).toBe(25)
    expect(part.seconds).toBeLessThan(whole.seconds / 2)
  })

  test('examples are cut at the limit; a text goes on in more rows', () => {
    const counted = part([1, 300], [2, 50], [3, 300, 'text'])
    expect(rowLengths(counted, 128)).toEqual([128, 50, 128, 128, 44])
  })

  test('examples that lose their end are counted, a text that goes on is not', async () => {
    const long = {
      ...task(100),
      counted: { train: part([1, 300], [2, 50], [3, 300, 'text']), heldOut: part() }
    }
    const at = (maxSeqLength: number) => plannerWith(2000).planTask(long, settings({ maxSeqLength }), 1)
    expect(await at(128)).toMatchObject({ cutExamples: 1, longestExample: 300 })
    expect(await at(40)).toMatchObject({ cutExamples: 2 })
    expect(await at(300)).toMatchObject({ cutExamples: 0 })
  })

  test('memory that a training holds now is free by then', async () => {
    expect((await plannerWith(500).planTask(task(100), settings(), 1)).fit).toBe('too-large')
    // of 1,200 MB of memory 600 are held by it
    expect((await plannerWith(1000, { held: 600 }).planTask(task(100), settings(), 1)).fit).toBe('fits')
  })

  test('without examples there is nothing to plan', async () => {
    await expect(plannerWith(500).planTask(task(0), settings(), 1)).rejects.toMatchObject({
      code: 'NO_EXAMPLES_YET'
    })
  })
})

test('a plan asks about exactly the run that would be opened, and says what it takes', async () => {
  const input = { modelDir: '/m', trainLengths: [60, 40, 50], heldOutLengths: [], maxContext: 7, threads: 2 }
  const wanted = settings({ batchSize: 2, baseQuantization: 'nf4', epochs: 1, maxSteps: 0 })
  const work = { examples: 3, trainTokens: 150, heldOutTokens: 0 }
  const plan = await plannerWith(10_000).plan(wanted, input, work)
  // the two longest at once, on NF4
  expect(plan.memory.total).toBe((25 + 110) * megabyte)
  expect(plan).toMatchObject({
    fit: 'fits',
    machine: { memoryBytes: 12_000 * megabyte, availableBytes: 10_000 * megabyte },
    model: { layers: 24 },
    time: { totalSteps: 2, tokens: 150 }
  })
})

describe('the way to make it fit', () => {
  const remedy = async (available: number, change: Partial<Settings> = {}) =>
    (await plannerWith(available).planTask(task(100), settings(change), 1)).remedy

  test('is the mildest one that suffices', async () => {
    expect(await remedy(550)).toEqual({ batchSize: 4, gradientAccumulationSteps: 2 })
    expect(await remedy(250)).toEqual({ batchSize: 1, gradientAccumulationSteps: 8 })
    expect(await remedy(125)).toEqual({
      batchSize: 1,
      gradientAccumulationSteps: 8,
      gradientCheckpointing: true
    })
    expect(await remedy(60)).toMatchObject({ gradientCheckpointing: true, baseQuantization: 'nf4' })
    // shorter examples only at the very end
    expect(await remedy(36)).toMatchObject({ baseQuantization: 'nf4', maxSeqLength: 64 })
    // a model that learns cannot be packed
    expect(await remedy(125, { method: 'full' })).toMatchObject({ gradientCheckpointing: true })
    expect(await remedy(60, { method: 'full' })).toBeNull()
    expect(await remedy(20)).toBeNull()
  })

  test('makes it fit indeed', async () => {
    for (const available of [900, 700, 400, 200, 150, 100, 60, 40, 36]) {
      const planner = plannerWith(available)
      const wanted = settings({ batchSize: 6, gradientAccumulationSteps: 3 })
      const plan = await planner.planTask(task(100), wanted, 1)
      if (plan.fit !== 'too-large') continue
      expect(plan.remedy).not.toBeNull()
      const mended = { ...wanted, ...plan.remedy }
      expect((await planner.planTask(task(100), mended, 1)).fit).not.toBe('too-large')
      // an update holds as many examples as before
      expect(mended.batchSize * mended.gradientAccumulationSteps).toBe(18)
    }
  })

  test('a training that cannot fit in the smallest bites is refused before it is made', async () => {
    const input = {
      modelDir: '/model',
      trainLengths: Array.from({ length: 100 }, () => 100),
      heldOutLengths: [100],
      maxContext: 0,
      threads: 0
    }
    expect(await plannerWith(120).check(settings(), input)).toMatchObject({ fit: 'too-large' })
    await expect(plannerWith(105).check(settings(), input)).rejects.toMatchObject({
      code: 'RUN_DOES_NOT_FIT',
      details: { needed: '0.1', memory: '0.1' }
    })
  })
})

describe('presets', () => {
  const presets = (available: number, o: { gflops?: number; examples?: number } = {}) =>
    plannerWith(available, o).presets(task(o.examples ?? 500))
  const codes = (preset: { reasons: readonly { code: string }[] } | undefined): string[] =>
    (preset?.reasons ?? []).map(({ code }) => code)

  test('with room enough are as chosen; balanced is recommended', async () => {
    const all = await presets(100_000)
    expect(all.map(({ key, recommended }) => [key, recommended])).toEqual([
      ['quick', false],
      ['balanced', true],
      ['quality', false]
    ])
    for (const preset of all) {
      expect(preset.plan.fit).toBe('fits')
      expect(codes(preset)).not.toContain('MICRO_BATCH')
    }
  })

  test('take smaller bites, then compute again, then hold the model small, and say so', async () => {
    const bites = (await presets(400))[1]
    expect(bites?.plan.fit).toBe('fits')
    expect(bites?.settings.gradientCheckpointing).toBe(false)
    expect(codes(bites)).toContain('MICRO_BATCH')
    expect(codes(bites)).not.toContain('CHECKPOINTING')
    const again = (await presets(150))[1]
    expect(again?.plan.fit).not.toBe('too-large')
    expect(codes(again)).toEqual(expect.arrayContaining(['MICRO_BATCH', 'CHECKPOINTING']))
    expect(codes(again)).not.toContain('NF4')
    const small = (await presets(60))[1]
    expect(small?.plan.fit).not.toBe('too-large')
    expect(codes(small)).toEqual(expect.arrayContaining(['MICRO_BATCH', 'CHECKPOINTING', 'NF4']))
  })

  test('an update stays as large as it was chosen', async () => {
    const all = await Promise.all([100_000, 400, 150, 60].map((available) => presets(available)))
    const sizes = all.map((list) =>
      list.map(({ settings }) => settings.batchSize * settings.gradientAccumulationSteps)
    )
    expect(new Set(sizes.map(String)).size).toBe(1)
  })

  test('where nothing helps, the settings stay as chosen and the plan says too large', async () => {
    const [, balanced] = await presets(20)
    expect(balanced?.plan.fit).toBe('too-large')
    expect(codes(balanced)).not.toContain('NF4')
  })

  test('a long training is tried out first', async () => {
    const all = await presets(100_000, { gflops: 1 })
    expect(all.find(({ recommended }) => recommended)?.key).toBe('quick')
    expect(all.filter(({ recommended }) => recommended)).toHaveLength(1)
  })
})

describe('a part of the examples', () => {
  test('is the same for the same seed, and equal questions stay together', () => {
    const twice = (): CountedPart =>
      part(...Array.from({ length: 40 }, (_, row): Told => [Math.floor(row / 2), 10]))
    const { positions } = partOf(twice(), 0.5, 7)
    expect(partOf(twice(), 0.5, 7).positions).toEqual(positions)
    expect(positions).toHaveLength(20)
    for (const at of positions) expect(positions).toContain(at % 2 === 0 ? at + 1 : at - 1)
  })

  test('is drawn as from the examples themselves', () => {
    const chance = new Chance(9)
    for (let round = 0; round < 50; round++) {
      const count = 2 + chance.below(60)
      const questions = Array.from({ length: count }, () => chance.below(Math.min(30, count)))
      const examples = questions.map((question, row): Example => ({
        ...{ kind: 'text', text: `text ${question}` },
        source: { file: 'x', row }
      }))
      const all = part(...questions.map((question): Told => [question, 10]))
      const some = { ...all, positions: all.positions.filter(() => chance.below(4) > 0) }
      const wanted = splitOf(
        [...some.positions].map((at) => examples[at] as Example),
        0.7
      )
      const drawn = [...partOf(some, 0.3, 7).positions]
      expect(drawn).toEqual(wanted?.map(({ source }) => source.row) ?? [...some.positions])
    }
  })

  test('of too few questions is all of them', () => {
    const one = part([1, 10], [1, 10])
    expect(partOf(one, 0.5, 7)).toBe(one)
  })
})

/** Null where there are too few. */
function splitOf(examples: readonly Example[], heldOut: number): readonly Example[] | null {
  try {
    return splitExamples(examples, heldOut, 7).train
  } catch {
    return null
  }
}
