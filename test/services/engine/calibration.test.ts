// The speed of this machine: measured once, kept, measured anew when it is old or the machine is another.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Probe } from '../../../addon/index'
import { Calibration } from '../../../main/services/engine/calibration'
import { ScriptedHost } from '../../fixtures/scripted-host'

let file = ''
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'neiro-speed-')), 'home', 'calibration.json')
})

function machine(change: Partial<Probe> = {}, gflops = 100): ScriptedHost {
  const probe = { processorName: 'Ryzen', processors: 8, backend: 'avx2', version: '1.0', ...change }
  return new ScriptedHost({
    probe: () => probe as Probe,
    calibrate: ({ threads }) => ({
      peakGflops: 1,
      copyGBps: 1,
      productGflopsF32: gflops + threads,
      productGflopsNf4: gflops / 2,
      peakGflopsBf16: 2 * gflops,
      productGflopsBf16: 2 * gflops,
      productGflopsNf4Bf16: gflops,
      productGflopsInt8: gflops,
      productGflopsInt8Bf16: gflops,
      peakGflopsInt8: 4 * gflops,
      productGflopsInInt8: 3 * gflops
    })
  })
}
const day = 86_400_000
const measured = (host: ScriptedHost): number => host.callsOf('calibrate').length

describe('the calibration', () => {
  test('is measured once in a life, and not at all in the next', async () => {
    const host = machine()
    const calibration = new Calibration(file, host)
    const [a, b] = await Promise.all([calibration.speed(0), calibration.speed(0)])
    expect(a).toMatchObject({ productGflopsF32: 100, productGflopsNf4: 50 })
    expect(b).toEqual(a)
    expect(measured(host)).toBe(1)
    const later = machine({}, 7)
    expect(await new Calibration(file, later).speed(0)).toEqual(a)
    expect(measured(later)).toBe(0)
  })

  test('belongs to a number of threads', async () => {
    const host = machine()
    const calibration = new Calibration(file, host)
    expect((await calibration.speed(2)).productGflopsF32).toBe(102)
    expect((await calibration.speed(0)).productGflopsF32).toBe(100)
    const later = machine()
    const again = new Calibration(file, later)
    expect((await again.speed(2)).productGflopsF32).toBe(102)
    expect((await again.speed(0)).productGflopsF32).toBe(100)
    expect(measured(later)).toBe(0)
  })

  test('of a GPU is kept beside that of the processor, by its name', async () => {
    const host = machine()
    const calibration = new Calibration(file, host)
    await Promise.all([calibration.speed(0), calibration.speedOfGpu('RTX')])
    expect(host.callsOf('calibrate')).toEqual(
      expect.arrayContaining([
        { threads: 0, device: 'cpu' },
        { threads: 0, device: 'cuda' }
      ])
    )
    const later = machine()
    const again = new Calibration(file, later)
    await again.speedOfGpu('RTX')
    await again.speed(0)
    expect(measured(later)).toBe(0)
    await again.speedOfGpu('another')
    expect(measured(later)).toBe(1)
  })

  test.each([
    ['another processor', { processorName: 'Core' }],
    ['other processors', { processors: 4 }],
    ['another instruction set', { backend: 'avx512' }],
    ['another engine', { version: '1.1' }]
  ])('%s: anew', async (_, change) => {
    await new Calibration(file, machine()).speed(0)
    expect((await new Calibration(file, machine(change, 300)).speed(0)).productGflopsF32).toBe(300)
    // and the new one is kept
    const later = machine(change)
    await new Calibration(file, later).speed(0)
    expect(measured(later)).toBe(0)
  })

  test('after thirty days: anew', async () => {
    const start = Date.parse('2026-04-01T00:00:00Z')
    await new Calibration(file, machine(), () => start).speed(0)
    const soon = machine({}, 300)
    await new Calibration(file, soon, () => start + 29 * day).speed(0)
    expect(measured(soon)).toBe(0)
    expect((await new Calibration(file, soon, () => start + 31 * day).speed(0)).productGflopsF32).toBe(300)
  })

  test('that cannot be kept is used all the same, and measured once in a life', async () => {
    mkdirSync(join(file, 'in-the-way'), { recursive: true })
    const host = machine()
    const calibration = new Calibration(file, host)
    expect(await calibration.speed(0)).toMatchObject({ productGflopsF32: 100 })
    expect(await calibration.speed(0)).toMatchObject({ productGflopsF32: 100 })
    expect(measured(host)).toBe(1)
  })

  test('a torn file is measured over; a failure is not kept', async () => {
    const calibration = new Calibration(file, machine())
    await calibration.speed(0)
    writeFileSync(file, '{"version":1,')
    const host = machine({}, 300)
    expect((await new Calibration(file, host).speed(0)).productGflopsF32).toBe(300)
    const broken = new ScriptedHost({ probe: () => ({}) as Probe })
    const failing = new Calibration(join(file, '..', 'other.json'), broken)
    await expect(failing.speed(0)).rejects.toThrow()
    await expect(failing.speed(0)).rejects.toThrow()
    expect(broken.callsOf('calibrate')).toHaveLength(2)
  })
})
