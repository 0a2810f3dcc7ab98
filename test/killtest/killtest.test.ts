// A small part of `npm run killtest`: three kills, and the plan of moments by itself.
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addonFile } from '../fixtures/places'
import { builtTrainer } from '../trainer/built'
import { killPlan } from './kill-plan'
import { killTest } from './kill-run'

test('moments follow the run, come from the seed, and are of every kind', () => {
  const times = { totalSteps: 100, startMs: 50, stepMs: 10 }
  const plan = killPlan(40, 3, times)
  expect(plan).toEqual(killPlan(40, 3, times))
  expect(plan).not.toEqual(killPlan(40, 4, times))
  expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(['start', 'step', 'checkpoint', 'end']))
  const steps = plan.flatMap((moment) => ('step' in moment ? [moment.step] : []))
  expect(steps).toEqual([...steps].sort((a, b) => a - b))
  expect(killPlan(1, 3, times)).toHaveLength(1)
})

test.runIf(existsSync(addonFile)).each([
  ['an adapter', { steps: 40 }],
  ['an adapter that goes on with documents', { method: 'continued', steps: 16 }],
  ['a model that goes on with documents', { method: 'continued-full', steps: 16 }],
  [
    'a model that was pruned',
    { method: 'full', steps: 16, settings: { pruning: 'global', pruningAmount: 0.4 } }
  ]
] as const)(
  'killed three times, a run ends with the same result and the same metrics: %s',
  async (_, learns) => {
    const result = await killTest({
      ...learns,
      kills: 3,
      seed: 5,
      trainerEntry: await builtTrainer(),
      addonFile
    })
    expect(result.differences).toEqual([])
    expect(result.kills.filter(({ killed }) => killed).length).toBeGreaterThanOrEqual(2)
    expect(result.resultBytes).toBeGreaterThan(1000)
    expect(result.lines).toBeGreaterThan(learns.steps)
  },
  // real processes: as long as a busy machine takes
  240_000
)
