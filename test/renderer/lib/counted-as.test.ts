// What is learnt from is counted in one word: rows where texts are sorted, in the rail as in the reasons of a preset.
import { expect, test } from 'vitest'
import { windowWords } from '../../../main/words/window'
import { countedFor } from '../../../renderer/lib/counted-as'

test('rows where texts are sorted, pairs elsewhere', () => {
  expect(['tone', 'prefer', 'sort'].map((goal) => countedFor(goal as 'tone', 'ja')('7'))).toEqual([
    '7組',
    '7組',
    '7行'
  ])
  expect(countedFor('sort', 'en')('1')).toBe('1 row')
})

test('no reason of a preset speaks of pairs where rows are sorted', () => {
  const details = { all: '72', examples: '65', epochs: '10', tokens: '64', batch: '8', steps: '2', rank: '8' }
  for (const [language, other] of [
    ['ja', /\d組/],
    ['en', /\d examples?/]
  ] as const)
    for (const reason of Object.values(windowWords[language].train.reasons))
      expect(reason(details, countedFor('sort', language))).not.toMatch(other)
})
