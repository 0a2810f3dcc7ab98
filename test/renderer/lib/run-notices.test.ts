// Which notices are shown.
import { expect, test } from 'vitest'
import type { RunView } from '../../../main/contract/window/training'
import { isWarning, noticeWords, shownNotices } from '../../../renderer/lib/run-notices'
import { aRun } from '../views'

const notice = (code: string, details: Record<string, string> = {}): RunView['notices'][number] => ({
  kind: 'notice',
  step: 1,
  time: '2026-11-21T05:00:00.000Z',
  code,
  details
})
const keys = (...notices: RunView['notices'][number][]): string[] =>
  shownNotices(aRun({ notices })).map(({ code }) => code)

test('a warning is never pushed out by what is only told', () => {
  expect(
    keys(notice('OVERFITTING'), notice('MEMORY_SAVED'), notice('RESUMED'), notice('CHECKPOINT_TORN'))
  ).toEqual(['OVERFITTING', 'CHECKPOINT_TORN'])
  expect(keys(notice('DIVERGENCE'), notice('RESUMED'), notice('NOTHING_LEARNT'))).toEqual([
    'NOTHING_LEARNT',
    'DIVERGENCE'
  ])
})

test('of one kind the newest counts', () => {
  expect(keys(notice('RESUMED'), notice('MEMORY_SAVED'), notice('RESUMED'))).toEqual([
    'RESUMED',
    'MEMORY_SAVED'
  ])
})

test('what the state says already is not said again', () => {
  expect(keys(notice('PAUSED'), notice('RESUMED'), notice('STOPPED'), notice('INTERRUPTED'))).toEqual([
    'RESUMED'
  ])
})

test('warnings are told from what is only told', () => {
  expect(isWarning(notice('OVERFITTING'))).toBe(true)
  expect(isWarning(notice('RESUMED'))).toBe(false)
})

test('of a training that is over it is not said that it might go on', () => {
  const overfitting = notice('OVERFITTING', { loss: '0.185', best: '0.180', bestStep: '20' })
  const said = (state: RunView['state']): string =>
    Object.values(noticeWords(overfitting, aRun({ state }), 'ja')).join('')
  expect(said('running')).toMatch(/0\.185.*続くようなら/)
  for (const state of ['finished', 'stopped'] as const) expect(said(state)).not.toMatch(/0\.185|続くようなら/)
  // what stays true stays
  expect(noticeWords(notice('RESUMED'), aRun({ state: 'finished' }), 'ja')).toEqual(
    noticeWords(notice('RESUMED'), aRun({ state: 'running' }), 'ja')
  )
})
