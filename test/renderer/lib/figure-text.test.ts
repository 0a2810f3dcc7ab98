// What a run reached, where the heading says loss.
import { expect, test } from 'vitest'
import { bestText } from '../../../renderer/lib/figure-text'

test('a loss is a number, any other figure says its name, and nothing reached is a dash', () => {
  expect(bestText(null, 'ja', 'sft')).toBe('–')
  expect(bestText({ figure: 'loss', value: 1.266 }, 'ja', 'sft')).toBe('1.27')
  expect(bestText({ figure: 'praise', value: 0.75 }, 'en', 'sft')).toBe('praise 0.75')
})

test('what a preference calls its loss is not the loss of words, and has its own name', () => {
  expect(bestText({ figure: 'loss', value: 0.69 }, 'ja', 'dpo')).toBe('好みの損失 0.69')
  expect(bestText({ figure: 'loss', value: 0.69 }, 'en', 'kto')).toBe('preference loss 0.69')
})
