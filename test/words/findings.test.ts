// What a finding is made of, in one line: of one thing, one is said.
import { expect, test } from 'vitest'
import type { Finding } from '../../main/contract/check-up'
import { partsOf } from '../../main/words/findings'

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

test('a topic is not shortened', () => {
  const found = { ...finding([['bus', 1]]), kind: 'few-of-topic' as const }
  expect(partsOf(found, 'en', String)).toBe('1 bus')
})
