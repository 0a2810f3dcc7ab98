// The nearest name: distance as defined, and the guesses a person would make.
import { describe, expect, test } from 'vitest'
import { editDistance, nearest } from '../../../main/services/recipes/nearest'

describe('editDistance', () => {
  test('known distances', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('abc', 'abc')).toBe(0)
    expect(editDistance('口調', '口語調')).toBe(1)
  })

  test('is symmetric and keeps the triangle', () => {
    const words = ['tune', 'tine', 'data', 'date', 'eval', '', 'evaluate', 'export']
    for (const a of words) {
      for (const b of words) {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        for (const c of words)
          expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
      }
    }
  })
})

test('nearest finds what was meant', () => {
  const names = ['learning-rate', 'lora-rank', 'lora-alpha', 'data', 'epochs', 'max-seq-length', 'seed']
  expect(nearest('leraning-rate', names)).toBe('learning-rate')
  expect(nearest('learningRate', names)).toBe('learning-rate')
  expect(nearest('rank', names)).toBe('lora-rank')
  expect(nearest('epoch', names)).toBe('epochs')
  expect(nearest('max_length', names)).toBe('max-seq-length')
  expect(nearest('lr', [])).toBe('')
})
