// Matches of a pattern are those that matchAll has, and a word that is ruled out by its first signs is nowhere in the text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesOf } from '../../../main/services/doctor/matches'
import { Signs } from '../../../main/services/doctor/signs'

const text = fc.string({ unit: fc.constantFrom('a', 'b', '様', 'です', '\n', ' ', '1'), maxLength: 40 })

test('every match, empty ones too, whatever the pattern was used for before', () => {
  const patterns = [/a+/g, /(?=様)/g, /です|様/g, /(?<it>b)a?/g, /^a/g, /$/g]
  fc.assert(
    fc.property(text, fc.constantFrom(...patterns), (one, pattern) => {
      pattern.test(one)
      const [ours, theirs] = [matchesOf(one, pattern), [...one.matchAll(pattern)]]
      expect(ours.map(({ 0: words, index, groups }) => [words, index, { ...groups }])).toEqual(
        theirs.map(({ 0: words, index, groups }) => [words, index, { ...groups }])
      )
    })
  )
})

test('a word that a text holds is never ruled out, and one whose signs it lacks is', () => {
  const signs = new Signs()
  fc.assert(
    fc.property(text, text, (one, word) => {
      fc.pre(word !== '')
      signs.look(one)
      if (one.includes(word)) expect(signs.mayHold(word)).toBe(true)
      if (!one.includes(word[0] as string)) expect(signs.mayHold(word)).toBe(false)
    })
  )
})
