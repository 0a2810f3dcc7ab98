// The check that decides whether an export is done: what it must let pass, and what it must never.
import { describe, expect, test } from 'vitest'
import { checkLogits, probeSequences, probeTokens } from '../../../main/services/exports/check-logits'

const logits = (...values: number[]): Float32Array => Float32Array.from(values)

describe('probeSequences', () => {
  test('the same for the same vocabulary, inside it, of several lengths, spread over it', () => {
    for (const vocabSize of [1, 7, 320, 151_936]) {
      const sequences = probeSequences(vocabSize)
      expect(sequences).toEqual(probeSequences(vocabSize))
      const all = sequences.flatMap((sequence) => [...sequence])
      expect(Math.min(...all)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...all)).toBeLessThan(vocabSize)
      expect(new Set(sequences.map((sequence) => sequence.length)).size).toBeGreaterThan(3)
      for (const sequence of sequences) {
        expect(sequence.length).toBeGreaterThan(0)
        expect(sequence.length).toBeLessThanOrEqual(probeTokens)
      }
      if (vocabSize > 1000) expect(new Set(all).size).toBeGreaterThan(all.length / 2)
    }
  })
})

describe('checkLogits', () => {
  const expected = [logits(1, -4, 2), logits(10, 0, 0)]

  test('equal to the bit passes with tolerance zero', () => {
    expect(checkLogits(expected, expected, 0, '/out')).toEqual({
      prompts: 2,
      largest: 0,
      tolerance: 0
    })
  })

  test('the difference is relative to the largest logit of its prompt, and the worst prompt counts', () => {
    const actual = [logits(1, -4, 2.004), logits(10.02, 0, 0)]
    expect(checkLogits(expected, actual, 0.01, '/out').largest).toBeCloseTo(0.002, 4)
  })

  const wrong: readonly [string, Float32Array[]][] = [
    ['one bit where none may differ', [logits(1, -4, 2.0000002), logits(10, 0, 0)]],
    ['no number', [logits(1, NaN, 2), logits(10, 0, 0)]],
    ['infinity', [logits(1, Infinity, 2), logits(10, 0, 0)]],
    ['a prompt missing', [logits(1, -4, 2)]],
    ['another vocabulary', [logits(1, -4), logits(10, 0, 0)]]
  ]
  for (const [what, actual] of wrong) {
    test(`${what} does not pass`, () => {
      expect(() => checkLogits(expected, actual, 0, '/out')).toThrowError(
        expect.objectContaining({
          code: 'EXPORT_DIFFERS',
          details: expect.objectContaining({ target: '/out' })
        })
      )
    })
  }

  test('an expectation that is no number never passes', () => {
    expect(() => checkLogits([logits(NaN)], [logits(NaN)], 1, '/out')).toThrowError()
  })
})
