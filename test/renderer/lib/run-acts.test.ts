// What can be done with a run, by its state.
import { expect, test } from 'vitest'
import {
  canEndHere,
  canResume,
  earlierGoal,
  hasResult,
  isAtService,
  newestFor
} from '../../../renderer/lib/run-acts'
import { resultInView } from '../../../renderer/lib/run-in-view'
import { aProject, aRun, theSettings } from '../views'

const error = (code: string) => ({ code, details: {} })

test('whatever is at rest and not finished goes on, but not a loss that is no number', () => {
  const states = ['waiting', 'running', 'paused', 'interrupted', 'stopped', 'finished', 'failed'] as const
  expect(states.filter((state) => canResume(aRun({ state })))).toEqual([
    'paused',
    'interrupted',
    'stopped',
    'failed'
  ])
  expect(canResume(aRun({ state: 'paused', elsewhere: { kind: 'folder', where: '/x' } }))).toBe(false)
  expect(canResume(aRun({ state: 'failed', error: error('OUT_OF_MEMORY') }))).toBe(true)
  expect(canResume(aRun({ state: 'failed', error: error('NOT_FINITE') }))).toBe(false)
})

test('a run at rest can be ended where there is something to end with', () => {
  const rest = { state: 'paused', savedStep: 30 } as const
  expect(canEndHere(aRun(rest))).toBe(true)
  expect(canEndHere(aRun({ ...rest, elsewhere: { kind: 'ray', where: 'http://x' } }))).toBe(false)
  expect(canEndHere(aRun({ ...rest, savedStep: 0 }))).toBe(false)
  expect(canEndHere(aRun({ ...rest, state: 'running' }))).toBe(false)
  expect(canEndHere(aRun({ ...rest, state: 'finished' }))).toBe(false)
})

test('what a service trains can be cancelled there, and its result is compared, and not exported here', () => {
  const away = { elsewhere: { kind: 'azure', where: 'https://x' }, savedStep: 0 } as const
  expect(canEndHere(aRun({ ...away, state: 'interrupted' }))).toBe(true)
  expect(canEndHere(aRun({ ...away, state: 'failed' }))).toBe(false)
  expect([isAtService(aRun(away)), isAtService(aRun())]).toEqual([true, false])
  const here = aRun({ id: 'here', createdAt: '2026-01-01T00:00:00.000Z' })
  const there = aRun({ ...away, id: 'there', remoteModel: 'ft:x' })
  const seen = (page: 'compare' | 'export') =>
    resultInView({ chosenRun: 'there' }, [here, there], 'there', page)?.id
  expect([seen('compare'), seen('export')]).toEqual(['there', 'here'])
})

test('finished or ended by hand, there is a result', () => {
  expect(hasResult(aRun({ state: 'stopped' }))).toBe(true)
  expect(hasResult(aRun({ state: 'paused' }))).toBe(false)
})

test('a run for another goal than that of today is told', () => {
  const run = aRun({ settings: { ...theSettings, method: 'sft' } })
  expect(earlierGoal(run, aProject())).toBeNull()
  expect(earlierGoal(run, aProject({ goal: 'sort' }))).toBe('tone')
  expect(earlierGoal(aRun({ settings: { ...theSettings, method: 'full' } }), aProject())).toBeNull()
  // of another project or of none nothing is known
  expect(earlierGoal(aRun({ project: null }), aProject({ goal: 'sort' }))).toBeNull()
  expect(earlierGoal(run, null)).toBeNull()
})

test('of a project with several goals the newest run for the goal of today is offered', () => {
  const by = (id: string, method: 'sft' | 'classification', day: number, ofSweep = false) =>
    aRun({
      ...{ id, createdAt: `2026-11-2${day}T05:00:00.000Z`, settings: { ...theSettings, method } },
      ...(ofSweep && { ofSweep: 'sweep' as never })
    })
  const runs = [
    by('tone', 'sft', 9),
    by('old', 'classification', 1),
    by('new', 'classification', 3),
    by('tried', 'classification', 8, true)
  ]
  expect(newestFor('sort', runs)?.id).toBe('new')
  expect(newestFor('prefer', runs)).toBeNull()
})
