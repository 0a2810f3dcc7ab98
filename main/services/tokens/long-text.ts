// A long text to ids piece by piece, at places where the whole text is divided too: what the library is given at once
// stays small, whatever a row holds. A place is taken only where the tokens before it are the same with and without what
// follows, seen from several distances; where there is none for long, the text is refused.
import { NeiroError } from '../../contract/errors'

export type EncodeTexts = (texts: readonly string[]) => Promise<readonly Int32Array[]>

export interface LongTextLimits {
  /** texts up to so many UTF-16 units go in one piece */
  readonly whole: number
  /** a text without a place to divide it for so long is refused */
  readonly unbroken: number
}

export const longTextLimits: LongTextLimits = { whole: 32_768, unbroken: 200_000 }

/** How far is looked back from a place. Several, of no common measure: in a run that repeats itself, each of them sees
 *  tokens begin elsewhere, and the place is not taken. */
const distances = [1021, 887, 509]
/** and ahead of it */
const ahead = 509
/** places that are tried in one stretch of text */
const mostTried = 24

/** Throws TEXT_UNBROKEN. */
export async function encodeLong(
  text: string,
  encode: EncodeTexts,
  { whole, unbroken }: LongTextLimits = longTextLimits
): Promise<Int32Array> {
  const parts: Int32Array[] = []
  for (let start = 0; start < text.length;) {
    const end = await endOfPiece(text, start, encode, { whole, unbroken })
    const before = text.slice(Math.max(0, start - (distances[0] as number)), start)
    const [context, both] = (await encode([before, before + text.slice(start, end)])) as [
      Int32Array,
      Int32Array
    ]
    parts.push(both.subarray(context.length))
    start = end
  }
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

async function endOfPiece(
  text: string,
  start: number,
  encode: EncodeTexts,
  { whole, unbroken }: LongTextLimits
): Promise<number> {
  // ever further, but what is looked through once is not looked through again
  for (let from = start + Math.ceil(whole / 2), to = start + whole; ; from = to, to += whole) {
    if (to >= text.length && text.length - start <= whole) return text.length
    for (const place of places(text, from, Math.min(to, text.length)))
      if (await divides(text, place, encode)) return place
    // the last stretch may be as long as any piece
    if (to >= text.length && text.length - start <= unbroken) return text.length
    if (to - start > unbroken) {
      throw new NeiroError('TEXT_UNBROKEN', { characters: String(unbroken) })
    }
  }
}

/** Where words and sentences meet, from the end of a stretch backwards. */
function* places(text: string, from: number, to: number): Generator<number> {
  let tried = 0
  let last = Infinity
  for (let at = to - 1; at > from && tried < mostTried; at--) {
    // two of them side by side would mostly be of one mind
    if (last - at < 16 || !isBorder(text, at)) continue
    last = at
    tried++
    yield at
  }
}

/** Before white space or punctuation that follows a letter or a digit; never inside a pair of surrogates. */
function isBorder(text: string, at: number): boolean {
  const [before, behind] = [text.charCodeAt(at - 1), text.charCodeAt(at)]
  if (behind >= 0xdc00 && behind < 0xe000) return false
  return isWord(before) && !isWord(behind)
}

function isWord(unit: number): boolean {
  return (
    (unit >= 48 && unit < 58) ||
    (unit >= 65 && unit < 91) ||
    (unit >= 97 && unit < 123) ||
    (unit >= 0xc0 && unit < 0x2000) ||
    (unit >= 0x3041 && unit < 0xd800)
  )
}

async function divides(text: string, place: number, encode: EncodeTexts): Promise<boolean> {
  const behind = text.slice(place, place + ahead)
  const befores = distances.map((distance) => text.slice(Math.max(0, place - distance), place))
  const encoded = await encode(befores.flatMap((before) => [before, before + behind]))
  const rests = befores.map((_, i) => {
    const [before, both] = [encoded[2 * i] as Int32Array, encoded[2 * i + 1] as Int32Array]
    return startsWith(both, before) ? both.subarray(before.length) : null
  })
  const [first] = rests
  return !!first && rests.every((rest) => rest?.length === first.length && startsWith(rest, first))
}

function startsWith(ids: Int32Array, beginning: Int32Array): boolean {
  return beginning.length <= ids.length && beginning.every((id, i) => ids[i] === id)
}
