// What is no key of a service is remarked on; what may be one is not.
import { expect, test } from 'vitest'
import { oddKey } from '../../../renderer/lib/odd-key'

test('a word is no key, a key is', () => {
  const openai = { kind: 'openai', where: '' } as const
  const azure = { kind: 'azure', where: 'https://a.openai.azure.com' } as const
  expect(oddKey(openai, 'abc')).toBe('openai')
  expect(oddKey(azure, 'abc')).toBe('azure')
  expect(oddKey(openai, '')).toBe(null)
  expect(oddKey(openai, ` sk-proj-${'a1B_'.repeat(8)} `)).toBe(null)
  expect(oddKey(azure, '0123456789abcdef'.repeat(2))).toBe(null)
  // a server of one's own gives out what it likes
  const own = { kind: 'openai', where: 'http://gpu:8000/v1' } as const
  expect(oddKey(own, 'abc')).toBe('other')
  expect(oddKey(own, 'team-key-1')).toBe(null)
})
