// metrics.jsonl: appended, cut at a resume, never with a torn line in the middle.
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { MetricLine } from '../../main/contract/records'
import { MetricsFile } from '../../main/trainer/metrics-file'
import { temporaryFolder } from './run-fixture'

let file = ''
beforeEach(() => {
  file = join(temporaryFolder(), 'metrics.jsonl')
})
const line = (step: number, loss = 1): MetricLine => ({
  kind: 'evaluation',
  step,
  time: '',
  epoch: 0,
  figures: { loss },
  by: 'loss',
  best: false
})
const steps = (): number[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((text) => (JSON.parse(text) as MetricLine).step)

test('lines come out as they went in', () => {
  const metrics = MetricsFile.open(file, 0)
  for (const step of [1, 2, 3]) metrics.append(line(step))
  expect(metrics.sync()).toBe(statSync(file).size)
  metrics.close()
  expect(steps()).toEqual([1, 2, 3])
})

test('lines after the checkpoint are cut off, also a torn one', () => {
  const metrics = MetricsFile.open(file, 0)
  metrics.append(line(1))
  const kept = metrics.sync()
  metrics.append(line(2))
  metrics.close()
  appendFileSync(file, '{"kind":"st')
  const again = MetricsFile.open(file, kept)
  again.append(line(7))
  again.close()
  expect(steps()).toEqual([1, 7])
})

test('a file shorter than the checkpoint remembers keeps its whole lines', () => {
  writeFileSync(file, `${JSON.stringify(line(1))}\n{"kind":"ev`)
  const metrics = MetricsFile.open(file, 10_000)
  metrics.append(line(2))
  metrics.close()
  expect(steps()).toEqual([1, 2])
})

test('a loss that is no number becomes null, which is JSON', () => {
  const metrics = MetricsFile.open(file, 0)
  metrics.append(line(1, NaN))
  metrics.close()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ figures: { loss: null } })
})

test('a folder that is not there is an error, not a crash', () => {
  expect(() => MetricsFile.open(join(file, 'x'), 0)).toThrow()
})
