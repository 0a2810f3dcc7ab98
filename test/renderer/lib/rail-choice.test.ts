// What the rail ticks: a step that is behind, unless its data is nothing that the goal could learn from, or its answers were
// left before their end.
import { expect, test } from 'vitest'
import { isStepDone, reachedStep } from '../../../renderer/lib/rail-choice'
import { aRun } from '../views'

test('data of which the goal can learn nothing is not done, however far the project has come', () => {
  const project = { reached: 'train', examples: 0 } as const
  expect(isStepDone('data', project, null)).toBe(false)
  expect(isStepDone('data', { ...project, examples: null }, null)).toBe(false)
  expect(isStepDone('data', { ...project, examples: 2 }, null)).toBe(true)
  expect(isStepDone('model', project, null)).toBe(true)
})

test('what was reached is not done yet, and an export is done once one is written', () => {
  const project = { reached: 'train', examples: 120 } as const
  expect(isStepDone('train', project, null)).toBe(false)
  expect(isStepDone('export', project, aRun({ exported: 0 }))).toBe(false)
  expect(isStepDone('export', project, aRun({ exported: 1 }))).toBe(true)
})

test('answers that were left before their end are not compared, however far the project has come', () => {
  const project = { reached: 'export', examples: 120 } as const
  expect(isStepDone('compare', project, aRun({ compared: false }))).toBe(false)
  expect(isStepDone('compare', project, aRun({ compared: true }))).toBe(true)
  const { settings } = aRun()
  const sorts = aRun({ compared: false, settings: { ...settings, method: 'classification' } })
  expect(isStepDone('compare', project, sorts)).toBe(true)
})

test('a training that ended while somebody was in an earlier room is done, and can be compared', () => {
  const project = { reached: 'train', examples: 120 } as const
  const run = aRun({ state: 'finished' })
  expect(isStepDone('train', project, run)).toBe(true)
  expect(isStepDone('train', project, aRun({ state: 'running' }))).toBe(false)
  expect([reachedStep({ reached: 'train' }, run), reachedStep({ reached: 'train' }, null)]).toEqual([4, 3])
  expect(reachedStep({ reached: 'export' }, run)).toBe(5)
})
