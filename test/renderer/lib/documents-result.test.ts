// What a training from documents came to, in one sentence; better, worse and neither are told apart.
import { expect, test } from 'vitest'
import { windowWords } from '../../../main/words/window'
import { documentsResult } from '../../../renderer/lib/documents-result'

test.each(['ja', 'en'] as const)('%s', (language) => {
  const { result, honest } = windowWords[language].documents
  const said = (basePerplexity: number | null, tunedPerplexity: number | null, heldOut = 40) =>
    documentsResult({ basePerplexity, tunedPerplexity }, heldOut, language)
  expect(said(35.24, 12.06)?.title).toBe(result.better('35.2', '12.1'))
  expect(said(12.06, 35.24)?.title).toBe(result.worse('12.1', '35.2'))
  expect(said(12.06, 12.07)?.title).toBe(result.same('12.1'))
  expect(said(35, 12)?.lead).toBe(honest)
  expect(said(35, 12, 3)?.lead).toContain(result.few('3'))
  expect(said(null, 12)).toBeNull()
})
