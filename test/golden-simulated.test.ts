// The golden cases once more, on the simulated device: its memory is closed to the host outside of operations and
// copies, so what passes here touches a device's memory as a GPU would want it (test/addon/backend/simulated.cpp shows
// that it traps). In a process of its own: the engine reads NEIRO_DEVICE whenever it opens a device.
import { dirname, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCases, onTheHost } from './golden-runner/cases'
import { engine } from './golden-runner/engine'
import { describeOutcome } from './golden-runner/report'
import { runCase, whyNotYet } from './golden-runner/run-case'

const golden = resolve(import.meta.dirname, 'golden')

describe('golden cases on the simulated device', () => {
  beforeAll(() => {
    process.env['NEIRO_DEVICE'] = 'simulated'
  })
  afterAll(() => {
    delete process.env['NEIRO_DEVICE']
  })

  test('it is this device that runs them', async () => {
    expect((await engine().probe()).backend).toBe('simulated')
  })

  const cases = [golden, resolve(golden, '../golden-2')]
    .flatMap(findCases)
    .filter((item) => whyNotYet(item) === undefined && !onTheHost.includes(item.kind))
  test('they are more than a few', () => expect(cases.length).toBeGreaterThan(10))
  for (const item of cases)
    test(relative(import.meta.dirname, item.dir), async () => {
      const outcome = await runCase(item, dirname(item.dir))
      expect(outcome.kind, describeOutcome(outcome)).toBe('passed')
    })
})
