// Does it fit: the three answers, and the refusal of what never can.
import { describe, expect, test } from 'vitest'
import type { MemoryPlan } from '../../../addon/index'
import { defaultSettings } from '../../../main/contract/settings'
import { wordsOf } from '../../../main/words/errors'
import { fitOf, planRun, refuseTooLarge } from '../../../main/services/runs/plan-run'
import { ScriptedHost } from '../../fixtures/scripted-host'

const memory: MemoryPlan = {
  weights: 6e9,
  adapter: 1e8,
  gradients: 1e8,
  optimizer: 2e8,
  activations: 5e8,
  workspace: 5e7,
  runtime: 5e7,
  total: 7e9
}
const machine = { memoryBytes: 8e9, memoryAvailableBytes: 5e9 }

describe('fitOf', () => {
  test('free memory, then what other programs could give back, then never', () => {
    expect(fitOf(5e9, 8e9, 5e9)).toBe('fits')
    expect(fitOf(5.1e9, 8e9, 5e9)).toBe('tight')
    expect(fitOf(7.9e9, 8e9, 5e9)).toBe('too-large')
    expect(fitOf(9e9, 8e9, 5e9)).toBe('too-large')
  })

  test('what cannot fit is refused with its figures and ways out; a tight run is not', () => {
    expect(() => refuseTooLarge(memory, machine)).not.toThrow()
    try {
      refuseTooLarge({ ...memory, total: 20e9 }, machine)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'RUN_DOES_NOT_FIT', details: { needed: '20.0', memory: '8.0' } })
      for (const language of ['ja', 'en'] as const) {
        const { message, hint } = wordsOf(error as never, language)
        expect(message).toContain('20.0')
        expect(hint).toContain('nf4')
      }
    }
  })
})

test('planRun asks about exactly the run that would be opened', async () => {
  const info = { linearParameters: 1e9, layers: 20, hiddenSize: 2048 }
  const scripted = new ScriptedHost({
    inspectModel: () => info as never,
    planMemory: () => memory,
    calibrate: () => ({ peakGflops: 1, copyGBps: 1, productGflopsF32: 50, productGflopsNf4: 40 }),
    probe: () => machine as never
  })
  const open = {
    modelDir: '/m',
    baseQuantization: 'nf4' as const,
    seed: 1,
    threads: 2,
    maxTokensPerMicroBatch: 512,
    maxContext: 0
  }
  const host = Object.assign(scripted, { probe: machine as never })
  const work = { examples: 10, trainTokens: 1000, heldOutTokens: 0 }
  const plan = await planRun(host, open, defaultSettings, work)
  expect(plan).toMatchObject({ memory, fit: 'tight', machine: { memoryBytes: 8e9, availableBytes: 5e9 } })
  expect(plan.time.totalSteps).toBe(9)
  expect(scripted.callsOf('planMemory')).toEqual([open])
  expect(scripted.callsOf('calibrate')).toEqual([{ threads: 2 }])
})
