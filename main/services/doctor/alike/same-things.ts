// Are two texts about the same? However alike they are, one about Shibuya and one about Shinjuku are not.
import { contentKey } from './question'

/** Of so many words of content, one may be another: a synonym that no list has. */
const wordsForOne = 8

type Words = ReadonlySet<string>

/** Of their words of content. */
export function aboutTheSame(ours: Words, theirs: Words): boolean {
  const onlyOurs = [...ours].filter((word) => !theirs.has(word))
  const onlyTheirs = [...theirs].filter((word) => !ours.has(word))
  // one says a little more
  if (onlyOurs.length === 0 || onlyTheirs.length === 0)
    return onlyOurs.length + onlyTheirs.length <= 1 + ours.size / 4
  const others = onlyOurs.filter((word) => !onlyTheirs.some((other) => akin(word, other)))
  return others.length <= Math.floor(Math.min(ours.size, theirs.size) / wordsForOne)
}

/** Both say something, of so many words at least, and no word of the one is in the other. */
export function haveNothingInCommon(ours: Words, theirs: Words, least: number): boolean {
  if (ours.size < least || theirs.size < least) return false
  return ![...ours].some((word) => [...theirs].some((other) => word.includes(other) || other.includes(word)))
}

/** The words of content of a text. */
export const wordsOf = (text: string): Words => wordsOfKey(contentKey(text))

/** Of the key of its content. */
export const wordsOfKey = (key: string): Words => new Set(key.split(' ').filter((word) => word !== ''))

/** 購入 and 購入品, colour and color, one sign mistyped */
function akin(a: string, b: string): boolean {
  if (goesOn(a, b) || goesOn(b, a)) return true
  if (Math.min(a.length, b.length) < 3 || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return Math.max(a.length, b.length) - start - end <= 1
}

/** 購入 and 購入品; 鉛筆 and 色鉛筆 are two things */
const goesOn = (longer: string, word: string): boolean =>
  longer.startsWith(word) && /^(?:[品物等先時方者的用分後前中済]|[a-z]{1,3})$/.test(longer.slice(word.length))
