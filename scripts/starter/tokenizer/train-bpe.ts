// Learns byte-pair merges from counted words: the most frequent neighbouring pair becomes a token, again and
// again. Deterministic: ties go to the pair that sorts first. Knows no files.
import { byteStandIns, spell, unspell } from './bytes'
import { maxLength } from './words'

interface Word {
  pieces: string[]
  readonly count: number
  readonly longest: number
}
export interface Bpe {
  /** in order of rank */
  readonly merges: readonly (readonly [string, string])[]
  /** all tokens in order of id: the 256 bytes, then one for each merge */
  readonly vocabulary: readonly string[]
}

const separator = '\u0000'
const decoder = new TextDecoder('utf-8', { fatal: true })

const known = new Map<string, number | null>()

/** The characters of a piece, or null while it ends inside one. */
function characters(piece: string): number | null {
  const before = known.get(piece)
  if (before !== undefined) return before
  let count: number | null
  try {
    count = [...decoder.decode(unspell(piece))].length
  } catch {
    count = null
  }
  known.set(piece, count)
  return count
}

/** Bytes may join up to one character, and whole characters up to the script's longest token. */
function allowed(left: string, right: string, longest: number): boolean {
  const leftLength = characters(left)
  const rightLength = characters(right)
  if (leftLength === null) return right.length === 1
  return rightLength !== null && leftLength + rightLength <= longest
}

export function trainBpe(counts: ReadonlyMap<string, number>, vocabularySize: number): Bpe {
  const words: Word[] = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => ({ pieces: spell(word), count, longest: maxLength(word) }))
  const pairCounts = new Map<string, number>()
  const pairWords = new Map<string, Set<Word>>()

  const note = (word: Word, sign: 1 | -1): void => {
    for (let i = 0; i + 1 < word.pieces.length; i++) {
      const left = word.pieces[i] as string
      const right = word.pieces[i + 1] as string
      if (!allowed(left, right, word.longest)) continue
      const key = left + separator + right
      pairCounts.set(key, (pairCounts.get(key) ?? 0) + sign * word.count)
      if (sign === 1) (pairWords.get(key) ?? pairWords.set(key, new Set()).get(key))?.add(word)
    }
  }
  for (const word of words) note(word, 1)

  const vocabulary = [...byteStandIns]
  const tokens = new Set(vocabulary)
  const merges: [string, string][] = []
  while (vocabulary.length < vocabularySize) {
    let best = ''
    let bestCount = 1 // a pair seen once teaches nothing
    for (const [key, count] of pairCounts) {
      if (count > bestCount || (count === bestCount && count > 1 && key < best)) {
        best = key
        bestCount = count
      }
    }
    if (best === '') break
    const [left, right] = best.split(separator) as [string, string]
    merges.push([left, right])
    const joined = left + right
    if (!tokens.has(joined)) {
      tokens.add(joined)
      vocabulary.push(joined)
    }
    for (const word of pairWords.get(best) ?? []) {
      note(word, -1)
      const pieces: string[] = []
      for (let i = 0; i < word.pieces.length; i++) {
        if (word.pieces[i] === left && word.pieces[i + 1] === right) {
          pieces.push(joined)
          i++
        } else pieces.push(word.pieces[i] as string)
      }
      word.pieces = pieces
      note(word, 1)
    }
    pairCounts.delete(best)
    pairWords.delete(best)
  }
  return { merges, vocabulary }
}
