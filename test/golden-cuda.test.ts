// One golden case through a whole session on the emulated GPU (test/cuda-emulator): adapter, gradients, ten steps and
// generation by CUDA's kernels. All cases: npm run test:cuda. In a process of its own, as golden-simulated.test.ts.
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCases } from './golden-runner/cases'
import { engine } from './golden-runner/engine'
import { describeOutcome } from './golden-runner/report'
import { runCase } from './golden-runner/run-case'

const golden = resolve(import.meta.dirname, 'golden')

describe.skipIf(process.platform === 'win32')('a golden case on the emulated GPU', () => {
  beforeAll(() => {
    process.env['NEIRO_DEVICE'] = 'cuda'
  })
  afterAll(() => {
    delete process.env['NEIRO_DEVICE']
  })

  test('it is this device that runs it', async () => {
    expect((await engine().probe()).backend).toBe('cuda')
  })

  test('qwen2-qlora-nf4', async () => {
    const [item] = findCases(resolve(golden, 'qwen2-qlora-nf4'))
    const outcome = await runCase(item!, golden)
    expect(outcome.kind, describeOutcome(outcome)).toBe('passed')
  })
})
