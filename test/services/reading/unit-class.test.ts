// A table of single characters counts as the pattern counts, pairs of surrogates and halves of them too.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { languageOfText } from '../../../main/services/dataset/read/script-language'
import { piecesOf } from '../../../main/services/doctor/alike/pieces'
import { UnitClass, widthAt } from '../../../main/services/reading/unit-class'

const signs = [
  'あ',
  '漢',
  'a',
  'Z',
  '1',
  '。',
  ' ',
  '\n',
  '𠮷',
  '😀',
  '・',
  'é',
  '\ud842',
  '\udfb7',
  'ﾊ',
  '々'
]
const text = fc.oneof(
  fc.array(fc.constantFrom(...signs), { maxLength: 30 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 30 })
)

test.each([/\p{L}/u, /[\s\p{P}\p{S}]/u, /[\s\p{P}]/u])('%s', (pattern) => {
  const all = new UnitClass(pattern)
  fc.assert(
    fc.property(text, (one) => {
      expect(all.countIn(one)).toBe([...one].filter((sign) => pattern.test(sign)).length)
    }),
    { numRuns: 500, seed: 3 }
  )
})

test('a character is as wide as its units', () => {
  expect([widthAt('𠮷', 0), widthAt('a', 0), widthAt('\ud842a', 0), widthAt('\ud842', 0)]).toEqual([
    2, 1, 1, 1
  ])
})

test('marks and symbols, pairs of surrogates among them, make no piece', () => {
  expect(piecesOf('お品😀は、届き（ます）')).toEqual(piecesOf('お品は届きます'))
  expect(piecesOf('𠮷野家です')).toHaveLength(4)
  expect(piecesOf('😀！')).toHaveLength(0)
  expect(piecesOf('は')).toHaveLength(1)
})

test('letters outside of the first plane count for their language', () => {
  expect(languageOfText('𠮷𠮷𠮷𠮷')).toBe('other')
})
