// The clipboard may take the text, refuse it, or not be there at all.
import { afterEach, expect, test, vi } from 'vitest'
import { copyText } from '../../../renderer/lib/copy-text'

afterEach(() => vi.unstubAllGlobals())

test('says whether the text is on the clipboard', async () => {
  const held: string[] = []
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void held.push(text) } })
  expect([await copyText('/書き出し'), held]).toEqual([true, ['/書き出し']])
  vi.stubGlobal('navigator', {
    clipboard: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }
  })
  expect(await copyText('x')).toBe(false)
  vi.stubGlobal('navigator', {})
  expect(await copyText('x')).toBe(false)
})
