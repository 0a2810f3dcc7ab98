// A text as the set of its pieces: three signs that follow one another, and in English two words. What the sets of two texts
// have in common is how alike the texts are.

import { UnitClass, widthAt } from '../../reading/unit-class'

const space = new UnitClass(/\s/u)
const noSign = new UnitClass(/[\s\p{P}\p{S}]/u)

function isSpaced(text: string): boolean {
  let [letters, spaces] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 97 && unit < 123) letters++
    else if (space.isAt(text, at)) spaces++
  }
  return letters > 0.6 * (text.length - spaces)
}

/** Numbers of 32 bits, one for each piece, with repetitions. */
export function piecesOf(raw: string): Uint32Array {
  const text = raw.normalize('NFKC').toLowerCase()
  return isSpaced(text) ? wordPieces(text) : signPieces(text)
}

/** units of the text at hand */
let signs = new Uint16Array(1024)

function signPieces(text: string): Uint32Array {
  if (text.length > signs.length) signs = new Uint16Array(2 * text.length)
  let count = 0
  for (let at = 0; at < text.length;) {
    const end = at + widthAt(text, at)
    if (noSign.isAt(text, at)) at = end
    else for (; at < end; at++) signs[count++] = text.charCodeAt(at)
  }
  const pieces = new Uint32Array(Math.max(count === 0 ? 0 : 1, count - 2))
  if (pieces.length === 0) return pieces
  const sign = (at: number): number => (at < count ? (signs[at] as number) : 0)
  for (let i = 0; i < pieces.length; i++) pieces[i] = mixed(sign(i), sign(i + 1), sign(i + 2))
  return pieces
}

function wordPieces(text: string): Uint32Array {
  const words = text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? []
  const pieces = new Uint32Array(words.length === 0 ? 0 : 2 * words.length - 1)
  let at = 0
  let last = 0
  for (const [i, word] of words.entries()) {
    let hash = 2166136261
    for (let k = 0; k < word.length; k++) hash = Math.imul(hash ^ word.charCodeAt(k), 16777619)
    pieces[at++] = hash
    if (i > 0) pieces[at++] = mixed(last, hash, 7)
    last = hash
  }
  return pieces
}

function mixed(a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b)
  hash = Math.imul((hash ^ (hash >>> 13)) + b, 0xc2b2ae35)
  hash = Math.imul((hash ^ (hash >>> 16)) + c, 0x27d4eb2f)
  return (hash ^ (hash >>> 15)) >>> 0
}

/** The pieces of a text in order, each once: two texts are compared in one walk. */
export function sortedPieces(text: string): Uint32Array {
  const sorted = piecesOf(text).sort()
  let kept = 0
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[kept++] = sorted[i] as number
  return sorted.subarray(0, kept)
}

/** Share of the pieces of both that both have. Of sorted pieces. */
export function likeness(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0
  let [i, k, both] = [0, 0, 0]
  while (i < a.length && k < b.length) {
    const [ours, theirs] = [a[i] as number, b[k] as number]
    if (ours === theirs) both++
    if (ours <= theirs) i++
    if (theirs <= ours) k++
  }
  return both / (a.length + b.length - both)
}
