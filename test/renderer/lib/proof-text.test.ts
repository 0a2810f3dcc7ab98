// An export in a form that rounds is not called the same computation, whatever its answers were.
import { expect, test } from 'vitest'
import { proofText } from '../../../renderer/lib/proof-text'

test('the same only where nothing but the order of adding differs', () => {
  expect(proofText({ prompts: 6, largest: 0 }, false, 'ja')).toBe('6問で、同じ計算になることを確認しました')
  expect(proofText({ prompts: 6, largest: 5e-5 }, true, 'ja')).toContain('6件の文章で、同じ計算')
  for (const largest of [2e-4, 0.25]) {
    const said = proofText({ prompts: 6, largest }, false, 'ja')
    expect(said).toContain('丸めた')
    expect(said).not.toContain('同じ計算')
  }
  expect(proofText({ prompts: 1, largest: 0.25 }, false, 'en')).toBe(
    'Compared on 1 prompt: it differs no more than rounding its numbers does'
  )
})
