// No regular expression of main/ goes back more than linearly, whatever text it is given: each one that repeats anything
// without a bound is run over texts made to lead it astray.
import { describe, expect, test } from 'vitest'
import { findPatterns } from './find-patterns'
import { repeats } from './hostile-texts'
import { slowText } from './slow-text'

const { patterns, made } = findPatterns()

/** Made at run time of words that stand in the sources; each was looked at. */
const looked: readonly string[] = [
  // the user's own, for the tone of an answer; run where the answer is short
  'main/services/evaluation/tone.ts',
  // fixed words one beside the other
  'main/services/tokens/pieces.ts',
  // a name of ours, a line of the user's own settings
  'main/services/files/usual-folders.ts',
  // fixed phrases of the engine, whole and short
  'main/words/errors/engine-phrases.ts',
  // words of a list, bounded spaces, and the rest of the text
  'main/services/reading/docx/question-marks.ts'
]

test('they are all found, and none is made where nobody sees it', () => {
  expect(patterns.length).toBeGreaterThan(120)
  expect(made.filter((place) => !looked.some((file) => place.startsWith(file)))).toEqual([])
})

test('the proof itself finds what goes back', () => {
  const slow = ['(a+)+$', '\\s+$', '\\(.*?\\)', '^(a|a)*$', '[^,]*;', 'a*b', '(\\d+)(\\d+)x']
  for (const source of slow) {
    const pattern = { place: '', source, flags: '' }
    expect(repeats(pattern), source).toBe(true)
    expect(slowText(pattern), source).not.toBeNull()
  }
  for (const source of ['^\\s*a', '[a-z]{1,8};', '\\r\\n?', '^[^,]*$'])
    expect(slowText({ place: '', source, flags: '' }), source).toBeNull()
})

describe('every pattern that repeats is linear', () => {
  const wide = patterns.filter(repeats)
  test(`${wide.length} of them`, { timeout: 300_000 }, () => {
    const slow = wide.flatMap((pattern) => {
      const text = slowText(pattern)
      return text === null
        ? []
        : [`${pattern.place} /${pattern.source}/${pattern.flags} on ${JSON.stringify(text)}`]
    })
    expect(slow).toEqual([])
  })
})
