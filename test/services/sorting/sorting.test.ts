// What is said of texts by their scores: another threshold calculates nothing again, cells lead to their rows.
import { describe, expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { surenessOf } from '../../../main/services/sorting/report'
import { SortingDesk } from '../../../main/services/sorting/desk'
import { readingHere } from '../../../main/services/dataset/read/reading-here'
import { saidAgain, type Sorting, type SortingReport } from '../../../main/services/sorting/sorting'
import { LabelCounts } from '../../../main/services/tokens/labels/scheme'
import { imbalanceOf, labelCounts } from '../../../main/services/tokens/labels/balance'

const labelled = (text: string, ...labels: string[]): Extract<Example, { kind: 'labelled' }> => ({
  kind: 'labelled',
  text,
  labels,
  source: { file: 'a.csv', row: 2 }
})
const several: SortingReport = {
  score: { problem: 'multi_label_classification', labels: ['a', 'b'] },
  figures: { loss: 0.5, accuracy: 0.5, macroF1: 0, microF1: 0, weightedF1: 0 },
  rows: [
    { example: labelled('x', 'a'), truth: [0], said: [0], probabilities: [0.9, 0.4] },
    { example: labelled('y', 'b'), truth: [1], said: [], probabilities: [0.1, 0.4] }
  ],
  refused: []
}

describe('a threshold', () => {
  test('says more where it is lower, and leaves the loss', () => {
    const low = saidAgain(several, 0.3)
    expect(low.rows.map(({ said }) => said)).toEqual([[0, 1], [1]])
    expect(low.figures).toMatchObject({ loss: 0.5, accuracy: 0.5 })
    expect(low.figures.microF1).toBeCloseTo(0.8)
    expect(saidAgain(several, 0.5)).toBe(several)
  })
})

test('the rows behind a cell, and those that are wrong', async () => {
  const report: SortingReport = {
    ...several,
    score: { problem: 'single_label_classification', labels: ['a', 'b'] },
    rows: [
      { example: labelled('right', 'a'), truth: [0], said: [0], probabilities: [0.9, 0.1] },
      { example: labelled('wrong', 'b'), truth: [1], said: [0], probabilities: [0.8, 0.2] }
    ]
  }
  const desk = new (class extends SortingDesk {
    protected override made(): Promise<SortingReport> {
      return Promise.resolve(report)
    }
  })({
    sorting: {} as Sorting,
    tuned: () => Promise.reject(new Error('nobody asks')),
    reader: readingHere,
    onProgress: () => undefined,
    language: () => 'ja'
  })
  const place = { id: 'r', dir: '/r', project: null }
  const ask = { threshold: 0.5, offset: 0, limit: 10 }
  const texts = async (cell: { is: number | null; said: number | null; wrong: boolean }) =>
    (await desk.rows(place, { ...ask, ...cell })).rows.map(({ text }) => text)
  expect(await texts({ is: null, said: null, wrong: true })).toEqual(['wrong'])
  expect(await texts({ is: 0, said: 0, wrong: false })).toEqual(['right'])
  expect(await texts({ is: 1, said: null, wrong: false })).toEqual(['wrong'])
  const { sureness } = await desk.view(place, { threshold: 0.5 })
  // one of two, and of each label one row
  expect(sureness).toMatchObject({ thin: 2, labels: 2, fewest: 10 })
  expect([sureness?.low, sureness?.high].map((end) => end?.toFixed(2))).toEqual(['0.09', '0.91'])
  // a label that no row has is one of them, and the least known
  const more = { ...report, score: { ...report.score, labels: [...report.score.labels, 'none has it'] } }
  expect(surenessOf(more)).toMatchObject({ thin: 3, labels: 3 })
  expect((await desk.view(place, { threshold: 0.5 })).confusion).toEqual([
    [1, 0],
    [1, 0]
  ])
})

test('labels are counted by their numbers, and rare ones named, the rarest first', () => {
  const sets = [[], ['a'], ['b'], ['c']]
  const numbers = Uint32Array.from([...Array<number>(120).fill(1), ...Array<number>(60).fill(2), 3, 0])
  const counted = LabelCounts.of(numbers.keys(), { numbers, sets })
  expect(counted.examples).toBe(181)
  const counts = labelCounts(counted.counts, new Map())
  expect(counts.map(({ label, train }) => [label, train])).toEqual([
    ['a', 120],
    ['b', 60],
    ['c', 1]
  ])
  expect(imbalanceOf(counts)?.rare.map(({ label }) => label)).toEqual(['c'])
  expect(imbalanceOf(counts.slice(0, 2))).toBeNull()
})
