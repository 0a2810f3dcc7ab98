// A run whose name we made is called so in the language of who looks; a name that somebody gave stays.
import { expect, test } from 'vitest'
import { sweepWords } from '../../main/words/sweep'
import { runNameIn } from '../../main/words/run-name'

test.each([
  ['お試し 1', 'Quick try 1'],
  ['仕上げ重視 12', 'Quality 12'],
  [sweepWords.ja.runName('1', '2'), sweepWords.en.runName('1', '2')]
])('%s is %s in English, and the other way round', (ja, en) => {
  expect([runNameIn(ja, 'en'), runNameIn(en, 'ja')]).toEqual([en, ja])
  expect([runNameIn(ja, 'ja'), runNameIn(en, 'en')]).toEqual([ja, en])
})

test.each(['はじめての学習', 'お試し', 'お試し 1 回目', '2026 年 1 月', ''])('%s stays', (name) =>
  expect(runNameIn(name, 'en')).toBe(name)
)
