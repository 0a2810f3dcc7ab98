// Stop strings: never shown, however the text is cut into chunks; nothing else is ever lost.
import { describe, expect, test } from 'vitest'
import { StopStrings } from '../../../main/services/chat/stop-strings'

function shown(text: string, stops: readonly string[], cuts: readonly number[]): string {
  const filter = new StopStrings(stops)
  let out = ''
  let from = 0
  for (const cut of [...cuts, text.length]) {
    out += filter.push(text.slice(from, cut))
    from = cut
  }
  return out + filter.end()
}

/** What should be shown: everything before the first stop string. */
function expected(text: string, stops: readonly string[]): string {
  const places = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0)
  return places.length > 0 ? text.slice(0, Math.min(...places)) : text
}

describe('however the text is cut', () => {
  const texts = ['aab aaab</end>more', '<', '</en', 'よい一服を。\n\n質問', 'ababababac', '']
  const stopSets = [['</end>'], ['aaab'], ['\n\n'], ['abac', 'bab'], ['</end>', '</en>'], []]
  for (const text of texts) {
    for (const stops of stopSets) {
      test(`${JSON.stringify(text)} with ${JSON.stringify(stops)}`, () => {
        for (let first = 0; first <= text.length; first++) {
          for (let second = first; second <= text.length; second++) {
            expect(shown(text, stops, [first, second])).toBe(expected(text, stops))
          }
        }
        const everyLetter = Array.from({ length: text.length }, (_, at) => at)
        expect(shown(text, stops, everyLetter)).toBe(expected(text, stops))
      })
    }
  }
})

test('what cannot begin a stop string is shown at once', () => {
  const filter = new StopStrings(['</end>'])
  expect(filter.push('abc <')).toBe('abc ')
  expect(filter.push('b> d')).toBe('<b> d')
  expect(filter.push('</end>')).toBe('')
  expect(filter.stopped).toBe(true)
  expect(filter.push('more')).toBe('')
})
