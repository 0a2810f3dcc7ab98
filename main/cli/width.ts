// How many terminal columns a text takes (Japanese characters take two), and cutting, padding and breaking by
// columns. Pure.

/** East Asian Wide and Fullwidth, and emoji, as ranges of code points. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd]
]
const nothing = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) ? 0 : 1
  if (nothing.test(character)) return 0
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

const colourCodes = /\u001b\[[0-9;]*m/g

/** Columns of a text; colour codes take none. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text.replace(colourCodes, '')) width += characterWidth(character)
  return width
}

/** The beginning that fits, with … where something was left out. Not for coloured text. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const character of text) {
    width += characterWidth(character)
    if (width > columns - 1) break
    kept += character
  }
  return columns < 1 ? '' : `${kept}…`
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text))) + text
}

/** may not begin a line (a short form of the Japanese rule) */
const notFirst =
  /^[、。，．・：；？！」』）】〉》ー々ゝ…,.:;?!)\]}%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]/u

/** Lines of at most `columns`: Latin words stay whole where they can, Japanese breaks anywhere allowed. */
export function wrap(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, Math.max(2, columns)))
}

function wrapParagraph(paragraph: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  const flush = (): void => {
    lines.push(line.trimEnd())
    line = ''
    width = 0
  }
  for (const piece of pieces(paragraph)) {
    const pieceWidth = widthOf(piece)
    if (width + pieceWidth > columns && width > 0) flush()
    if (width === 0 && lines.length > 0 && piece.trim() === '') continue
    if (pieceWidth <= columns) {
      line += piece
      width += pieceWidth
      continue
    }
    for (const character of piece) {
      if (width + characterWidth(character) > columns) flush()
      line += character
      width += characterWidth(character)
    }
  }
  flush()
  return lines
}

/** What is kept together: a run of narrow letters, a space, or one wide character with the marks that follow it. */
function pieces(text: string): readonly string[] {
  const found: string[] = []
  for (const character of text) {
    const last = found.at(-1)
    const joins =
      last !== undefined &&
      last.trim() !== '' &&
      character.trim() !== '' &&
      (notFirst.test(character) || (characterWidth(character) < 2 && /^[!-\u024f]+$/u.test(last)))
    if (joins) found[found.length - 1] = last + character
    else found.push(character)
  }
  return found
}
