// How a run stands, in words: one that somebody trains by hand is not paused, it is awaited.
import { expect, test } from 'vitest'
import { isFinishing, runStateText } from '../../../renderer/lib/run-state'
import { railElsewhere } from '../../../renderer/lib/rail-choice'
import { aRun } from '../views'

test('by hand it waits for its result, until that is there', () => {
  const byHand = { elsewhere: { kind: 'folder', where: '/x' } } as const
  expect(runStateText(aRun({ ...byHand, state: 'paused' }), 'ja')).toBe('結果待ち')
  expect(runStateText(aRun({ ...byHand, state: 'finished' }), 'ja')).toBe('完了')
  expect(runStateText(aRun({ state: 'paused' }), 'en')).toBe('Paused')
})

test('the rail names whom a run speaks with', () => {
  expect(railElsewhere({ kind: 'ray', where: 'http://x:8265' }, 'ja')).toBe(
    '送信中：Ray クラスター http://x:8265'
  )
})

test('where all updates are made no time is left to be told', () => {
  expect(isFinishing(aRun({ state: 'running', step: 4, totalSteps: 4 }))).toBe(true)
  expect(isFinishing(aRun({ state: 'running', step: 3, totalSteps: 4 }))).toBe(false)
  expect(isFinishing(aRun({ state: 'running', step: 0, totalSteps: 0 }))).toBe(false)
  expect(isFinishing(aRun({ state: 'finished', step: 4, totalSteps: 4 }))).toBe(false)
})
