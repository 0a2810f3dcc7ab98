// The form in which texts are searched: width, case and form do not matter to somebody who searches. And the hash by which
// examples stand on one side of the split.
import { signs, signsIn } from '../../reading/signs-of-text'
import { widthAt, type UnitClass } from '../../reading/unit-class'

export const folded = (text: string): string =>
  (signsIn(text) & signs.fold) !== 0 ? text.normalize('NFKC').toLowerCase() : text

/** The same, with the last one remembered. */
export function rememberingFolded(): (text: string) => string {
  let [last, form] = ['', '']
  return (text) => {
    if (text !== last) [last, form] = [text, folded(text)]
    return form
  }
}

/** Characters that are folded at once: there are signs that become eighteen. */
const pieceLength = 1 << 16

/** A text in pieces that are folded each for itself, so that a long one never stands whole in its folded form. */
export function* inPieces(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    let end = at + pieceLength
    // where one letter ends and another begins, if there is such a place near by
    for (let back = 0; back < 64 && end < text.length && !isBetween(text, end); back++) end--
    yield text.slice(at, end)
    at = end
  }
}

/** No white space before, and behind it a letter that melts into nothing. */
function isBetween(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code < 0x300 || (code >= 0x4e00 && code <= 0x9fff)) && text[at - 1]?.trim() !== ''
}

/** Between two texts of an example, and behind the last one: no byte of UTF-8, so that nothing is found across it. */
export const textEnd = 0xff

/** Two numbers of 32 bits for a text: among a million texts, two that share both are one chance in thirty million. (After
 *  cyrb53 by bryc, public domain.) without: characters that are passed over */
export function hashOf(text: string, without?: UnitClass): readonly [number, number] {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    if (without?.isAt(text, i)) {
      if (widthAt(text, i) === 2) i++
      continue
    }
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [a >>> 0, b >>> 0]
}
