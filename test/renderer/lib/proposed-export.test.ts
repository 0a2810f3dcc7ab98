// What this PC has is proposed; where it has nothing, or nobody knows yet, the whole model.
import { expect, test } from 'vitest'
import { proposedFor } from '../../../renderer/lib/proposed-export'

test.each([
  ['0.12.1', '/models', 'ollama'],
  [null, '/models', 'lm-studio'],
  [null, null, 'merged']
] as const)('Ollama %s, LM Studio %s: %s', (version, shownPath, kind) => {
  const found = { ollama: { version }, lmStudio: { shownPath } }
  expect(proposedFor(found as Parameters<typeof proposedFor>[0])).toBe(kind)
})

test('nobody has looked yet', () => expect(proposedFor(null)).toBe('merged'))
