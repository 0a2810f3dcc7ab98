// What a finding is made of, in one line: of one thing, one is said.
import { expect, test } from 'vitest'
import type { Finding } from '../../main/contract/check-up'
import { changeOf, partsOf } from '../../main/words/findings'

const finding = (counts: readonly (readonly [string, number])[]): Finding =>
  ({
    kind: 'personal-data',
    parts: counts.map(([name, count]) => ({ name, count }))
  }) as unknown as Finding

test('one of a kind is one in English, and nothing else changes', () => {
  const found = finding([
    ['phone', 2],
    ['address', 1],
    ['secret', 1]
  ])
  expect(partsOf(found, 'en', String)).toBe('2 phone numbers, 1 address, 1 key or password')
  expect(partsOf(found, 'ja', String)).toContain('住所 1')
})

test('what a repair takes away is said, and of which part', () => {
  expect(changeOf({ kind: 'notation', repair: 'unify' })).toBe('willChange')
  expect(changeOf({ kind: 'duplicates', repair: 'keep-one' })).toBe('willDrop')
  // held-out ones are counted, and it is their likes that go
  expect(changeOf({ kind: 'leakage', repair: 'leave-out' })).toBe('willDropLearnt')
})

test('a topic is not shortened', () => {
  const found = { ...finding([['bus', 1]]), kind: 'few-of-topic' as const }
  expect(partsOf(found, 'en', String)).toBe('1 bus')
})
