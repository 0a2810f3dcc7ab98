// Seconds of one answer: nothing takes no time.
import { expect, test } from 'vitest'
import { answerSeconds } from '../../main/words/evaluation/answer-seconds'

test.each([
  [null, '–'],
  [0, '<\u00a00.1'],
  [0.049, '<\u00a00.1'],
  [0.05, '0.1'],
  [0.42, '0.4'],
  [1234.56, '1,234.6']
])('%s seconds', (seconds, text) => {
  expect(answerSeconds(seconds, 'ja')).toBe(text)
  expect(answerSeconds(seconds, 'en')).toBe(text)
})
