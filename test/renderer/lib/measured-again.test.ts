// Two figures for one loss are never shown without a word.
import { expect, test } from 'vitest'
import type { CandidateResult } from '../../../main/contract/evaluation'
import { measuredAgain } from '../../../renderer/lib/measured-again'

const measured = (id: string, loss?: number): CandidateResult =>
  ({
    candidate: { id, kind: id },
    scores: loss === undefined ? {} : { loss: { value: loss, low: loss, high: loss } }
  }) as unknown as CandidateResult
const result = (base?: number, tuned?: number, texts = 0) => ({
  unasked: { texts, again: 0 },
  candidates: [measured('base', base), measured('tuned', tuned)]
})
const trained = { baseLoss: 8.573461, tunedLoss: 0.558135 }

test('says what the training measured where a reader would see another figure, and else nothing', () => {
  for (const language of ['ja', 'en'] as const) {
    const said = measuredAgain(trained, result(8.575145, 0.558053), language)
    expect(said).toContain('8.57')
    expect(said).toContain('0.56')
    expect(measuredAgain(trained, result(8.5741, 0.558053), language)).toBe('')
  }
})

test('where texts without a question were measured too, that is said with it', () => {
  expect(measuredAgain(trained, result(7.77, 3.42, 1), 'ja')).toContain('質問のない文章 1件')
  expect(measuredAgain(trained, result(7.77, 3.42, 2), 'en')).toContain('2 texts without a question')
  expect(measuredAgain(trained, result(7.77, 3.42), 'ja')).not.toContain('質問のない')
})

test('where one of them was not measured there is nothing to say', () => {
  expect(measuredAgain(null, result(8.6, 0.6), 'ja')).toBe('')
  expect(measuredAgain({ baseLoss: null, tunedLoss: null }, result(8.6, 0.6), 'ja')).toBe('')
  expect(measuredAgain(trained, result(8.6), 'ja')).toBe('')
})
