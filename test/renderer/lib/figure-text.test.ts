// What a run reached, where the heading says loss.
import { expect, test } from 'vitest'
import { bestText } from '../../../renderer/lib/figure-text'

test('a loss is a number, any other figure says its name, and nothing reached is a dash', () => {
  expect(bestText(null, 'ja', 'sft', true)).toBe('–')
  expect(bestText({ figure: 'loss', value: 1.266 }, 'ja', 'sft', true)).toBe('1.27')
  // near nothing it keeps the figures that are left, as on the page of the run
  expect(bestText({ figure: 'loss', value: 0.00031 }, 'ja', 'sft', true)).toBe('0.00031')
  expect(bestText({ figure: 'praise', value: 0.75 }, 'en', 'sft', true)).toBe('praise 0.75')
})

test('beside figures of other kinds a loss says its name', () => {
  expect(bestText({ figure: 'loss', value: 0.49 }, 'ja', 'sft', false)).toBe('損失 0.49')
  expect(bestText({ figure: 'loss', value: 0.49 }, 'en', 'sft', false)).toBe('loss 0.49')
})

test('what a preference calls its loss is not the loss of words, and has its own name', () => {
  expect(bestText({ figure: 'loss', value: 0.69 }, 'ja', 'dpo', true)).toBe('好みの損失 0.69')
  expect(bestText({ figure: 'loss', value: 0.69 }, 'en', 'kto', true)).toBe('preference loss 0.69')
})
