// A plan whose numbers lie on a GPU: both memories must have room, its time is that GPU's, and the CPU is the last way
// out for whoever asked for the GPU by name. Where auto goes is the engine's to say (test/addon/device.test.ts).
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { MemoryPlan, OpenOptions, Probe } from '../../../addon/index'
import { memoryShares, onPc, tightest } from '../../../main/contract/memory-shares'
import { defaultSettings, type Settings } from '../../../main/contract/settings'
import { Calibration } from '../../../main/services/engine/calibration'
import { fitOnGpu, worstFit } from '../../../main/services/runs/fit'
import { Planner } from '../../../main/services/runs/planner'
import type { TrainingInput } from '../../../main/services/runs/training-options'
import { planOnCpu, planOnGpu } from '../../fixtures/memory-plan'
import { ScriptedHost } from '../../fixtures/scripted-host'

const gigabyte = 1e9
const bytes = { weights: 3 * gigabyte, activations: 2 * gigabyte, runtime: 0.2 * gigabyte }

interface Machine {
  readonly free: number
  readonly total?: number
  readonly pcFree?: number
}

function hostOf({ free, total = 8, pcFree = 10 }: Machine): ScriptedHost {
  const gpu = { name: 'RTX', compute: '8.9', bf16: true, memoryBytes: total * gigabyte }
  const speed = (gflops: number) => ({
    ...{ peakGflops: 1, copyGBps: 1, peakGflopsBf16: 1, productGflopsF32: gflops },
    ...{ peakGflopsInt8: 0, productGflopsInInt8: 0 },
    ...{ productGflopsNf4: gflops, productGflopsBf16: 2 * gflops, productGflopsNf4Bf16: gflops },
    ...{ productGflopsInt8: gflops, productGflopsInt8Bf16: gflops }
  })
  return new ScriptedHost({
    probe: () =>
      ({
        ...{ memoryBytes: 16 * gigabyte, memoryAvailableBytes: pcFree * gigabyte, bf16: false },
        ...{ processorName: 'p', processors: 2, backend: 'scalar', version: '1', noGpu: null },
        gpu: { ...gpu, memoryFreeBytes: free * gigabyte }
      }) as Probe,
    planMemory: (open: OpenOptions): MemoryPlan =>
      open.device === 'cpu'
        ? planOnCpu(bytes)
        : planOnGpu(bytes, { name: 'RTX', free: free * gigabyte, total: total * gigabyte }),
    inspectModel: () => ({ parameters: 5e8, linearParameters: 4e8, layers: 24, hiddenSize: 896 }) as never,
    calibrate: ({ device }) => speed(device === 'cuda' ? 10_000 : 100)
  })
}
function plannerOf(engine: ScriptedHost): Planner {
  const file = join(mkdtempSync(join(tmpdir(), 'neiro-plan-')), 'calibration.json')
  const calibration = new Calibration(file, engine)
  return new Planner({ engine, calibration, threads: () => 0, soonFree: async () => 0 })
}
const settings = (device: Settings['device']): Settings => ({ ...defaultSettings, device })
const input: TrainingInput = {
  ...{ modelDir: '/m', trainLengths: [100, 100], heldOutLengths: [], maxContext: 0, threads: 0 }
}
const work = { examples: 2, trainTokens: 200, heldOutTokens: 0 }

describe('a plan on a GPU', () => {
  test('takes of the PC only what is not on the GPU', () => {
    const plan = planOnGpu(bytes, { name: 'RTX', free: 6e9, total: 8e9, entering: 5e8 })
    const shares = memoryShares(plan, { memory: 16e9, free: 10e9 })
    expect(shares.map(({ where, parts, free }) => [where, parts.total, free])).toEqual([
      ['gpu', 5.5e9, 6e9],
      ['pc', 0.2e9, 10e9]
    ])
    expect(onPc(plan)).toBe(0.2e9)
    expect(tightest(shares)?.where).toBe('gpu')
    expect(memoryShares(planOnCpu(bytes), { memory: 16e9, free: 10e9 })).toMatchObject([
      { where: 'pc', parts: { total: 5.2e9 } }
    ])
  })

  test('fits where both memories have room; what is planned for a GPU is taken to the byte', async () => {
    const fit = (needed: number): string => fitOnGpu({ needed, free: 100, machine: 200 })
    expect([100, 101, 180, 181].map(fit)).toEqual(['fits', 'tight', 'tight', 'too-large'])
    expect(worstFit(['fits', 'too-large', 'tight'])).toBe('too-large')
    const of = async (machine: Machine) =>
      (await plannerOf(hostOf(machine)).needOf(settings('cuda'), input)).fit
    expect(await of({ free: 6 })).toBe('fits')
    expect(await of({ free: 4 })).toBe('tight')
    expect(await of({ free: 4, total: 4 })).toBe('too-large')
    // the PC holds too little for the program itself
    expect(await of({ free: 6, pcFree: 0.1 })).toBe('tight')
  })

  test('is as fast as the GPU was measured to be, and the processor is not asked to answer for it', async () => {
    const host = hostOf({ free: 6 })
    const planner = plannerOf(host)
    const [gpu, cpu] = [
      await planner.plan(settings('auto'), input, work),
      await planner.plan(settings('cpu'), input, work)
    ]
    // in BF16, which the processor does not have: 20,000 against 100
    expect(cpu.time.seconds / gpu.time.seconds).toBeCloseTo(200, 0)
    expect(host.callsOf('calibrate')).toEqual([
      { threads: 0, device: 'cpu' },
      { threads: 0, device: 'cuda' }
    ])
  })

  test('what is free of it now counts, not what was free for a plan of before', async () => {
    const machine = { free: 6 }
    const host = hostOf(machine)
    const planner = plannerOf(host)
    await planner.needOf(settings('auto'), input)
    await planner.needOf(settings('auto'), input)
    expect(host.callsOf('planMemory')).toHaveLength(1)
    const probe = host.call.bind(host)
    host.call = (async (call, args) => {
      const answer = await probe(call, args)
      return call === 'probe'
        ? { ...(answer as Probe), gpu: { ...(answer as Probe).gpu, memoryFreeBytes: 1e9 } }
        : answer
    }) as typeof host.call
    await planner.needOf(settings('auto'), input)
    expect(host.callsOf('planMemory')).toHaveLength(2)
  })

  test('that can never fit is refused by what the GPU has', async () => {
    const refused = plannerOf(hostOf({ free: 4, total: 4 })).check(settings('cuda'), input)
    await expect(refused).rejects.toMatchObject({
      code: 'RUN_DOES_NOT_FIT_GPU',
      details: { needed: '5.0', memory: '4.0' }
    })
  })
})
