// What a training of a preference can go on from: results of the project on its model that answer in words, those of a tone
// before others, the chosen one before its kind.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import { startSaid, startsOf } from '../../../renderer/lib/run-starts'
import { aRun } from '../views'

const run = (id: string, change: Parameters<typeof aRun>[0] = {}): ReturnType<typeof aRun> =>
  aRun({ id, project: 'p', modelName: 'm', state: 'finished', createdAt: `2026-01-0${id}`, ...change })
const by = (method: (typeof defaultSettings)['method']) => ({ settings: { ...defaultSettings, method } })

test('those of a tone first, newest first, the chosen one before them', () => {
  const runs = [run('1'), run('2'), run('3', by('dpo')), run('4')]
  const ids = (chosenRun: string | null): string[] =>
    startsOf({ id: 'p', chosenRun, modelName: 'm' }, runs).map(({ id }) => id)
  expect(ids(null)).toEqual(['4', '2', '1', '3'])
  expect(ids('1')).toEqual(['1', '4', '2', '3'])
  expect(ids('3')).toEqual(['4', '2', '1', '3'])
})

test('of another project, on another model, without a result, or of what only sorts: none', () => {
  const runs = [
    run('1', { project: 'q' }),
    run('2', { modelName: 'n' }),
    run('3', { state: 'running' }),
    run('4', by('classification'))
  ]
  expect(startsOf({ id: 'p', chosenRun: null, modelName: 'm' }, runs)).toEqual([])
})

test('on what a run of the model has learnt whole: that run’s model is the one that was chosen', () => {
  const whole = run('1', { dir: '/runs/1' })
  const onIt = { baseRun: { dir: '/runs/1', name: 'a', method: 'full' as const } }
  const next = run('2', { dir: '/runs/2', modelName: '2026-01-01-a', ...onIt })
  const ids = (...runs: ReturnType<typeof aRun>[]): string[] =>
    startsOf({ id: 'p', chosenRun: null, modelName: 'm' }, runs).map(({ id }) => id)
  expect(ids(whole, next)).toEqual(['2', '1'])
  expect(ids(next)).toEqual([])
  // two that name one another have no beginning, and are no endless walk
  const round = run('3', { dir: '/runs/3', ...onIt, baseRun: { ...onIt.baseRun, dir: '/runs/3' } })
  expect(ids(round)).toEqual(['3'])
})

test('of a run that learnt its model whole it is not said that its part stays as big', () => {
  const [part, whole] = [run('1'), run('2', by('full'))]
  expect(startSaid([part, whole], '1')).toBe('runText')
  expect(startSaid([part, whole], '2')).toBe('wholeText')
  expect(startSaid([part, whole], null)).toBe('baseText')
  expect(startSaid([], null)).toBe('none')
})
