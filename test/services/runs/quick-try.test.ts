// A quick try is one of minutes, whatever the model: it learns from fewer examples, and is checked less often.
import { describe, expect, test } from 'vitest'
import { defaultSettings, type Settings } from '../../../main/contract/settings'
import { quickSeconds, shortened } from '../../../main/services/runs/quick-try'

const train = 1000
const settings: Settings = { ...defaultSettings, epochs: 5, batchSize: 4 }

/** A machine that takes so many seconds an example. */
const machine = (perExample: number) => (of: Settings, part: number) => {
  const examples = Math.round(train * part)
  const steps = Math.ceil((examples * of.epochs) / of.batchSize)
  const checks = of.evaluationSteps > 0 ? steps / of.evaluationSteps : 10
  return Promise.resolve({
    steps,
    seconds: perExample * (examples * of.epochs + (Math.min(30, examples) * checks) / 3)
  })
}
const on = (perExample: number) => shortened({ settings, part: 0.12 }, train, machine(perExample))

describe('a quick try', () => {
  test('that is short stays as it is', async () => {
    const wanted = { settings, part: 0.12 }
    expect(await shortened(wanted, train, machine(0.1))).toBe(wanted)
  })

  test.each([0.5, 1, 2, 5, 10, 20, 40])('takes minutes where an example takes %d s', async (perExample) => {
    const short = await on(perExample)
    const { seconds } = await machine(perExample)(short.settings, short.part)
    expect(seconds).toBeLessThanOrEqual(quickSeconds * 1.1)
    expect(short.settings.epochs).toBeGreaterThanOrEqual(1)
    expect(short.part).toBeLessThanOrEqual(0.12)
    expect(short.settings.evaluationSteps).toBeGreaterThan(0)
  })

  test('gives up rounds before examples', async () => {
    const short = await on(1)
    expect([short.part, short.settings.epochs < 5]).toEqual([0.12, true])
  })

  test('of a model that no minutes are enough for is the shortest that there is', async () => {
    const short = await on(1000)
    expect([Math.round(short.part * train), short.settings.epochs]).toEqual([4, 1])
  })
})
