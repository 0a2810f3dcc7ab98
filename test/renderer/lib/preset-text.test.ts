// A quick try says of a part what is a part, and of all examples that it is short.
import { expect, test } from 'vitest'
import { goalKeys } from '../../../main/contract/goals'
import { presetText } from '../../../renderer/lib/preset-text'

const part = /\bpart\b|some of|一部/i

test.each(goalKeys.flatMap((goal) => (['ja', 'en'] as const).map((language) => [goal, language] as const)))(
  '%s, %s: only what uses a part of the examples says so',
  (goal, language) => {
    expect(presetText(goal, { key: 'quick', part: 0.3 }, language)).toMatch(part)
    expect(presetText(goal, { key: 'quick', part: 1 }, language)).not.toMatch(part)
  }
)

test('each goal has its own words', () =>
  expect(new Set(goalKeys.map((goal) => presetText(goal, { key: 'balanced', part: 1 }, 'ja'))).size).toBe(
    goalKeys.length
  ))
