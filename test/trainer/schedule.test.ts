// The schedules against Transformers' numbers.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultSettings, settingRows } from '../../main/contract/settings'
import { learningRateAt, scheduleFactor, warmupSteps } from '../../main/trainer/schedule'

const golden = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../golden/schedules/schedules.json'), 'utf8')
) as Record<string, number[]>
const known = settingRows.schedule.choices

describe('scheduleFactor', () => {
  const cases = Object.entries(golden).flatMap(([name, factors]) => {
    const [schedule, total, warmup] = name.split('/') as [string, string, string]
    const ours = known.find((choice) => choice === schedule)
    return ours ? [{ name, schedule: ours, total: Number(total), warmup: Number(warmup), factors }] : []
  })

  test('the golden file has cases for every schedule that is offered', () => {
    expect(new Set(cases.map(({ schedule }) => schedule))).toEqual(new Set(known))
  })

  test.each(cases)('$name', ({ schedule, total, warmup, factors }) => {
    const ours = factors.map((_, index) => scheduleFactor(schedule, index, total, warmup))
    ours.forEach((factor, index) => expect(factor).toBeCloseTo(factors[index] as number, 15))
    expect(factors).toHaveLength(total)
  })

  test.each(known)('%s stays between 0 and 1, also past the end and in runs of one step', (schedule) => {
    for (const total of [1, 2, 3, 17]) {
      for (const warmup of [0, 1, total]) {
        for (let index = 0; index <= total + 2; index++) {
          const factor = scheduleFactor(schedule, index, total, warmup)
          expect(factor).toBeGreaterThanOrEqual(0)
          expect(factor).toBeLessThanOrEqual(1)
        }
      }
    }
  })
})

test('learningRateAt counts updates from one and rounds the warm-up up', () => {
  const settings = { ...defaultSettings, schedule: 'linear' as const, learningRate: 0.5, warmupRatio: 0.21 }
  expect(warmupSteps(20, 0.21)).toBe(5)
  const rates = Array.from({ length: 20 }, (_, index) => learningRateAt(settings, index + 1, 20))
  rates.forEach((rate, index) =>
    expect(rate).toBeCloseTo(0.5 * (golden['linear/20/5']?.[index] as number), 15)
  )
})

test('a cosine with restarts begins anew as often as it is told, a polynomial bends by its power', () => {
  const settings = { ...defaultSettings, learningRate: 1e-3, warmupRatio: 0 }
  const restarts = { ...settings, schedule: 'cosine_with_restarts' as const, scheduleCycles: 4 }
  for (const first of [1, 11, 21, 31]) {
    expect(learningRateAt(restarts, first, 40)).toBeCloseTo(1e-3, 12)
    expect(learningRateAt(restarts, first + 5, 40)).toBeCloseTo(5e-4, 12)
  }
  const bent = { ...settings, schedule: 'polynomial' as const, schedulePower: 2 }
  expect(learningRateAt(bent, 21, 40)).toBeCloseTo((1e-3 - 1e-7) / 4 + 1e-7, 12)
  expect(learningRateAt(bent, 41, 40)).toBeCloseTo(1e-7, 15)
})
