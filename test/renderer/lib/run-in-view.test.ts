// A room keeps to the run that it showed: one that was made to go on is not replaced by another without a word.
import { expect, test } from 'vitest'
import { goesOnInView, resultInView } from '../../../renderer/lib/run-in-view'
import { aRun } from '../views'

const runs = (state: 'stopped' | 'running' | 'waiting' | 'paused') => [
  aRun({ id: 'shown', state }),
  aRun({ id: 'other', state: 'finished' })
]

test('what was shown and is made to go on stays, until it has ended or another is asked for', () => {
  for (const state of ['running', 'waiting', 'paused'] as const)
    expect(goesOnInView(runs(state), 'shown', 'shown')?.id).toBe('shown')
  expect(goesOnInView(runs('stopped'), 'shown', 'shown')).toBeNull()
  expect(resultInView({ chosenRun: 'other' }, runs('stopped'), 'shown')?.id).toBe('shown')
  expect(goesOnInView(runs('running'), 'shown', 'other')).toBeNull()
})

test('what was never shown here is not waited for', () =>
  expect(goesOnInView(runs('running'), null, 'shown')).toBeNull())
