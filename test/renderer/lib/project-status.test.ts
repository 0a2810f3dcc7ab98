// Where a project stands and what the rail says of each step, from the project and its runs alone.
import { describe, expect, test } from 'vitest'
import type { GoalKey } from '../../../main/contract/goals'
import { defaultSettings } from '../../../main/contract/settings'
import type { Project } from '../../../main/contract/window/projects'
import type { RunView } from '../../../main/contract/window/training'
import { percent } from '../../../renderer/lib/format'
import { memoryParts } from '../../../renderer/lib/memory-parts'
import { byLastWork, projectStatus } from '../../../renderer/lib/project-status'
import { railChoice } from '../../../renderer/lib/rail-choice'
import { newRun } from '../../../renderer/lib/run-acts'
import { resultInView, runInView, runToTrain } from '../../../renderer/lib/run-in-view'
import { aProject, aRun } from '../views'

const at = (hour: number): string => `2026-11-21T${String(hour).padStart(2, '0')}:00:00.000Z`

test('a project with a running training is shown as training, wherever it was left', () => {
  const project = aProject({ step: 'data' })
  const run = aRun({ state: 'running', step: 32, totalSteps: 100, startedAt: at(6) })
  expect(projectStatus(project, [run])).toEqual({
    about: run,
    since: { what: 'started', at: at(6) },
    status: 'training',
    page: 'train',
    go: 'training',
    run: 'run',
    stepNumber: 4,
    learnt: 0.32
  })
  expect(projectStatus(project, [aRun({ state: 'running', project: 'other' })])).toMatchObject({
    status: 'data',
    stepNumber: 2
  })
})

test.each(['waiting', 'paused', 'interrupted'] as const)(
  'a newest run that is %s says so, and opens',
  (state) =>
    expect(projectStatus(aProject({ step: 'goal' }), [aRun({ id: 'r', state })])).toMatchObject({
      status: state,
      page: 'train',
      run: 'r',
      stepNumber: 4
    })
)

test('how well texts are sorted is looked at, not compared: then there is to be exported', () => {
  const settings = { ...defaultSettings, method: 'classification' as const }
  const runs = [aRun({ id: 'r', state: 'finished', settings })]
  const at = (step: Project['step']) =>
    projectStatus(aProject({ step, goal: 'sort', chosenRun: 'r' }), runs).status
  expect([at('train'), at('compare')]).toEqual(['compare', 'export'])
  // a look at another run takes back nothing that was carried out of the house
  const out = aRun({ id: 'out', settings, exported: 2, createdAt: '2026-11-22T05:00:00.000Z' })
  const other = aRun({ id: 'r', compared: true })
  expect(
    projectStatus(aProject({ step: 'export', goal: 'sort', chosenRun: 'r' }), [out, other])
  ).toMatchObject({ status: 'exported', go: 'exported', run: 'out' })
  const words = [aRun({ id: 'r', state: 'finished' })]
  expect(projectStatus(aProject({ step: 'compare', chosenRun: 'r' }), words).status).toBe('compare')
})

test('one that is trained by hand is awaited until its result is taken back', () => {
  const elsewhere = { kind: 'folder', where: '/share/run' } as const
  expect(
    projectStatus(aProject({ step: 'train' }), [aRun({ id: 'r', state: 'paused', elsewhere })])
  ).toMatchObject({ status: 'awaited', go: 'awaited', page: 'train', run: 'r' })
  expect(
    projectStatus(aProject({ step: 'train' }), [aRun({ id: 'r', state: 'finished', elsewhere })]).status
  ).toBe('compare')
})

test('a run that came to its end with the window closed is ready to be compared', () => {
  const project = aProject({ step: 'train', chosenRun: 'old' })
  const runs = [
    aRun({ id: 'old', state: 'interrupted', createdAt: at(1) }),
    aRun({ id: 'new', state: 'finished', createdAt: at(2) })
  ]
  const status = { status: 'compare', page: 'compare', run: 'new', stepNumber: 5 }
  expect(projectStatus(project, runs)).toMatchObject(status)
  // the list need not be in order
  expect(projectStatus(project, [...runs].reverse())).toMatchObject(status)
})

test('one that failed says so where there was to be a result, and opens', () => {
  const failed = [aRun({ state: 'failed' })]
  expect(projectStatus(aProject({ step: 'train' }), failed)).toMatchObject({ status: 'failed', run: 'run' })
  expect(projectStatus(aProject({ step: 'data' }), failed)).toMatchObject({ status: 'data', page: 'data' })
})

test('what is opened is the newest that came to its end, whichever was looked at last', () => {
  const runs = [
    aRun({ id: 'a', createdAt: at(1) }),
    aRun({ id: 'b', createdAt: at(2) }),
    aRun({ id: 'early', createdAt: at(3), state: 'stopped', savedStep: 4 })
  ]
  for (const chosenRun of [null, 'a', 'b', 'early'])
    expect(projectStatus(aProject({ step: 'compare', chosenRun }), runs)).toMatchObject({
      ...{ status: 'compare', page: 'compare', run: 'b' }
    })
  // nothing came to its end
  expect(projectStatus(aProject({ step: 'compare' }), runs.slice(2))).toMatchObject({ run: 'early' })
})

test('a room that was only gone to makes nothing compared', () =>
  expect(projectStatus(aProject({ step: 'export', chosenRun: 'a' }), [aRun({ id: 'a' })])).toMatchObject({
    ...{ status: 'compare', page: 'export', go: 'export' }
  }))

describe('when what is said happened', () => {
  const ended = aRun({ id: 'r', createdAt: at(1), startedAt: at(2), endedAt: at(3) })
  const exported = { ...ended, compared: true, exported: 2, exportedAt: at(4) }
  const opened = { workedAt: at(9) }
  test.each([
    [aProject({ ...opened, step: 'train' }), [], 'opened', at(9)],
    [aProject({ ...opened, step: 'train' }), [{ ...ended, state: 'paused' as const }], 'started', at(2)],
    [aProject({ ...opened, step: 'train' }), [ended], 'ended', at(3)],
    [aProject({ ...opened, step: 'data' }), [exported], 'exported', at(4)]
  ])('%#', (project, runs, what, time) =>
    expect(projectStatus(project, runs).since).toEqual({ what, at: time })
  )
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

describe('the furthest that is true', () => {
  const trained = aRun({ id: 'r', createdAt: at(1) })
  const compared = { ...trained, compared: true }
  const exported = { ...compared, exported: 1 }

  test.each([
    [trained, 'train', 'compare', 'compare'],
    [compared, 'train', 'export', 'export'],
    [compared, 'compare', 'export', 'export'],
    [exported, 'export', 'exported', 'export'],
    [exported, 'train', 'exported', 'export']
  ] as const)('is said, wherever the user was: %#', (run, step, status, page) =>
    expect(projectStatus(aProject({ step, chosenRun: 'r' }), [run])).toMatchObject({ status, page, run: 'r' })
  )

  test('stays true for whoever goes back to prepare another, and the button leads there', () => {
    expect(projectStatus(aProject({ step: 'data' }), [exported])).toMatchObject({
      ...{ status: 'exported', page: 'data', go: 'data', stepNumber: 6 }
    })
  })

  test('what ended while somebody was in an earlier room is what it goes on with, until something is done there', () => {
    const ended = { ...trained, endedAt: at(3) }
    const room = (hour: number) => projectStatus(aProject({ step: 'data', workedAt: at(hour) }), [ended]).page
    expect([room(2), room(4)]).toEqual(['compare', 'data'])
  })

  test('a look at an earlier room after an export is no way back: the button opens what was exported', () => {
    const out = { ...exported, endedAt: at(3), exportedAt: at(5) }
    const go = (hour: number) => projectStatus(aProject({ step: 'data', workedAt: at(hour) }), [out]).go
    expect([go(4), go(6)]).toEqual(['exported', 'data'])
  })

  test('of two that were exported the later one is opened, which is the one that is spoken of', () => {
    const later = { ...exported, id: 'early', exportedAt: at(5), state: 'stopped' as const, savedStep: 4 }
    const both = [{ ...exported, exportedAt: at(4) }, later]
    const status = projectStatus(aProject({ step: 'export', chosenRun: 'early' }), both)
    expect(status).toMatchObject({ go: 'exported', run: 'early' })
    expect(status.about?.id).toBe('early')
  })

  test('stays true of what it is true of, and the newest run is what it goes on with', () => {
    const fresh = aRun({ id: 'fresh', createdAt: at(2) })
    for (const project of [
      aProject({ step: 'train' }),
      aProject({ step: 'export', chosenRun: 'r' }),
      aProject({ step: 'compare', chosenRun: 'fresh' })
    ]) {
      const status = projectStatus(project, [exported, fresh])
      expect(status).toMatchObject({ status: 'exported', page: 'compare', go: 'compare', run: 'fresh' })
      expect(status.about?.id).toBe('r')
      expect(projectStatus(project, [compared, fresh])).toMatchObject({ status: 'export', run: 'fresh' })
    }
  })

  test('a failure of another run takes nothing back once one is looked at again', () => {
    const failed = aRun({ id: 'failed', state: 'failed', createdAt: at(2) })
    expect(projectStatus(aProject({ step: 'train' }), [exported, failed]).status).toBe('failed')
    expect(projectStatus(aProject({ step: 'export' }), [exported, failed]).status).toBe('exported')
  })
})

test('what was exported is what is opened and spoken of, whatever was trained since', () => {
  const runs = [
    aRun({
      id: 'exported',
      createdAt: '2026-11-21T05:00:00.000Z',
      compared: true,
      exported: 1,
      step: 100,
      totalSteps: 100
    }),
    aRun({
      id: 'short',
      createdAt: '2026-11-22T05:00:00.000Z',
      state: 'stopped',
      compared: true,
      savedStep: 20,
      step: 20,
      totalSteps: 100
    })
  ]
  for (const chosenRun of [null, 'short'])
    expect(projectStatus(aProject({ step: 'compare', chosenRun }), runs)).toMatchObject({
      status: 'exported',
      page: 'export',
      run: 'exported',
      learnt: 1
    })
})

test('indigo is as far as something was learnt: nothing, a third, or all of it', () => {
  const learnt = (...runs: RunView[]): number =>
    projectStatus(aProject({ step: 'train', chosenRun: 'a' }), runs).learnt
  expect(learnt()).toBe(0)
  expect(learnt(aRun({ id: 'a', state: 'stopped', savedStep: 32, step: 32, totalSteps: 100 }))).toBe(0.32)
  expect(learnt(aRun({ id: 'a' }))).toBe(1)
})

test.each<[Parameters<typeof railChoice>[0], Partial<Project>, string]>([
  ['goal', {}, '会社の口調で答える'],
  ['data', { examples: 1236 }, '1,236組'],
  ['data', { examples: 1236, goal: 'sort' }, '1,236行'],
  ['data', { examples: null }, ''],
  ['model', { modelName: 'starter' }, 'starter'],
  ['train', {}, ''],
  ['compare', {}, ''],
  ['export', {}, '']
])('the rail says of %s with %o: %s', (step, change, words) =>
  expect(railChoice(step, aProject(change), null, 'ja')).toBe(words)
)

test('the rail speaks of one run: how far it is, its name, its loss and its exports', () => {
  const say = (step: Parameters<typeof railChoice>[0], change: Partial<RunView>, goal: GoalKey = 'tone') =>
    railChoice(step, aProject({ goal }), { run: aRun(change), name: 'お試し 2' }, 'ja')
  expect(say('train', { state: 'running', step: 63, totalSteps: 100 })).toContain('63\u00a0%')
  expect(say('train', { state: 'running', totalSteps: 0 })).toContain('0\u00a0%')
  expect(say('train', {})).toBe('お試し 2')
  expect(say('compare', { best: { figure: 'loss', value: 1.266 } })).toBe('検証の損失 1.27')
  const figures = { loss: 0.3, accuracy: 0.92 }
  const settings = { ...defaultSettings, method: 'classification' } as const
  expect(say('compare', { settings, best: { figure: 'loss', value: 0.3, figures } }, 'sort')).toBe(
    `正解率 ${percent(0.92)}`
  )
  expect(say('export', { exported: 2 })).toBe('2つ書き出しました')
})

describe('the run that rail and page speak of', () => {
  const runs = [
    aRun({ id: 'new', state: 'running', createdAt: at(4) }),
    aRun({ id: 'b', createdAt: at(3) }),
    aRun({ id: 'a', createdAt: at(2) })
  ]
  test('is that of the address, else what was chosen, else the newest', () => {
    expect(resultInView({ chosenRun: 'b' }, runs, 'a')?.id).toBe('a')
    expect(resultInView({ chosenRun: 'a' }, runs, 'gone')?.id).toBe('a')
    expect(resultInView({ chosenRun: null }, runs, null)?.id).toBe('b')
    expect(resultInView({ chosenRun: 'new' }, [runs[0] as RunView], 'new')).toBeNull()
  })
  test('is one that trains only where that can be shown', () => {
    expect(runInView({ chosenRun: 'a' }, runs, null, 'train')?.id).toBe('new')
    expect(runInView({ chosenRun: 'a' }, runs, 'new', 'compare')?.id).toBe('a')
  })
  test('opens in the train room also where no address names it, and where the one it names is gone', () => {
    const ended = runs.filter(({ state }) => state === 'finished')
    expect(runToTrain({ chosenRun: 'a' }, ended, null)?.id).toBe('a')
    expect(runToTrain({ chosenRun: null }, ended, 'in-the-trash')?.id).toBe('b')
    // what tries settings is named by nobody
    expect(runToTrain({ chosenRun: null }, [aRun({ ofSweep: true })], null)).toBeNull()
  })
  test('is none there while the next one is prepared', () => {
    expect(runToTrain({ chosenRun: 'a' }, runs, newRun)).toBeNull()
    expect(runInView({ chosenRun: 'a' }, runs, newRun, 'export')?.id).toBe('a')
  })
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

test('what is written beside the parts of a plan adds up to what is written of the whole', () => {
  const mb = (value: number): number => value * 2 ** 20
  const plan = {
    ...{ weights: mb(7.6), adapter: mb(4.6), gradients: 0, optimizer: 0 },
    ...{ activations: mb(46.6), workspace: 0, runtime: mb(50.6), total: mb(109.4) }
  }
  const parts = memoryParts(plan, { weights: 'w', learnt: 'l', activations: 'a', other: 'o' })
  expect(parts.map(({ shown }) => parseInt(shown)).reduce((sum, one) => sum + one, 0)).toBe(109)
  expect(parts.map(({ bytes }) => bytes)).toEqual([mb(7.6), mb(4.6), mb(46.6), mb(50.6)])
})

test('projects stand by what was done in them last, of their runs too', () => {
  const one = (id: string, hour: number) => aProject({ id, workedAt: at(hour) })
  const runs = [
    aRun({ project: 'a', createdAt: at(1), startedAt: at(1), endedAt: at(8) }),
    aRun({ project: 'b', createdAt: at(1), startedAt: at(1), endedAt: at(2), exportedAt: at(7) }),
    aRun({ project: null, createdAt: at(9), startedAt: null, endedAt: null })
  ]
  const order = byLastWork([one('c', 5), one('b', 3), one('a', 2)], runs)
  expect(order.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})
