// A comparison's title is what was counted or measured; it never says that answers are good.
import { describe, expect, test } from 'vitest'
import type { TallyResult } from '../../../main/contract/votes'
import type { EvaluatedPair, Evaluation } from '../../../main/contract/window/results'
import { compareResult } from '../../../renderer/lib/compare-result'
import { doubtfulPairs } from '../../../main/metrics/doubtful-answers'

const pair = (change: Partial<EvaluatedPair> = {}): EvaluatedPair => ({
  ...{ index: 0, before: [], question: 'いくらですか', reference: '300円です。', base: 'わかりません。' },
  ...{ tuned: '300円でございます。', sample: null, others: [] },
  ...change
})
const evaluation = (change: Partial<Evaluation> = {}): Evaluation => ({
  ...{
    run: 'run',
    state: 'done',
    done: 2,
    total: 2,
    answeredPairs: 2,
    differingPairs: 2,
    unasked: { texts: 0, again: 0 },
    baseLoss: 2.38,
    tunedLoss: 1.27
  },
  ...{ basePerplexity: 10, tunedPerplexity: 3, busy: null, cancelled: false, error: null },
  ...{ secondsLeft: null, candidates: [], general: null },
  pairs: [pair(), pair({ tuned: '200円です。' })],
  ...change
})

test('the distance is said as measured, and how many answers are to be looked at', () => {
  const said = compareResult(evaluation(), 'ja')
  expect(said?.title).toBe('お手本とのずれは、2.38 から 1.27 に減りました')
  expect(said?.lead).toContain('1問')
  expect(doubtfulPairs(evaluation().pairs)).toEqual([1])
  expect(compareResult(evaluation({ tunedLoss: 3 }), 'en')?.title).toContain('rose')
  expect(compareResult(evaluation({ tunedLoss: 2.381 }), 'ja')?.title).toContain('2.38 のまま')
})

test('what the evaluation says is the title, what was measured stands under it', () => {
  const verdict = { code: 'few', items: 2, fewest: 20, standings: {}, forgot: null } as const
  const said = compareResult(evaluation(), 'ja', verdict)
  expect(said?.title).toBe('点数からは、まだどちらがよいとは言えません')
  expect(said?.lead).toMatch(/^お手本とのずれは、2.38 から 1.27 に減りました。2問の回答を、/)
})

describe('people who voted', () => {
  const few = { code: 'few', items: 2, fewest: 20, standings: {}, forgot: null } as const
  const vote = (standing: TallyResult['standing']): TallyResult => ({
    ...{ votes: 11, voters: 1, wins: 9, losses: 1, ties: 1, standing },
    ...{ rate: { value: 0.9, low: 0.6, high: 0.98 }, agreement: null },
    questions: {
      terms: { wins: 9, ties: 1, losses: 1 },
      context: { wins: 9, ties: 1, losses: 1 },
      consistent: { wins: 9, ties: 1, losses: 1 },
      culture: { wins: 9, ties: 1, losses: 1 }
    }
  })

  test('say it where scores cannot', () => {
    const said = compareResult(evaluation(), 'ja', few, vote('tuned'))
    expect(said?.title).toBe('投票では、学んだモデルのほうが多く選ばれました')
    expect(said?.lead).toMatch(
      /^ふせて比べた10回のうち9回で、学んだモデルが選ばれました。お手本とのずれは、2.38 から/
    )
  })

  test('stand under what scores say, and too few of them nowhere', () => {
    const better = { ...few, code: 'better', items: 30 } as const
    const said = compareResult(evaluation(), 'en', better, vote('even'))
    expect(said?.title).toBe(compareResult(evaluation(), 'en', better)?.title)
    expect(said?.lead).toMatch(/^The votes show no difference\. /)
    expect(compareResult(evaluation(), 'ja', few, vote('not-enough'))).toEqual(
      compareResult(evaluation(), 'ja', few)
    )
  })
})

test('of the sample the answers in the tone are counted', () => {
  const sample = { baseTone: false, tunedTone: true, baseFacts: true, tunedFacts: true }
  const said = compareResult(evaluation({ pairs: [pair({ sample }), pair({ sample })] }), 'ja')
  expect(said?.title).toBe('2問のうち、口調が合う回答は 0問から 2問になりました')
  expect(said?.lead).not.toContain('気になる')
})

test('what the table does not count is looked at', () => {
  const sample = { baseTone: false, tunedTone: true, baseFacts: true, tunedFacts: true }
  const pairs = [
    pair({ sample }),
    pair({ sample: { ...sample, tunedFacts: false } }),
    pair({ sample: { ...sample, tunedTone: false } })
  ]
  expect(compareResult(evaluation({ pairs, answeredPairs: 3, total: 3 }), 'ja')?.lead).toContain(
    '気になるものが 2問'
  )
})

test('nothing is said before all are answered', () => {
  expect(compareResult(evaluation({ state: 'running', answeredPairs: 1 }), 'ja')).toBeNull()
  // general questions are asked meanwhile
  expect(compareResult(evaluation({ state: 'running' }), 'ja')).toEqual(compareResult(evaluation(), 'ja'))
  expect(compareResult(evaluation({ state: 'none', pairs: [] }), 'ja')).toBeNull()
})
