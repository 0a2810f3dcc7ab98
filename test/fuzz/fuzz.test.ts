// The part of the fuzzing that every run of the tests has time for: two thousand inputs, or as many as go into half a
// minute on a machine that is busy; npm run fuzz has no such bound.
import { afterAll, expect, test } from 'vitest'
import { TestPlace } from '../workshop/bench-places'
import { tryInputs } from './try-inputs'

const place = new TestPlace()
afterAll(() => place.close())

test('any bytes under any ending are rows or a refusal with a name, in time, and no process is lost', async () => {
  const workshop = await place.open()
  const { tried, rows, refused, wrong } = await tryInputs(workshop, place.dir, {
    ...{ count: 2000, seed: 7, mostSeconds: 30 }
  })
  expect(wrong).toEqual([])
  expect(tried).toBeGreaterThan(100)
  // both happen: it is no test of refusals alone
  expect(Math.min(rows, refused)).toBeGreaterThan(10)
}, 90_000)
