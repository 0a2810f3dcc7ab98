// What is said of large GPUs: published speeds, on the fewest that hold the training; and docs/scale.md, which is made of the same.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  gpuKinds,
  publishedTrainings,
  reached,
  secondsOn,
  timeOnGpus
} from '../../../main/services/runners/gpu-time'
import { costTable, loadOfBase, memoryTable, publishedTable, timeTable } from './scale-tables'

test('what was published stays below what its makers promise, and above a tenth of it', () => {
  for (const one of publishedTrainings) expect(reached(one)).toBeGreaterThan(0.1)
  for (const one of publishedTrainings) expect(reached(one)).toBeLessThan(0.5)
})

test('a published training is never said to be faster than it was, nor twice as slow', () => {
  for (const { kind, gpus, parameters, tokensPerSecond, divided } of publishedTrainings) {
    const load = { ...loadOfBase('70B'), parameters: divided ? 70e9 : parameters, trained: 0 }
    // an hour of it, at 4 operations a token and number
    const operations = 4 * parameters * tokensPerSecond * gpus * 3600
    const seconds = secondsOn(kind, divided ? 8 : gpus, load, divided ? (operations * 8) / gpus : operations)
    expect(seconds).not.toBeNull()
    expect(seconds).toBeGreaterThanOrEqual(3600 - 1)
    expect(seconds).toBeLessThan(7200)
  }
})

test('one H100 where it fits, eight where it does not, none where not even those hold it', () => {
  const operations = 1e20
  const [small, large] = [timeOnGpus(loadOfBase('8B'), operations), timeOnGpus(loadOfBase('70B'), operations)]
  expect(small?.gpus).toBe(1)
  expect(large?.gpus).toBe(8)
  // weights that are sent around cost more than half of the speed of each
  expect((small?.seconds ?? 0) / (large?.seconds ?? 1)).toBeGreaterThan(3)
  expect((small?.seconds ?? 0) / (large?.seconds ?? 1)).toBeLessThan(5)
  expect(timeOnGpus({ ...loadOfBase('70B'), parameters: 400e9 }, operations)).toBeNull()
  expect(timeOnGpus({ ...loadOfBase('70B'), packed: true }, operations)?.gpus).toBe(1)
  // by hand: all that an H100 could do in a second takes it two to three
  const whole = timeOnGpus(loadOfBase('8B'), gpuKinds.H100.flopsPerSecond)?.seconds ?? 0
  expect(whole).toBeGreaterThan(2)
  expect(whole).toBeLessThan(3)
})

test('docs/scale.md shows these tables', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/scale.md'), 'utf8')
  for (const table of [memoryTable(), publishedTable(), timeTable(), costTable()])
    expect(text).toContain(table)
})
