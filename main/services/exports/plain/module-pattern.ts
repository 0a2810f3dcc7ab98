// The expressions that people write for names of modules, without an engine that could go back: signs as they are, a dot for
// any sign, \d, and * + ? behind one of these. Whatever else stands in one is not known here.

interface Piece {
  readonly fits: (sign: string) => boolean
  readonly least: 0 | 1
  readonly repeats: boolean
}

/** Null where it holds more than these. */
function piecesOf(pattern: string): readonly Piece[] | null {
  const pieces: Piece[] = []
  for (let at = 0; at < pattern.length;) {
    const escaped = pattern[at] === '\\'
    const sign = pattern[escaped ? at + 1 : at] ?? ''
    const fits = escaped ? ofEscape(sign) : ofSign(sign)
    if (!fits) return null
    at += escaped ? 2 : 1
    const times = pattern[at] ?? ''
    const counted = times === '*' || times === '+' || times === '?'
    if (counted) at++
    pieces.push({
      fits,
      least: times === '*' || times === '?' ? 0 : 1,
      repeats: times === '*' || times === '+'
    })
  }
  return pieces
}

const ofSign = (sign: string): Piece['fits'] | null =>
  sign === '.' ? () => true : /^[\w-]$/.test(sign) ? (one) => one === sign : null

const ofEscape = (sign: string): Piece['fits'] | null =>
  sign === 'd' ? (one) => one >= '0' && one <= '9' : /^[.\-_]$/.test(sign) ? (one) => one === sign : null

/** Whether the name, from its beginning or from behind one of its dots, is all that the pattern says; null where the
 *  pattern is not known here. Each sign is looked at once for each piece. */
export function endsAs(name: string, pattern: string): boolean | null {
  const pieces = piecesOf(pattern)
  if (!pieces) return null
  // pieces that are done with, of every beginning at once
  let reached = new Set<number>()
  for (let at = 0; at < name.length; at++) {
    if (at === 0 || name[at - 1] === '.') reached.add(0)
    const next = new Set<number>()
    for (const done of past(pieces, reached)) {
      const piece = pieces[done]
      if (!piece?.fits(name[at] as string)) continue
      next.add(done + 1)
      // one more of the same
      if (piece.repeats) next.add(done)
    }
    reached = next
  }
  return past(pieces, reached).has(pieces.length)
}

/** With what need not be there passed over. A piece that repeats was there once where it is stood at again. */
function past(pieces: readonly Piece[], reached: ReadonlySet<number>): Set<number> {
  const all = new Set(reached)
  for (let done = 0; done < pieces.length; done++)
    if (all.has(done) && pieces[done]?.least === 0) all.add(done + 1)
  return all
}
