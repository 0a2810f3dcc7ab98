// What is advised follows from intervals: the cheapest way that surely keeps tone and facts, and never one that might.
import { expect, test } from 'vitest'
import type { CandidateKind } from '../../../main/contract/candidates'
import type { CandidateResult, Difference, EvaluationResult, Score } from '../../../main/contract/evaluation'
import { adviceCodes } from '../../../main/contract/advice'
import { adviceOf } from '../../../main/services/evaluation/advice'
import { draftOf } from '../../../main/services/evaluation/tone-draft'
import { evaluationWords } from '../../../main/words/evaluation'

const score = (low: number, over: Difference | null = null): Score => ({
  ...{ value: low + 0.05, low, high: Math.min(1, low + 0.1), items: 40 },
  ...{ overBase: over, tunedOver: null }
})
const way = (kind: CandidateKind, tone: number, facts: number | null, worse = false): CandidateResult =>
  ({
    candidate: { id: kind, kind },
    scores: {
      tone: score(tone),
      ...(facts !== null && { facts: score(facts) }),
      ...(worse && { chrf: score(20, { difference: -5, low: -8, high: -2 }) })
    }
  }) as CandidateResult
const result = (
  candidates: readonly CandidateResult[],
  o: { items?: number; verdict?: string } = {}
): EvaluationResult =>
  ({
    items: o.items ?? 40,
    candidates,
    verdict: o.verdict === undefined ? null : { code: o.verdict }
  }) as unknown as EvaluationResult

test('the cheapest way that surely keeps tone and facts is advised', () => {
  expect(adviceOf(result([way('base', 0.9, 0.9), way('prompt', 0.95, 0.95)]))).toBe('base-enough')
  expect(adviceOf(result([way('base', 0.1, 0.9), way('prompt', 0.85, 0.85)]))).toBe('prompt-enough')
  expect(
    adviceOf(result([way('base', 0.1, 0.5), way('prompt', 0.7, 0.9), way('retrieval', 0.9, null)]))
  ).toBe('retrieval-enough')
})

test('a lower end that does not reach it is not enough, and neither is being worse than the base', () => {
  expect(adviceOf(result([way('base', 0.1, 0.9), way('prompt', 0.79, 0.9)]))).toBe('train')
  expect(adviceOf(result([way('base', 0.1, 0.9), way('prompt', 0.9, 0.9, true)]))).toBe('train')
})

test('where facts are missing and the tone is not, search is advised', () => {
  expect(adviceOf(result([way('base', 0.9, 0.3), way('prompt', 0.9, 0.3)]))).toBe('search')
  expect(adviceOf(result([way('base', 0.1, 0.5), way('tuned', 0.9, 0.3)], { verdict: 'facts-lost' }))).toBe(
    'search'
  )
})

test('a tuned model is advised only where it is surely better', () => {
  const both = [way('base', 0.1, 0.9), way('tuned', 0.9, 0.9)]
  expect(adviceOf(result(both, { verdict: 'better' }))).toBe('tuned')
  for (const verdict of ['same', 'worse', 'forgot'])
    expect(adviceOf(result(both, { verdict }))).toBe('not-worth')
  expect(adviceOf(result(both, { verdict: 'prompt-enough' }))).toBe('prompt-enough')
})

test('of few questions nothing is advised, and each advice has a sentence in both languages', () => {
  expect(adviceOf(result([way('base', 1, 1)], { items: 11 }))).toBe('few')
  for (const words of Object.values(evaluationWords))
    for (const code of adviceCodes) expect(words.advice.codes[code].lead('1', '20')).not.toBe('')
})

test('an instruction is drafted from what the answers have in common', async () => {
  const learnt = Array.from({ length: 30 }, (_, row) => ({
    kind: 'conversation' as const,
    messages: [
      { role: 'user' as const, content: `${row}番はありますか。` },
      {
        role: 'assistant' as const,
        content: `月しろ茶舗でございます。${row}番は${300 + row}円で承っております。どうぞ、よい一服を。`
      }
    ],
    source: { file: 'x', row }
  }))
  const draft = await draftOf(learnt)
  expect(draft).toContain('月しろ茶舗でございます。')
  expect(draft).toContain('どうぞ、よい一服を。')
  expect(await draftOf([])).not.toBe('')
  // what few of them say is ordered for none
  const few = learnt.map((example, row) =>
    row % 3 === 0
      ? example
      : { ...example, messages: [example.messages[0], { ...example.messages[1], content: `${row}円です。` }] }
  ) as typeof learnt
  expect(await draftOf(few)).not.toMatch(/書き出す|結ぶ/)
})
