// What the rail ticks: a step that is behind, unless its data is nothing that the goal could learn from, or its answers were
// left before their end.
import { expect, test } from 'vitest'
import type { RunState } from '../../../main/contract/records'
import type { RunView } from '../../../main/contract/window/training'
import { isStepDone, railChoice, reachedStep, runOfStep } from '../../../renderer/lib/rail-choice'
import { resultToCome, runInView } from '../../../renderer/lib/run-in-view'
import { aProject, aRun } from '../views'

const place = { id: 'project', goal: 'tone' } as const

test('data of which the goal can learn nothing is not done, however far the project has come', () => {
  const project = { ...place, reached: 'train', examples: 0 } as const
  expect(isStepDone('data', project, null)).toBe(false)
  expect(isStepDone('data', { ...project, examples: null }, null)).toBe(false)
  expect(isStepDone('data', { ...project, examples: 2 }, null)).toBe(true)
  expect(isStepDone('model', project, null)).toBe(true)
})

test('what was reached is not done yet, and an export is done once one is written', () => {
  const project = { ...place, reached: 'train', examples: 120 } as const
  expect(isStepDone('train', project, null)).toBe(false)
  expect(isStepDone('export', project, aRun({ exported: 0 }))).toBe(false)
  expect(isStepDone('export', project, aRun({ exported: 1 }))).toBe(true)
})

test('answers that were left before their end are not compared, however far the project has come', () => {
  const project = { ...place, reached: 'export', examples: 120 } as const
  expect(isStepDone('compare', project, aRun({ compared: false }))).toBe(false)
  expect(isStepDone('compare', project, aRun({ compared: true }))).toBe(true)
  const { settings } = aRun()
  const sorts = aRun({ compared: false, settings: { ...settings, method: 'classification' } })
  expect(isStepDone('compare', { ...project, goal: 'sort' }, sorts)).toBe(true)
})

test('a training that ended while somebody was in an earlier room is done, and can be compared', () => {
  const project = { ...place, reached: 'train', examples: 120 } as const
  const run = aRun({ state: 'finished' })
  expect(isStepDone('train', project, run)).toBe(true)
  expect(isStepDone('train', project, aRun({ state: 'running' }))).toBe(false)
  expect([reachedStep({ reached: 'train' }, run), reachedStep({ reached: 'train' }, null)]).toEqual([4, 3])
  expect(reachedStep({ reached: 'export' }, run)).toBe(5)
})

test('what a run learnt for another goal is done for none of the steps from the training on, and said with its word', () => {
  const run = aRun({ compared: true, exported: 2, best: { figure: 'loss', value: 0.54 } })
  const project = aProject({ goal: 'sort', reached: 'export', examples: 200 })
  const all = ['goal', 'data', 'model', 'train', 'compare', 'export'] as const
  expect(all.filter((step) => isStepDone(step, project, run))).toEqual(['goal', 'data', 'model'])
  const said = (goal: 'tone' | 'sort'): string =>
    railChoice('compare', { ...project, goal }, { run, name: 'お試し 1' }, 'ja')
  expect(said('sort')).toBe('口調・検証の損失 0.54')
  expect(said('tone')).toBe('検証の損失 0.54')
})

test('what was compared and exported stays done while a newer run has come to nothing yet', () => {
  const old = aRun({ id: 'old', compared: true, exported: 6 })
  const project = aProject({ reached: 'export', step: 'train' })
  for (const state of ['running', 'paused', 'waiting'] as const) {
    const newer = aRun({ id: 'new', state, createdAt: '2026-11-22T05:00:00.000Z' })
    const of = (step: 'train' | 'compare' | 'export') =>
      runOfStep(step, project, [old, newer], null, newer)?.id
    expect([of('train'), of('compare'), of('export')]).toEqual(['new', 'old', 'old'])
    // nothing came of any
    expect(runOfStep('compare', project, [newer], null, newer)).toBe(newer)
  }
  expect(runOfStep('export', project, [old], 'old', old)).toBe(old)
})

test('of a run that goes on from where it was ended early, the rail says the same in every room', () => {
  const project = aProject({ chosenRun: null })
  const going = aRun({ id: 'going', state: 'running', exported: 1, compared: true })
  for (const page of ['train', 'compare', 'export'] as const) {
    const about = runInView(project, [going], 'going', page)
    expect(about?.id, page).toBe('going')
    const run = runOfStep('export', project, [going], 'going', about)
    expect(railChoice('export', project, run && { run, name: '学習 1' }, 'ja'), page).toContain('1')
  }
})

test('the result to come is of what trains, else of what was begun last; what failed comes to none', () => {
  const run = (id: string, state: RunState, createdAt = '2026-11-01'): RunView =>
    aRun({ id, state, createdAt })
  const [old, paused] = [run('old', 'running'), run('paused', 'paused', '2026-11-02')]
  expect(resultToCome([paused, old])?.id).toBe('old')
  expect(resultToCome([run('waits', 'waiting'), paused])?.id).toBe('paused')
  expect(resultToCome([run('bad', 'failed')])).toBeNull()
})
