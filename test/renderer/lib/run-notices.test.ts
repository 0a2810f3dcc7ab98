// Which notices are shown, and in which words.
import { expect, test } from 'vitest'
import type { RunView } from '../../../main/contract/window/training'
import { shownNotices } from '../../../renderer/lib/run-notices'
import { en } from '../../../main/words/window/en'
import { ja } from '../../../main/words/window/ja'
import { aRun, theSettings } from '../views'

const notice = (code: string, details: Record<string, string> = {}): RunView['notices'][number] => ({
  kind: 'notice',
  step: 1,
  time: '2026-11-21T05:00:00.000Z',
  code,
  details
})
const keys = (...notices: RunView['notices'][number][]): string[] =>
  shownNotices(aRun({ notices })).map(({ words }) => words)

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
  expect(
    keys(notice('RESUMED'), notice('MEMORY_SAVED', { checkpointing: 'false' }), notice('RESUMED'))
  ).toEqual(['RESUMED', 'MEMORY_SAVED'])
  expect(keys(notice('MEMORY_SAVED', { checkpointing: 'true' }))).toEqual(['MEMORY_RECOMPUTED'])
})

test('a run that does not stop by itself does not promise it', () => {
  const notices = [notice('OVERFITTING')]
  const never = { ...theSettings, earlyStoppingPatience: 0 }
  expect(shownNotices(aRun({ notices, settings: never }))[0]?.words).toBe('OVERFITTING_GOES_ON')
  expect(shownNotices(aRun({ notices }))[0]).toEqual({ words: 'OVERFITTING', isWarning: true })
})

test('whatever may be shown has words in both languages', () => {
  for (const key of ['MEMORY_RECOMPUTED', 'OVERFITTING_GOES_ON', 'RESUMED', 'TRAINER_DIED', 'EARLY_STOP'])
    for (const words of [ja, en]) expect(words.train.notices[key], key).toBeDefined()
})
