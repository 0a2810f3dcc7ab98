// What the rail ticks: a step that is behind, unless its data is nothing that the goal could learn from.
import { expect, test } from 'vitest'
import { isStepDone } from '../../../renderer/lib/rail-choice'

test('data of which the goal can learn nothing is not done, however far the project has come', () => {
  const project = { reached: 'train', examples: 0 } as const
  expect(isStepDone('data', project, 0)).toBe(false)
  expect(isStepDone('data', { ...project, examples: null }, 0)).toBe(false)
  expect(isStepDone('data', { ...project, examples: 2 }, 0)).toBe(true)
  expect(isStepDone('model', project, 0)).toBe(true)
})

test('what was reached is not done yet, and an export is done once one is written', () => {
  const project = { reached: 'train', examples: 120 } as const
  expect(isStepDone('train', project, 0)).toBe(false)
  expect(isStepDone('export', project, 0)).toBe(false)
  expect(isStepDone('export', project, 1)).toBe(true)
})
