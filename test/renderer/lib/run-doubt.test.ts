// What is not known of a run is said wherever its model is taken out or spoken of from afar.
import { expect, test } from 'vitest'
import { runDoubts } from '../../../renderer/lib/run-doubt'
import { aRun } from '../views'

const said = (change: Parameters<typeof aRun>[0]): readonly string[] => runDoubts(aRun(change), 'ja')
const by = (method: 'classification' | 'continued' | 'dpo') => ({ ...aRun().settings, method })

test('a run that came to its end and was compared by enough questions leaves nothing open', () =>
  expect(said({ state: 'finished', compared: true, answered: 20 })).toEqual([]))

test('what was ended early, not compared, left before the end or compared by few says so', () => {
  expect(said({ state: 'stopped', step: 26, totalSteps: 260 })).toEqual([
    expect.stringContaining('途中'),
    expect.stringContaining('まだ読みくらべていません')
  ])
  expect(said({ answered: 2 })).toEqual([expect.stringContaining('2問まで')])
  expect(said({ compared: true, answered: 12 })).toEqual([expect.stringMatching(/12問.*言えません.*20問/)])
  expect(said({ compared: true, answered: 12, settings: by('dpo') })).toHaveLength(1)
})

test('what learnt hardly anything says so', () => {
  const notices = [{ kind: 'notice', step: 9, time: '', code: 'NOTHING_LEARNT', details: {} }] as const
  expect(said({ notices, state: 'finished', compared: true, answered: 20 })).toEqual([
    'ほとんど何も身につきませんでした。'
  ])
})

test('where no answers are laid side by side none are missed', () => {
  expect(said({ settings: by('classification'), heldOutExamples: 20 })).toEqual([])
  expect(said({ settings: by('continued'), heldOutExamples: 10 })).toEqual([])
})

test('what was looked at with few rows or pages says so', () => {
  expect(said({ settings: by('classification'), heldOutExamples: 8 })).toEqual([
    expect.stringMatching(/8行.*言えません/)
  ])
  expect(said({ settings: by('continued'), heldOutExamples: 3 })).toEqual([
    expect.stringContaining('3区切り')
  ])
})
