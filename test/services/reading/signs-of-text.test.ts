// One look at a text tells at least as much as the patterns of those who ask: whatever a pattern finds, its sign was seen.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOf } from '../../../main/services/dataset/kept/search-form'
import { traces, mayHoldTraces, tracesIn } from '../../../main/services/dataset/read/text-traces'
import { mayHoldBoxes, tickedIn, boxIn } from '../../../main/services/dataset/read/ticked-boxes'
import { openingHash, openingKey } from '../../../main/services/dataset/set/split'
import { signs, signsIn, unreadable } from '../../../main/services/reading/signs-of-text'

const parts = [
  ...[
    '送料は',
    '、',
    '。',
    '？',
    'answer ',
    'Word',
    ' ',
    '\u3000',
    '\n',
    '例',
    '元の',
    '：',
    ': ',
    '（',
    ')',
    '[ ]',
    '[x]'
  ],
  ...[
    '☑ はい',
    '□',
    '○',
    '🗹',
    '<br>',
    '&amp;',
    '＜＜名前＞＞',
    '{{name}}',
    '__label__',
    '_x000D_',
    'END',
    '###',
    '12E+5'
  ],
  ...[
    'か\u3099',
    '각',
    'e\u0301',
    '\ufffd',
    '\ufffe',
    '\0',
    '\ud800',
    '𠮷',
    '\x1e',
    '\x1f',
    '\u200b',
    'ｶﾞ',
    'Ａ１',
    '①',
    '…',
    '。。。'
  ],
  ...[
    'wrote:',
    'Original Message',
    '> ',
    '00:01:02,000 --> ',
    '=SUM(A1)',
    'http',
    '%20',
    '\\n',
    'サンプル',
    'ABab12+/'.repeat(4)
  ]
]
const texts = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 8 })
    .map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 30 })
)

const asked: readonly (readonly [keyof typeof signs, RegExp])[] = [
  ['broken', /[\0\ufffe\ud800-\udfff]/],
  ['mark', /[\p{M}\uff9e\uff9f]/u],
  ['apart', /[\u0300-\u036f\u3099\u309a]|[\u1100-\u11ff]{2}/],
  ['box', /[☐☑☒□○◯]|\[ \]|\ud83d\uddf9/],
  ['blank', /[ \t\u3000\u00a0](?:\r?\n|$)/]
]

test('what could not be read has its sign', () => {
  expect(signsIn(`送料${unreadable}`) & signs.broken).not.toBe(0)
  expect(signsIn('送料は') & signs.broken).toBe(0)
})

test('what a pattern finds has its sign', () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (all) => {
      // one after another, as they are asked in turn
      for (const text of [...all, ...all])
        for (const [name, pattern] of asked)
          if (pattern.test(text))
            expect(signsIn(text) & signs[name], `${name}: ${JSON.stringify(text)}`).not.toBe(0)
    }),
    { numRuns: 3000 }
  )
})

test('what folding and normalising change has its sign', () => {
  fc.assert(
    fc.property(texts, (text) => {
      if (text.normalize('NFKC').toLowerCase() !== text) expect(signsIn(text) & signs.fold).not.toBe(0)
    }),
    { numRuns: 3000 }
  )
})

test('a trace, a box and a tick are missed by no first look', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const found = [...tracesIn([text]).keys()]
      // what a mail quotes is told by signs that stand in ordinary texts as well
      const known = found.filter((kind) => traces.some((trace) => trace.kind === kind))
      if (known.length > 0) expect(mayHoldTraces([text]), JSON.stringify(text)).toBe(true)
      if (tickedIn(text) !== null || boxIn(text))
        expect(mayHoldBoxes(text) || boxIn(text) !== null).toBe(true)
    }),
    { numRuns: 3000 }
  )
})

test('the hash of what is opened with is that of its key', () => {
  const kept = ['', '！？', ' 。 ', 'a'.repeat(100_001), '送料は？', 'Ｑ．送料', '\ud800、\udc00']
  for (const text of kept) expect(openingHash(text)).toEqual(hashOf(openingKey(text)))
  fc.assert(
    fc.property(texts, (text) => {
      expect(openingHash(text)).toEqual(hashOf(openingKey(text)))
    }),
    { numRuns: 3000 }
  )
})
