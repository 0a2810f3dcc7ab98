// Where a session is planned for and opened: auto, the GPU by its name, and what is said where there is none. The
// emulator stands for the GPU, seen only where NEIRO_EMULATED_GPU names it, or says why there is none.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { DeviceChoice, OpenOptions } from '../../addon/index'
import { engine } from '../golden-runner/engine'

const modelDir = resolve(import.meta.dirname, '../golden/models/llama')
const optionsFor = (device: DeviceChoice): OpenOptions => ({
  ...{ modelDir, device, baseQuantization: 'none', seed: 1, threads: 1 },
  ...{ maxTokensPerMicroBatch: 16, maxContext: 0 },
  train: { kind: 'lora', rank: 2, alpha: 4, rsLora: false, dropout: 0, targetModules: ['q_proj'] }
})
const rejection = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'not rejected',
    ({ code, details }: { code: string; details: object }) => ({ code, details })
  )

describe.skipIf(process.platform === 'win32')('the device of a session', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'neiro-device-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  afterEach(() => {
    delete process.env['NEIRO_EMULATED_GPU']
    delete process.env['NEIRO_CUDA_MEMORY']
  })
  const withGpu = (name: string, bytes?: number): void => {
    process.env['NEIRO_EMULATED_GPU'] = name
    if (bytes !== undefined) process.env['NEIRO_CUDA_MEMORY'] = String(bytes)
  }

  test('a GPU is seen with its name and memory; where none can be used, the reason is', async () => {
    withGpu('RTX', 5e9)
    const { gpu, noGpu } = await engine().probe()
    expect(gpu).toEqual({ name: 'RTX', compute: '8.0', bf16: true, memoryBytes: 5e9, memoryFreeBytes: 5e9 })
    expect(noGpu).toBeNull()
    for (const reason of ['NO_DRIVER', 'DRIVER_TOO_OLD', 'NO_GPU', 'GPU_FAILED']) {
      withGpu(reason)
      expect(await engine().probe()).toMatchObject({ gpu: null, noGpu: { reason, name: '' } })
    }
    withGpu('GPU_TOO_OLD')
    expect((await engine().probe()).noGpu).toEqual({
      reason: 'GPU_TOO_OLD',
      name: 'emulated GeForce GTX 970'
    })
  })

  test('without one auto is the CPU and says why; the GPU by its name is refused, planned or opened', async () => {
    withGpu('DRIVER_TOO_OLD')
    const auto = await engine().planMemory(optionsFor('auto'))
    expect(auto).toMatchObject({ onGpu: null, notOnGpu: 'DRIVER_TOO_OLD', gpuTotal: 0 })
    expect(await engine().planMemory(optionsFor('cpu'))).toMatchObject({ onGpu: null, notOnGpu: null })
    const refused = { code: 'GPU_NOT_USABLE', details: { gpu: 'DRIVER_TOO_OLD' } }
    expect(await rejection(engine().planMemory(optionsFor('cuda')))).toEqual(refused)
    expect(await rejection(engine().Session.open(optionsFor('cuda')))).toEqual(refused)
    expect(await rejection(engine().calibrate(1, 'cuda'))).toEqual(refused)
  })

  test('with one auto is the GPU, as planned; its numbers are those of the CPU; its state says where it was written', async () => {
    const batch = { tokens: Int32Array.of(1, 5, 9, 13), lengths: Int32Array.of(4) }
    const [file, rounded] = ['state', 'rounded'].map((name) => join(folder, name)) as [string, string]
    const onCpu = await engine().Session.open(optionsFor('auto'))
    const expected = await onCpu.logits(batch, { adapter: true })
    withGpu('RTX')
    const plan = await engine().planMemory(optionsFor('auto'))
    expect(plan).toMatchObject({ notOnGpu: null, gpuName: 'RTX', gpuWanted: 0 })
    const { onGpu } = plan
    expect(onGpu?.weights).toBe(plan.weights)
    expect(onGpu?.optimizer).toBe(plan.optimizer)
    expect(plan.total - (onGpu?.total ?? 0)).toBeGreaterThanOrEqual(plan.runtime - (onGpu?.runtime ?? 0))
    const session = await engine().Session.open(optionsFor('auto'))
    expect((await session.plan()).onGpu).toEqual(onGpu)
    const logits = await session.logits(batch, { adapter: true })
    expect(Math.max(...logits.map((x, i) => Math.abs(x - (expected[i] ?? NaN))))).toBeLessThan(1e-4)
    await session.saveState(file)
    await session.close()
    const { backend } = await engine().probe()
    expect(await onCpu.loadState(file)).toMatchObject({ writtenBy: 'cuda-8.0', here: backend })
    await onCpu.close()
    // what the device is fastest in is asked of that device
    const fast = await engine().Session.open({ ...optionsFor('cuda'), compute: 'auto' })
    await fast.saveState(rounded)
    expect((await fast.loadState(rounded)).writtenBy).toBe('cuda-8.0-bf16')
    await fast.close()
  })

  test('one with too little memory: auto is the CPU and says what is missing; by its name it fails before anything is placed', async () => {
    withGpu('RTX', 50_000)
    const auto = await engine().planMemory(optionsFor('auto'))
    expect(auto).toMatchObject({ onGpu: null, notOnGpu: 'GPU_MEMORY', gpuName: 'RTX', gpuFree: 50_000 })
    expect(auto.gpuWanted).toBeGreaterThan(50_000)
    const opened = await engine().Session.open(optionsFor('auto'))
    expect((await opened.plan()).onGpu).toBeNull()
    await opened.close()
    const plan = await engine().planMemory(optionsFor('cuda'))
    expect(plan.onGpu?.total).toBe(auto.gpuWanted)
    expect(await rejection(engine().Session.open(optionsFor('cuda')))).toEqual({
      code: 'GPU_OUT_OF_MEMORY',
      details: { needed: String(auto.gpuWanted), available: '50000' }
    })
    expect((await engine().probe()).gpu?.memoryFreeBytes).toBe(50_000)
  })

  test('how fast it is is measured of the one that is named', async () => {
    withGpu('RTX')
    const { productGflopsF32, peakGflops } = await engine().calibrate(1, 'cuda')
    expect(productGflopsF32).toBeGreaterThan(0)
    expect(peakGflops).toBe(0)
  })
})
