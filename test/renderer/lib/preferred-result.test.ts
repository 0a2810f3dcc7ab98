// The title of a training by preferences says both measures where they disagree.
import { expect, test } from 'vitest'
import type { PreferenceResult } from '../../../main/contract/evaluation'
import { preferredResult } from '../../../renderer/lib/preferred-result'

const result = (likelier: PreferenceResult['likelier']): PreferenceResult => ({
  ...{ of: 'pairs', count: 7, reference: 'start', accuracy: { value: 1, low: 0.6, high: 1 } },
  ...{ margin: { value: 1 }, rewardChosen: 1, rewardRejected: 0, likelier }
})

test('what moved is the title alone only where no other measure fell', () => {
  const title = (likelier: PreferenceResult['likelier'], language: 'ja' | 'en' = 'ja'): string =>
    preferredResult(result(likelier), [], null, language).title
  expect(title(null)).toMatch(/100\s% で、好ましい回答のほうへ近づきました$/)
  expect(title({ before: 0.5, after: 0.86 })).toBe(title(null))
  expect(title({ before: 1, after: 0.86 })).toMatch(/100\s%、ただし.*100\s% から 86\s% に減りました$/)
  expect(title({ before: 1, after: 0.86 }, 'en')).toMatch(/100\s%.*but.*100\s% → 86\s%/)
})
