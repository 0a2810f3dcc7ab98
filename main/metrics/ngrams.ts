// Runs of n pieces (words or characters) and how often each comes: what overlap scores count. Pure.

/** Runs of `order` pieces, joined by a sign that no text has. */
export function ngramsOf(pieces: readonly string[], order: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at + order <= pieces.length; at++) {
    const run = pieces.slice(at, at + order).join('\u0000')
    counts.set(run, (counts.get(run) ?? 0) + 1)
  }
  return counts
}

/** Runs that both have, each at most as often as the other has it. */
export function commonOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0
  for (const [run, count] of a) common += Math.min(count, b.get(run) ?? 0)
  return common
}

export const totalOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0)

/** White space as Python's str.split() knows it: the reference libraries divide words by it. */
const space = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u

export const wordsOf = (text: string): readonly string[] => text.split(space).filter((word) => word !== '')

/** Signs (code points) without white space. */
export const signsOf = (text: string): readonly string[] => Array.from(wordsOf(text).join(''))
