// SentencePiece's BPE takes, of all neighbours whose union is a token, the one with the highest score first; a
// tokenizer.json has a list of pairs instead. The scores that give the same order, and whether there are any. Pure.
import { ggufTokenTypes as tokenTypes } from './format'

export interface MergeScores {
  /** by id */
  readonly scores: Float32Array
  /** every token is made by the same pairs in the same order */
  readonly isExact: boolean
}

export function scoresOfMerges(
  tokens: readonly string[],
  types: Int32Array,
  merges: readonly (readonly [string, string])[]
): MergeScores {
  const scores = new Float32Array(tokens.length)
  const ids = new Map(tokens.map((token, id) => [token, id]))
  let isExact = true
  /** place of a token in the order of merging */
  let rank = 0
  let before = -1
  const made = new Map<number, number>()
  const pairs = new Set<string>()
  for (const [left, right] of merges) {
    const id = ids.get(left + right)
    if (id === undefined) continue
    pairs.add(`${left} ${right}`)
    if (id === before) continue
    before = id
    // another token came between two pairs that make this one: one score cannot say both
    if (made.has(id)) isExact = false
    else made.set(id, ++rank)
  }
  for (const [id, place] of made) scores[id] = -place
  for (const [id, token] of tokens.entries()) {
    if (types[id] !== tokenTypes.normal) continue
    // what nothing makes comes last, and is then a token of one character
    if (!made.has(id)) scores[id] = -merges.length - 1
    isExact &&= everySplitIsAPair(token, ids, types, pairs)
  }
  return { scores, isExact }
}

/** SentencePiece merges any two tokens whose union is one. */
function everySplitIsAPair(
  token: string,
  ids: ReadonlyMap<string, number>,
  types: Int32Array,
  pairs: ReadonlySet<string>
): boolean {
  const characters = [...token]
  let left = ''
  for (let at = 1; at < characters.length; at++) {
    left += characters[at - 1]
    const right = token.slice(left.length)
    const isToken = (part: string): boolean => types[ids.get(part) ?? -1] === tokenTypes.normal
    if (isToken(left) && isToken(right) && !pairs.has(`${left} ${right}`)) return false
  }
  return true
}
