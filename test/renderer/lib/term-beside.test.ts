// A term stands beside its word only where it adds something.
import { expect, test } from 'vitest'
import { termBeside } from '../../../renderer/lib/term-beside'

test('the same word is not written twice', () => {
  expect(termBeside('学習率', 'learning rate')).toBe('learning rate')
  expect(termBeside('Learning rate', 'learning rate')).toBe('')
  expect(termBeside('Loss', 'loss')).toBe('')
  expect(termBeside('Examples at a time', 'batch size')).toBe('batch size')
  expect(termBeside('トークン', undefined)).toBe('')
})
