// The little language that the grammar's sentences are written in: `[a|b|]` is one of several, may be nested;
// `{name}` stands for a pattern from a table. Not a parser of sentences: it only makes them.
import type { Chance } from './random'

/** A piece is text, or a choice among sequences of pieces. */
type Piece = string | readonly (readonly Piece[])[]
export type Pattern = readonly Piece[]
export type Macros = Readonly<Record<string, string>>

export function compilePattern(source: string, macros: Macros): Pattern {
  let at = 0

  function sequence(closers: string): Piece[] {
    const pieces: Piece[] = []
    let text = ''
    const flush = (): void => {
      if (text !== '') pieces.push(text)
      text = ''
    }
    while (at < source.length && !closers.includes(source[at] as string)) {
      const char = source[at] as string
      if (char === '[') {
        flush()
        pieces.push(choice())
      } else if (char === '{') {
        flush()
        const end = source.indexOf('}', at)
        const name = source.slice(at + 1, end)
        const macro = macros[name]
        if (macro === undefined) throw new Error(`no macro {${name}} for: ${source}`)
        pieces.push([compilePattern(macro, macros)])
        at = end + 1
      } else {
        text += char
        at++
      }
    }
    flush()
    return pieces
  }

  function choice(): Piece {
    const branches: Piece[][] = []
    do {
      at++ // '[' or '|'
      branches.push(sequence('|]'))
    } while (source[at] === '|')
    if (source[at] !== ']') throw new Error(`unclosed [ in: ${source}`)
    at++
    return branches
  }

  const pattern = sequence('')
  return pattern
}

export function expandPattern(pattern: Pattern, chance: Chance): string {
  let text = ''
  for (const piece of pattern) {
    text += typeof piece === 'string' ? piece : expandPattern(chance.pick(piece), chance)
  }
  return text
}
