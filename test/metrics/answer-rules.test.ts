// What rules think of answers.
import { expect, test } from 'vitest'
import { defaultSettings, type Settings } from '../../main/contract/settings'
import { rewardOf, rulesOf } from '../../main/metrics/answer-rules'

const thinks = (settings: Partial<Settings>, answer: string, reference = ''): number =>
  rewardOf(rulesOf({ ...defaultSettings, ...settings }), answer, reference)

test('without any there are none', () => {
  expect(rulesOf(defaultSettings)).toEqual([])
})

test('a length is right within its span, and the more wrong the farther it is outside; one end may be open', () => {
  expect(thinks({ rewardLength: '4-8' }, '12345')).toBe(1)
  expect(thinks({ rewardLength: '4-8' }, '12')).toBe(0.5)
  expect(thinks({ rewardLength: '4-8' }, '1'.repeat(16))).toBe(0.5)
  expect(thinks({ rewardLength: '4-8' }, '')).toBe(0)
  expect(thinks({ rewardLength: '-8' }, '')).toBe(1)
  expect(thinks({ rewardLength: '4-' }, '1'.repeat(900))).toBe(1)
  // characters, and not halves of them
  expect(thinks({ rewardLength: '2-2' }, '𠮷野')).toBe(1)
})

test('words are counted by their share, in either width and any case, parted by commas of either language', () => {
  expect(thinks({ rewardContains: 'Thank you、返品' }, 'ＴＨＡＮＫ you very much')).toBe(0.5)
  expect(thinks({ rewardForbidden: '無理, できません' }, 'それは無理です')).toBe(0.5)
  expect(thinks({ rewardForbidden: '無理' }, '承ります')).toBe(1)
})

test('JSON is a whole object or list', () => {
  expect(thinks({ rewardJson: true }, ' {"a": [1]} ')).toBe(1)
  expect(thinks({ rewardJson: true }, '[]')).toBe(1)
  for (const answer of ['12', '"a"', 'null', '{"a": 1', 'Here: {"a": 1}'])
    expect(thinks({ rewardJson: true }, answer)).toBe(0)
})

test('the same answer is the same whatever is around it, and several rules count alike', () => {
  expect(thinks({ rewardSame: true }, ' Returns\n', 'ｒeturns')).toBe(1)
  expect(thinks({ rewardSame: true }, 'returns please', 'returns')).toBe(0)
  expect(thinks({ rewardSame: true, rewardLength: '1-9' }, 'delivery', 'returns')).toBe(0.5)
})
