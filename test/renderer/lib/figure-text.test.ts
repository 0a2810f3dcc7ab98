// What a run reached, where the heading says loss.
import { expect, test } from 'vitest'
import { bestText } from '../../../renderer/lib/figure-text'

test('a loss is a number, any other figure says its name, and nothing reached is a dash', () => {
  expect(bestText(null, 'ja')).toBe('–')
  expect(bestText({ figure: 'loss', value: 1.266 }, 'ja')).toBe('1.27')
  expect(bestText({ figure: 'praise', value: 0.75 }, 'en')).toBe('praise 0.75')
})
