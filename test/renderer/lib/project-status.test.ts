// Where a project stands and what the rail says of each step, from the project and its runs alone.
import { expect, test } from 'vitest'
import type { Project } from '../../../main/contract/window/projects'
import { memoryParts } from '../../../renderer/lib/memory-parts'
import { projectStatus } from '../../../renderer/lib/project-status'
import { railChoice } from '../../../renderer/lib/rail-choice'
import { aProject, aRun } from '../views'

const at = (hour: number): string => `2026-11-21T${String(hour).padStart(2, '0')}:00:00.000Z`

test('a project with a running training is shown as training, wherever it was left', () => {
  const project = aProject({ step: 'data' })
  expect(projectStatus(project, [aRun({ state: 'running' })])).toEqual({
    status: 'training',
    page: 'train',
    run: 'run',
    stepNumber: 4
  })
  expect(projectStatus(project, [aRun({ state: 'running', project: 'other' })])).toMatchObject({
    status: 'data',
    stepNumber: 2
  })
})

test.each(['waiting', 'paused', 'interrupted'] as const)(
  'a newest run that is %s says so, and opens',
  (state) =>
    expect(projectStatus(aProject({ step: 'goal' }), [aRun({ id: 'r', state })])).toEqual({
      status: state,
      page: 'train',
      run: 'r',
      stepNumber: 4
    })
)

test('a run that came to its end with the window closed is ready to be compared', () => {
  const project = aProject({ step: 'train', chosenRun: 'old' })
  const runs = [
    aRun({ id: 'old', state: 'interrupted', createdAt: at(1) }),
    aRun({ id: 'new', state: 'finished', createdAt: at(2) })
  ]
  const status = { status: 'compare', page: 'compare', run: 'new', stepNumber: 5 }
  expect(projectStatus(project, runs)).toEqual(status)
  // the list need not be in order
  expect(projectStatus(project, [...runs].reverse())).toEqual(status)
})

test('one that failed says so where there was to be a result, and opens', () => {
  const failed = [aRun({ state: 'failed' })]
  expect(projectStatus(aProject({ step: 'train' }), failed)).toMatchObject({ status: 'failed', run: 'run' })
  expect(projectStatus(aProject({ step: 'data' }), failed)).toMatchObject({ status: 'data', page: 'data' })
})

test('a room after the training is gone back to, with the run that was chosen there', () => {
  const runs = [aRun({ id: 'a', createdAt: at(1) }), aRun({ id: 'b', createdAt: at(2) })]
  expect(projectStatus(aProject({ step: 'export', chosenRun: 'a' }), runs)).toMatchObject({
    status: 'export',
    page: 'export',
    run: 'a'
  })
  expect(projectStatus(aProject({ step: 'compare' }), runs)).toMatchObject({ status: 'compare', run: 'b' })
})

test('one that was ended before it had learnt anything is before the training still', () => {
  const stopped = (savedStep: number) => [aRun({ state: 'stopped', savedStep })]
  expect(projectStatus(aProject({ step: 'train' }), stopped(0)).status).toBe('train')
  expect(projectStatus(aProject({ step: 'train' }), stopped(8)).status).toBe('compare')
})

test('one that trains now counts before what was queued after it', () => {
  const runs = [
    aRun({ id: 'next', state: 'waiting', createdAt: at(2) }),
    aRun({ id: 'now', state: 'running', createdAt: at(1) })
  ]
  expect(projectStatus(aProject(), runs)).toMatchObject({ status: 'training', run: 'now' })
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
