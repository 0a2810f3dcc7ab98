// What is learnt from is counted in one word: rows where texts are sorted, in the rail as in the reasons of a preset.
import { expect, test } from 'vitest'
import { windowWords } from '../../../main/words/window'
import { checkUpWords } from '../../../main/words/findings'
import { augmentWordsFor } from '../../../main/words/augment'
import { countedFor, keptOf } from '../../../renderer/lib/counted-as'

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

test('where texts are sorted neither check-up nor made examples speak of pairs, questions or answers', () => {
  for (const [language, other] of [
    ['ja', /組|質問|回答/],
    ['en', /\bpair|question|answer|example/i]
  ] as const) {
    const rows = countedFor('sort', language)('7')
    const { checking, lead, allFine, willChange, willDrop, keep } = checkUpWords[language].room
    for (const say of [checking, lead, allFine, willChange, willDrop]) expect(say(rows)).not.toMatch(other)
    for (const choice of keptOf('sort')) expect(keep[choice]).not.toMatch(other)
    const { kinds, share, would, none, from, becomes } = augmentWordsFor('sort', language)
    const said = [share, would('1', '2', '3'), none, from, becomes, kinds.typing.help, kinds.synonyms.help]
    for (const one of said) expect(one).not.toMatch(other)
  }
  expect(augmentWordsFor('tone', 'ja').from).toContain('質問')
  expect(keptOf('tone')).toContain('longest')
})
