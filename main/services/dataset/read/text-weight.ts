// The texts of an example as characters: how many, and whether they are such as a person writes. Throws a refusal where not.
import type { Example } from '../../../contract/records'
import { limits } from '../../reading/limits'
import { refuse } from '../../reading/refusals'
import { signs, signsIn, unreadable } from '../../reading/signs-of-text'
import { kindOf } from '../kinds'

/** encoding: of the file, to be named */
export function textWeight(example: Example, encoding: string): number {
  let sum = 0
  for (const text of kindOf(example).texts(example)) {
    if ((signsIn(text) & signs.broken) !== 0 && isBroken(text))
      throw refuse('BROKEN_CHARACTERS', { encoding: encoding || '—' })
    if (pilesMarks(text)) throw refuse('PILED_MARKS', { most: String(limits.marks) })
    sum += text.length
  }
  return sum
}

const isBroken = (text: string): boolean =>
  text.includes(unreadable) || text.includes('\0') || !text.isWellFormed()

/** a mark is written over the letter before it; the half-width ones become such marks when they are folded */
const mark = /[\p{M}\uff9e\uff9f]/u

/** More marks on one letter than anybody writes: putting them in order takes whoever folds the text the square of their
 *  number. Looks only where a pile of that height must have a part. */
export function pilesMarks(text: string): boolean {
  if ((signsIn(text) & signs.mark) === 0) return false
  const isMark = (at: number): boolean => {
    const code = text.charCodeAt(at)
    if (code < 0x300) return false
    const isSecond = code >= 0xdc00 && code < 0xe000
    return mark.test(String.fromCodePoint(text.codePointAt(isSecond ? at - 1 : at) ?? 0))
  }
  for (let at = limits.marks; at < text.length; at += limits.marks) {
    if (!isMark(at)) continue
    let [from, to] = [at, at + 1]
    while (from > 0 && at - from <= limits.marks && isMark(from - 1)) from--
    while (to < text.length && to - at <= limits.marks && isMark(to)) to++
    if (to - from > limits.marks) return true
  }
  return false
}
