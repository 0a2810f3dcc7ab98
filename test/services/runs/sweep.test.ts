// A sweep: every combination once, half of them each time on twice as many updates, the hopeless never twice.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import { mostTrials, rungsOf } from '../../../main/contract/sweep'
import {
  isTriable,
  settingsOfRung,
  standingOf,
  survivorsOf,
  trialsOf
} from '../../../main/services/runs/sweep'

test('every combination is tried once', () => {
  const trials = trialsOf([
    ['loraRank', [8, 16, 32]],
    ['learningRate', [1e-4, 3e-4, 3e-4]]
  ])
  expect(trials).toHaveLength(6)
  expect(trials[5]).toEqual({ number: 6, settings: { loraRank: 32, learningRate: 3e-4 } })
})

test('one combination is no sweep, and too many are refused', () => {
  expect(() => trialsOf([['loraRank', [8]]])).toThrow('NOTHING_TO_TRY')
  const many = Array.from({ length: mostTrials + 1 }, (_, at) => at + 1)
  expect(() => trialsOf([['loraRank', many]])).toThrow('TOO_MANY_TRIALS')
})

test('half of them go on, with twice as many updates, until two or three are left', () => {
  expect(rungsOf(9, 40)).toEqual([
    { number: 0, steps: 40, runs: 9 },
    { number: 1, steps: 80, runs: 5 },
    { number: 2, steps: 160, runs: 3 }
  ])
  expect(rungsOf(2, 40)).toEqual([{ number: 0, steps: 40, runs: 2 }])
  // never more updates together than all of them to the end would have taken
  const spent = rungsOf(16, 40).reduce((sum, { runs, steps }) => sum + runs * steps, 0)
  expect(spent).toBeLessThan(16 * 320)
})

test('the better ones survive; one that failed or diverged does not, however few there are', () => {
  const measured = [{ loss: 2 }, { loss: null }, { loss: 1 }, { loss: NaN }, { loss: 1.5 }]
  expect(survivorsOf(measured, 2)).toEqual([{ loss: 1 }, { loss: 1.5 }])
  expect(survivorsOf([{ loss: null }, { loss: Infinity }], 2)).toEqual([])
})

test('what a rung changes is the length; what decides the sweep itself cannot be tried', () => {
  const [trial] = trialsOf([['loraRank', [8, 16]]])
  const settings = settingsOfRung(defaultSettings, trial as never, { number: 1, steps: 80, runs: 2 })
  expect(settings).toEqual({ ...defaultSettings, loraRank: 8, maxSteps: 80 })
  for (const key of ['seed', 'heldOutRatio', 'maxSteps', 'nonsense']) expect(isTriable(key)).toBe(false)
})

test('how far a sweep is follows from its runs alone: the better half goes on, what failed does not', () => {
  const trials = trialsOf([['loraRank', [4, 8, 16, 32]]])
  const rungs = rungsOf(4, 10)
  const first = [3, 1, 2, null].map((loss, at) => ({ rung: 0, trial: at + 1, loss }))
  const numbers = (all: readonly { readonly number: number }[]): number[] => all.map(({ number }) => number)

  const begun = standingOf(trials, rungs, first.slice(0, 1))
  expect([begun.rung.number, numbers(begun.open), begun.ended]).toEqual([0, [2, 3, 4], false])
  const second = standingOf(trials, rungs, first)
  expect([second.rung.number, numbers(second.open), second.ended]).toEqual([1, [2, 3], false])
  const third = [
    { rung: 1, trial: 2, loss: 0.9 },
    { rung: 1, trial: 3, loss: 0.5 }
  ]
  const ended = standingOf(trials, rungs, [...first, ...third])
  expect([ended.ended, numbers(ended.finalists.map(({ trial }) => trial))]).toEqual([true, [3, 2]])
  // nothing is left of those that all fail
  const failed = standingOf(
    trials,
    rungs,
    first.map((one) => ({ ...one, loss: null }))
  )
  expect([failed.ended, failed.finalists]).toEqual([true, []])
})
