// A line of metrics.jsonl, read: as it is written now, and as the first version wrote it.
import { describe, expect, test } from 'vitest'
import { readMetricLine } from '../../../main/services/runs/metric-line'

const read = (line: object): unknown => readMetricLine(JSON.stringify(line))

test('what was no number, which JSON writes as null, is NaN again', () => {
  const line = { kind: 'step', step: 1, figures: { loss: NaN, praise: 0.5 }, skipped: true }
  expect(read(line)).toEqual({ ...line, figures: { loss: NaN, praise: 0.5 } })
})

test('lines without figures are as they are; a damaged one is none', () => {
  const sample = { kind: 'sample', step: 2, time: '', question: 0, answer: [1, 2] }
  expect(read(sample)).toEqual(sample)
  expect(readMetricLine('{"kind":"ste')).toBeNull()
})

describe('runs of the first version', () => {
  test('an update had its figures beside its step', () => {
    const time = '2026-04-01T00:00:00.000Z'
    const work = { tokens: 200, learntTokens: 100, seconds: 2, skipped: false }
    const old = { loss: 1.5, gradNorm: null, learningRate: 1e-4, memory: 77 }
    expect(read({ kind: 'step', step: 3, time, epoch: 0.3, ...work, ...old })).toEqual({
      ...{ kind: 'step', step: 3, time, epoch: 0.3 },
      ...work,
      figures: { loss: 1.5, gradNorm: NaN, learningRate: 1e-4, tokensPerSecond: 100, memory: 77 }
    })
  })

  test('an evaluation had a loss, and was judged by it', () => {
    expect(read({ kind: 'evaluation', step: 3, epoch: 0.3, loss: 1.25, best: true })).toEqual({
      ...{ kind: 'evaluation', step: 3, epoch: 0.3, best: true },
      figures: { loss: 1.25 },
      by: 'loss'
    })
  })
})
