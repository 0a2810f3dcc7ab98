// The merges of a SentencePiece BPE model, which keeps only its pieces and their scores: two pieces are merged where
// both together are one, the highest score first.

/** Pairs in the order in which they are merged. `scores` by piece: those that merging may make or begin with. */
export function mergesOf(scores: ReadonlyMap<string, number>): readonly (readonly [string, string])[] {
  const merges: { readonly left: string; readonly right: string; readonly score: number }[] = []
  for (const [piece, score] of scores) {
    for (let cut = 1; cut < piece.length; cut++) {
      // between the two halves of a character there is no cut
      if (isLowSurrogate(piece.charCodeAt(cut))) continue
      const left = piece.slice(0, cut)
      if (!scores.has(left)) continue
      const right = piece.slice(cut)
      if (scores.has(right)) merges.push({ left, right, score })
    }
  }
  merges.sort((a, b) => b.score - a.score || b.left.length - a.left.length || b.right.length - a.right.length)
  return merges.map(({ left, right }) => [left, right])
}

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code < 0xe000
