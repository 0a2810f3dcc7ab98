// Where a project stands and what the rail says of each step, from the project and its runs alone.
import { expect, test } from 'vitest'
import type { Project } from '../../../main/contract/window/projects'
import { memoryParts } from '../../../renderer/lib/memory-parts'
import { projectStatus } from '../../../renderer/lib/project-status'
import { railChoice } from '../../../renderer/lib/rail-choice'
import { aProject, aRun } from '../views'

test('a project with a running training is shown as training, wherever it was left', () => {
  const project = aProject({ step: 'data' })
  expect(projectStatus(project, [aRun({ state: 'running' })])).toMatchObject({
    status: 'training',
    stepNumber: 4
  })
  expect(projectStatus(project, [aRun({ state: 'running', project: 'other' })])).toMatchObject({
    status: 'data',
    stepNumber: 2
  })
})

test('a run that was cut off is found, one of another project is not', () => {
  const cut = aRun({ state: 'interrupted' })
  expect(projectStatus(aProject(), [cut]).interrupted).toBe(cut)
  expect(projectStatus(aProject({ id: 'other' }), [cut]).interrupted).toBeNull()
})

test.each<[Parameters<typeof railChoice>[0], Partial<Project>, string]>([
  ['goal', {}, '会社の口調で答える'],
  ['data', { examples: 1236 }, '1,236組'],
  ['data', { examples: null }, ''],
  ['model', { modelName: 'starter' }, 'starter'],
  ['compare', { bestEvalLoss: 1.266 }, '検証の損失 1.27'],
  ['export', {}, '']
])('the rail says of %s with %o: %s', (step, change, words) =>
  expect(railChoice(step, aProject(change), [], 'ja')).toBe(words)
)

test('the rail counts the running training in percent, and past ones by number', () => {
  const running = aRun({ state: 'running', step: 63, totalSteps: 100 })
  expect(railChoice('train', aProject(), [running], 'ja')).toContain('63\u00a0%')
  expect(railChoice('train', aProject(), [aRun({ state: 'running', totalSteps: 0 })], 'ja')).toContain(
    '0\u00a0%'
  )
  expect(railChoice('train', aProject(), [aRun(), aRun()], 'ja')).toBe('2回の学習')
})

test('the memory bar leaves nothing of the plan out', () => {
  const plan = {
    weights: 1,
    adapter: 2,
    gradients: 4,
    optimizer: 8,
    activations: 16,
    workspace: 32,
    runtime: 64,
    total: 127
  }
  const parts = memoryParts(plan, { weights: 'w', learnt: 'l', activations: 'a', other: 'o' })
  expect(parts.map((part) => part.bytes)).toEqual([1, 14, 48, 64])
})
