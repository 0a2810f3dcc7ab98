// The count, the marks and the table of a comparison agree on which answers are doubtful.
import { expect, test } from 'vitest'
import type { EvaluatedPair } from '../../main/contract/window/results'
import { hasTroubles, noTroubles } from '../../main/metrics/answer-troubles'
import { doubtfulPairs, houseOf, keptIn, missedIn, troublesOn } from '../../main/metrics/doubtful-answers'

const all = { baseTone: true, tunedTone: true, baseFacts: true, tunedFacts: true }
const pair = (change: Partial<EvaluatedPair> = {}): EvaluatedPair => ({
  ...{ index: 0, before: [], question: 'いくらですか', reference: '300円です。', base: '300円です。' },
  ...{ tuned: '300円でございます。', sample: all, others: [] },
  ...change
})

test('what the sample misses in an answer is marked, counted, and lacking in the table', () => {
  const pairs = [
    pair(),
    // no number and no marked name is lost: only the sample knows
    pair({ sample: { ...all, tunedFacts: false } }),
    pair({ sample: { ...all, tunedTone: false } }),
    pair({ sample: { ...all, tunedTone: false, tunedFacts: false } })
  ]
  const house = houseOf(pairs)
  expect(pairs.map((one) => troublesOn(one, 'tuned', house).missed)).toEqual([
    [],
    ['facts'],
    ['tone'],
    ['tone', 'facts']
  ])
  const marked = pairs.flatMap((one, at) => (hasTroubles(troublesOn(one, 'tuned', house)) ? [at] : []))
  expect(marked).toEqual([1, 2, 3])
  expect(doubtfulPairs(pairs)).toEqual(marked)
  expect([keptIn(pairs, 'tuned', 'facts'), keptIn(pairs, 'tuned', 'tone')]).toEqual([2, 2])
  expect([keptIn(pairs, 'base', 'facts'), keptIn(pairs, 'base', 'tone')]).toEqual([4, 4])
})

test('of the base model lost facts are marked, and not that nobody taught it the tone', () => {
  const one = pair({ sample: { ...all, baseTone: false, baseFacts: false } })
  expect(troublesOn(one, 'base', houseOf([one])).missed).toEqual(['facts'])
  expect(missedIn(one, 'base')).toEqual(['tone', 'facts'])
  expect(doubtfulPairs([one])).toEqual([])
})

test('a refusal is looked at, and says its own reason', () => {
  const one = pair({ tuned: '', refused: 'against the rules', sample: null })
  expect(doubtfulPairs([one])).toEqual([0])
  expect(troublesOn(one, 'tuned', houseOf([one]))).toEqual(noTroubles)
  expect(missedIn(one, 'tuned')).toBeNull()
  expect(keptIn([one], 'tuned', 'facts')).toBe(0)
})
