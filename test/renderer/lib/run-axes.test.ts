// The axes of a run: whole epochs where its examples are read whole, else updates; in numbers that can be read.
import { expect, test } from 'vitest'
import { percent } from '../../../renderer/lib/format'
import {
  epochAt,
  lastUpTo,
  runTicks,
  stepsPerEpoch,
  stepTicks,
  valueAxis
} from '../../../renderer/lib/run-axes'
import { aRun, theSettings } from '../views'

const run = aRun({ step: 100, totalSteps: 210, epochs: 3, epochsDone: 1.4286 })

test('a run of three epochs has three marks and its beginning', () => {
  const { title, ticks } = runTicks(run, 'ja')
  expect(title).toBe('くり返した回数（周）')
  expect(ticks.map(({ text }) => text)).toEqual(['はじめ', '1周', '2周', '3周'])
  expect(ticks.map(({ at }) => at)).toEqual([0, 70, 140, 210])
  expect(epochAt(run, 132, 'ja')).toBe('1.9')
})

test('a run that ends within its first epoch is marked by updates', () => {
  const limited = aRun({
    ...{ step: 10, totalSteps: 50, epochs: 3, epochsDone: 0.05 },
    settings: { ...theSettings, maxSteps: 50 }
  })
  expect(stepsPerEpoch(limited)).toBe(200)
  expect(runTicks(limited, 'ja')).toEqual(stepTicks(50, 'ja'))
  expect(stepsPerEpoch({ ...limited, step: 0, epochsDone: 0 })).toBeNull()
  expect(runTicks({ ...limited, step: 0, epochsDone: 0 }, 'ja').title).toBe('ステップ')
})

test('the values are named with their term, and large ones have their thousands', () => {
  const { title, text } = valueAxis('loss', 'ja', 'sft')
  expect(title).toContain('損失（loss）')
  expect([text(0.30000000000000004), text(12_000)]).toEqual(['0.3', '12,000'])
})

test('shares stand beside the axis as they do in the legend', () => {
  expect(valueAxis('accuracy', 'ja', 'classification').text(0.5)).toBe(percent(0.5))
  expect(valueAxis('accuracy', 'ja', 'classification').whole).toEqual([0, 1])
  expect(valueAxis('loss', 'ja', 'sft').whole).toBeUndefined()
})

test('of a place counts what was measured up to there', () => {
  const points = [{ x: 0 }, { x: 10 }]
  expect([lastUpTo(points, 9), lastUpTo(points, 10), lastUpTo(points.slice(1), 3)]).toEqual([
    { x: 0 },
    { x: 10 },
    null
  ])
})
