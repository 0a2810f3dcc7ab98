// A run stands above another one by its scores only where enough questions are shared, as the verdict of Compare has it.
import { expect, test } from 'vitest'
import { fewestItems } from '../../../main/contract/evaluation'
import { runStanding } from '../../../renderer/lib/run-standing'

const above = { difference: 2, low: 1, high: 3 }

test('of few shared questions nothing is said', () => {
  expect(runStanding('chrf', above, fewestItems - 1)).toBe('few')
  expect(runStanding('chrf', above, fewestItems)).toBe('better')
})

test('by the score’s own direction, and by the wide interval', () => {
  expect(runStanding('loss', above, 50)).toBe('worse')
  expect(runStanding('chrf', { ...above, together: { low: -1, high: 5 } }, 50)).toBe('unclear')
})
