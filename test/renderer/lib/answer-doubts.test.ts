// Who takes a model out reads first what is known against its answers; what is known of another run is none of it.
import { expect, test } from 'vitest'
import type { EvaluatedPair } from '../../../main/contract/window/results'
import { answerDoubts } from '../../../renderer/lib/answer-doubts'

const pair = (tuned: string): EvaluatedPair => ({
  ...{ index: 0, before: [], question: 'いくらですか。', reference: '300円でございます。' },
  ...{ base: '200円です。', tuned, sample: null, others: [] }
})
const pairs = [pair('300円でございます。'), pair('900円でございます。')]
const kept = { asked: 3, values: 3, repeated: 1, inRun: 2, on: '2026-01-01' }
const leak = { run: 'a', report: null, kept }

test('answers that have something to look at, and what is personal, are said', () => {
  const said = answerDoubts({ run: 'a', answered: { run: 'a', pairs }, leak }, 'ja')
  expect(said).toEqual([
    expect.stringMatching(/2問のうち 1問/),
    expect.stringMatching(/1件をそのまま言いました/),
    expect.stringMatching(/2件が、隠されないまま/)
  ])
  expect(answerDoubts({ run: 'a', answered: { run: 'a', pairs }, leak }, 'en')).toHaveLength(3)
})

test('what is known of another run, or not yet, is not', () => {
  expect(answerDoubts({ run: 'b', answered: { run: 'a', pairs }, leak }, 'ja')).toEqual([])
  expect(answerDoubts({ run: 'a', answered: null, leak: null }, 'ja')).toEqual([])
  expect(
    answerDoubts({ run: 'a', answered: { run: 'a', pairs: pairs.slice(0, 1) }, leak: null }, 'ja')
  ).toEqual([])
})
