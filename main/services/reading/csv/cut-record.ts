// One record of a table of text, cut into its cells by given rules. Finds where the record ends and says when the
// text speaks against the rules; what is done then is csv-records' matter. Looks at every character once. Cells are
// slices of the text: whoever keeps a few of many copies them.

export interface CsvRules {
  readonly delimiter: string
  /** what a quotation mark inside a marked cell looks like: "" (Excel) or \" (MySQL) */
  readonly inner: 'doubled' | 'backslash'
  /** what cells are marked with */
  readonly mark: Mark
}

/** Excel's, and that of some databases and of Python's where somebody asked for it. */
export type Mark = '"' | "'"

export interface Cut {
  readonly cells: string[]
  /** index behind the record and its line end */
  readonly end: number
  /** line ends inside cells */
  readonly innerLines: number
  /** cells that stood in quotation marks */
  readonly marked: number
}

/** more: the record goes on behind the text. strange: text behind a closing mark. open: a mark that is never closed. */
export type CutResult = Cut | 'more' | 'strange' | 'open'

const newline = 10
const carriageReturn = 13
const space = 32
const backslash = 92

/** lenient: a mark inside a marked cell closes it only where a delimiter or the end of the line follows. */
export interface CutOptions {
  readonly isLast: boolean
  readonly lenient?: boolean
  /** a cell whose mark does not close is plain text, mark and all */
  readonly literal?: boolean
}

export function cutRecord(text: string, from: number, rules: CsvRules, options: CutOptions): CutResult {
  const { isLast, literal = false } = options
  const delimiter = rules.delimiter.charCodeAt(0)
  const escapes = rules.inner === 'backslash'
  const marking = { mark: rules.mark, delimiter, escapes }
  const quote = rules.mark.charCodeAt(0)
  const { length } = text
  const cells: string[] = []
  let innerLines = 0
  let marked = 0
  let at = from
  for (;;) {
    let end: number
    let start = at
    while (text.charCodeAt(start) === space) start++
    const cell = text.charCodeAt(start) === quote ? cutMarked(text, start, marking, options) : null
    if (cell && typeof cell !== 'string') {
      marked++
      innerLines += cell.lines
      cells.push(cell.value)
      end = cell.end
    } else {
      if (cell && !literal) return cell
      end = endOfPlain(text, at, delimiter, escapes)
      if (end >= length && !isLast) return 'more'
      const value = text.slice(at, end)
      cells.push(withoutNul(escapes && value.includes('\\') ? unescaped(value, rules.delimiter) : value))
    }
    if (end >= length) return isLast ? { cells, end: length, innerLines, marked } : 'more'
    const border = text.charCodeAt(end)
    at = end + 1
    if (border === delimiter) continue
    if (border === carriageReturn) {
      // it may be the first half of \r\n
      if (at >= length && !isLast) return 'more'
      if (text.charCodeAt(at) === newline) at++
    }
    return { cells, end: at, innerLines, marked }
  }
}

function endOfPlain(text: string, from: number, delimiter: number, escapes: boolean): number {
  let at = from
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === delimiter || c === newline || c === carriageReturn) return at
    if (c === backslash && escapes) at++
  }
  return Math.min(at, text.length)
}

interface Marking {
  readonly mark: Mark
  readonly delimiter: number
  readonly escapes: boolean
}

interface MarkedCell {
  readonly value: string
  /** index of the delimiter or line end behind it */
  readonly end: number
  readonly lines: number
}

function cutMarked(
  text: string,
  open: number,
  { mark: sign, delimiter, escapes }: Marking,
  { isLast, lenient = false }: CutOptions
): MarkedCell | 'more' | 'strange' | 'open' {
  let hasInner = false
  for (let at = open + 1; ;) {
    const mark = text.indexOf(sign, at)
    if (mark < 0) return isLast ? 'open' : 'more'
    if (escapes && isEscaped(text, mark, open)) {
      at = mark + 1
      continue
    }
    const next = text.charCodeAt(mark + 1)
    if (next === sign.charCodeAt(0)) {
      hasInner = true
      at = mark + 2
      continue
    }
    let end = mark + 1
    while (text.charCodeAt(end) === space) end++
    if (end >= text.length && !isLast) return 'more'
    const border = text.charCodeAt(end)
    if (end >= text.length || border === delimiter || border === newline || border === carriageReturn) {
      return finished(text.slice(open + 1, mark), { sign, hasInner, escapes }, end)
    }
    if (!lenient) return 'strange'
    at = mark + 1
  }
}

function finished(
  raw: string,
  { sign, hasInner, escapes }: { readonly sign: Mark; readonly hasInner: boolean; readonly escapes: boolean },
  end: number
): MarkedCell {
  let value = raw
  let lines = 0
  if (value.includes('\r')) value = value.replace(/\r\n?/g, '\n')
  for (let at = value.indexOf('\n'); at >= 0; at = value.indexOf('\n', at + 1)) lines++
  if (hasInner) value = value.replaceAll(sign + sign, sign)
  if (escapes && value.includes('\\')) value = unescaped(value, '')
  return { value: withoutNul(value), end, lines }
}

/** An odd number of backslashes before it. */
function isEscaped(text: string, mark: number, open: number): boolean {
  let at = mark - 1
  while (at > open && text.charCodeAt(at) === backslash) at--
  return (mark - 1 - at) % 2 === 1
}

/** \" and \\, and a backslash before what would end the cell; every other one stands for itself. */
function unescaped(value: string, delimiter: string): string {
  return value.replace(/\\([\s\S])/g, (both, c: string) =>
    c === '"' || c === "'" || c === '\\' || c === '\n' || c === delimiter ? c : both
  )
}

const withoutNul = (value: string): string => (value.includes('\0') ? value.replaceAll('\0', '') : value)
