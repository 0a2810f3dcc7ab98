// A file whose rows the goal does not learn from is said to be none of its data.
import { expect, test } from 'vitest'
import { isForExperts, isUsedFor } from '../../../renderer/lib/used-file'

test('by its shape a file is learnt from, or not', () => {
  expect(isUsedFor('tone', 'question-answer')).toBe(true)
  expect(isUsedFor('tone', 'messages')).toBe(true)
  expect(isUsedFor('tone', 'text-label')).toBe(false)
  expect(isUsedFor('sort', 'text-label')).toBe(true)
  expect(isUsedFor('sort', 'prompt-completion')).toBe(false)
  expect(isUsedFor('prefer', 'rated')).toBe(true)
  expect(isUsedFor('documents', 'question-answer')).toBe(false)
})

test('what only experts learn from is told from what nobody does', () => {
  expect(isForExperts('tone', 'text-label')).toBe(true)
  expect(isForExperts('tone', 'rated')).toBe(false)
  expect(isForExperts('documents', 'text-label')).toBe(false)
})
