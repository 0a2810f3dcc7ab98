// A table of text in pieces, as records with the line at which each begins. Where quotation marks do not work out (an
// inch mark that opens a cell, text behind a closing mark), the reading wins that keeps the number of columns.
import { limits } from '../limits'
import type { Mending } from '../../../contract/records'
import type { Mended } from '../rows'
import { cutRecord, type Cut, type CsvRules } from './cut-record'
import { PlainLines } from './plain-lines'

export interface CsvRecord {
  /** without NUL, with \n for every line end */
  readonly cells: readonly string[]
  /** 1-based line of its first character; marked cells may hold line ends */
  readonly line: number
  /** it works out only in another way than the table's */
  readonly mended?: Mended
  /** nothing could be made of it; the cells hold its beginning only */
  readonly broken?: 'ROW_TOO_LONG' | 'BROKEN_QUOTES'
  /** an empty one stands above it */
  readonly behindEmpty?: boolean
}

/** Records handed over at once. */
const batchSize = 100
const excerptLength = 200

export class CsvRecords {
  private text = ''
  private at = 0
  /** length of the text below which it is no use to look again for the end of a record */
  private enough = 0
  /** a reading over several lines has been tried up to here in vain */
  private triedTo = 0
  private skipped: 'mark' | 'line' | null = null
  /** has the text ever held a NUL? */
  private hasNul = false
  /** null where a backslash may stand before any sign */
  private readonly plain: PlainLines | null

  /** Numbers of cells that a record should have; empty where nobody knows. */
  constructor(
    private readonly rules: CsvRules,
    readonly widths: Set<number> = new Set(),
    private line = 1
  ) {
    this.plain = rules.inner === 'doubled' ? new PlainLines(rules.delimiter, rules.mark) : null
  }

  *push(piece: string): Generator<CsvRecord[]> {
    this.hasNul ||= piece.includes('\0')
    this.text = this.at === 0 ? this.text + piece : this.text.slice(this.at) + piece
    this.triedTo = Math.max(0, this.triedTo - this.at)
    this.at = 0
    this.plain?.begin(this.text)
    if (this.text.length >= this.enough) yield* this.take(false)
  }

  /** The records that are left, where the text has come to its end. */
  *end(): Generator<CsvRecord[]> {
    yield* this.take(true)
  }

  private *take(isLast: boolean): Generator<CsvRecord[]> {
    let found: CsvRecord[] = []
    while (this.at < this.text.length) {
      if (this.skipped && !this.skip(isLast)) break
      if (this.at >= this.text.length) break
      const plain = this.plain?.cut(this.at)
      const record = plain ? this.accept(plain) : this.next(isLast)
      if (!record) break
      found.push(record)
      if (found.length < batchSize) continue
      yield found
      found = []
    }
    if (found.length > 0) yield found
  }

  /** Null where the record goes on behind the text. */
  private next(isLast: boolean): CsvRecord | null {
    const { text, at, rules } = this
    const cut = cutRecord(text, at, rules, { isLast })
    const length = text.length - at
    if (cut === 'more') {
      this.enough = Math.min(2 * length, limits.row + 1)
      return length > limits.row ? this.tooLong() : null
    }
    this.enough = 0
    if (typeof cut !== 'string' && cut.end - at > limits.row)
      return this.leaveOut(cut.end, cut.innerLines + 1)
    const isDoubtful =
      typeof cut === 'string' ||
      (isHalfMarked(cut) && !this.isSteady(cut) && (cut.innerLines > 0 || this.hasBackslash()))
    const mended = isDoubtful
      ? this.mended(isLast || length > limits.row, typeof cut === 'string' ? null : cut)
      : null
    if (mended === 'more') return null
    return mended ?? (typeof cut === 'string' ? this.brokenLine('BROKEN_QUOTES') : this.accept(cut))
  }

  private isSteady({ cells }: Cut): boolean {
    return this.widths.size === 0 || this.widths.has(cells.length)
  }

  private accept(cut: Pick<Cut, 'cells' | 'end' | 'innerLines'>, mending: Mending | null = null): CsvRecord {
    const { cells } = cut
    const done = mending ?? (this.hasNul && this.text.slice(this.at, cut.end).includes('\0') ? 'nul' : null)
    const mended = done && { mending: done, read: this.beginning(cut.end), taken: cells.map(beginningOf) }
    const record = mended ? { cells, line: this.line, mended } : { cells, line: this.line }
    this.at = cut.end
    this.line += cut.innerLines + 1
    this.enough = 0
    return record
  }

  /** Another reading in which the record has as many cells as the others: with backslashes; else of its first line
   *  alone, unless the record makes sense over several lines and those lines by themselves do not. */
  private mended(isLast: boolean, valid: Cut | null): CsvRecord | 'more' | null {
    const { text, at, rules } = this
    const end = this.lineEnd(at)
    // the line end may be the first half of \r\n
    if (end + 1 >= text.length && !isLast) return 'more'
    if (this.hasBackslash()) {
      const escaped = this.further({ ...rules, inner: 'backslash' }, isLast, false)
      if (escaped) return escaped === 'more' ? 'more' : this.accept(escaped, 'backslash')
    }
    const line = this.readLine(at, end)
    const several = valid ?? this.further(rules, isLast, true)
    if (several === 'more') return 'more'
    if (several && !(line && this.areLines(several.end, line.cells.length)))
      return valid ? null : this.accept(several, 'inner-mark')
    if (!line) return null
    if (several) this.triedTo = several.end
    return this.accept({ ...line, end: this.behindLine(end) }, 'own-line')
  }

  /** A line as a record of its own: a mark that does not close in it is plain text. */
  private readLine(from: number, end: number): Cut | null {
    const line = this.text.slice(from, end)
    for (const lenient of [true, false]) {
      const cut = cutRecord(line, 0, this.rules, { isLast: true, literal: true, lenient })
      if (typeof cut !== 'string' && this.isSteady(cut)) return cut
    }
    return null
  }

  private areLines(to: number, columns: number): boolean {
    for (let from = this.at; from < to;) {
      const end = this.lineEnd(from)
      if (this.readLine(from, end)?.cells.length !== columns) return false
      from = this.behindLine(end)
    }
    return true
  }

  /** A reading that may go over several lines; each stretch of text is looked at but once in vain. */
  private further(rules: CsvRules, isLast: boolean, lenient: boolean): Cut | 'more' | null {
    const { text, at } = this
    if (at < this.triedTo) return null
    const to = Math.min(text.length, at + (1 << 15))
    const cut = cutRecord(text.slice(at, to), 0, rules, { isLast: isLast || to < text.length, lenient })
    if (cut === 'more') return 'more'
    if (typeof cut !== 'string' && this.isSteady(cut)) return { ...cut, end: at + cut.end }
    if (lenient) this.triedTo = typeof cut === 'string' ? to : at + cut.end
    return null
  }

  private hasBackslash(): boolean {
    const mark = this.text.indexOf(`\\${this.rules.mark}`, this.at)
    return mark >= 0 && mark < this.lineEnd()
  }

  private brokenLine(broken: 'BROKEN_QUOTES'): CsvRecord {
    const end = this.lineEnd()
    const cells = [this.text.slice(this.at, Math.min(end, this.at + excerptLength))]
    const record = { cells, line: this.line, broken }
    this.at = this.behindLine(end)
    this.line++
    return record
  }

  private leaveOut(end: number, lines: number): CsvRecord {
    const cells = [this.text.slice(this.at, this.at + excerptLength)]
    const record = { cells, line: this.line, broken: 'ROW_TOO_LONG' as const }
    this.at = end
    this.line += lines
    return record
  }

  /** More text than any honest record has: a mark that is never closed, or one endless cell. */
  private tooLong(): CsvRecord {
    const { text, at } = this
    const isOpen = cutRecord(text.slice(at), 0, this.rules, { isLast: true }) === 'open'
    if (this.lineEnd() < text.length) {
      const mended = this.mended(true, null)
      if (mended && mended !== 'more') return mended
    }
    this.skipped = isOpen ? 'mark' : 'line'
    this.enough = 0
    return this.leaveOut(text.length, linesIn(text, at))
  }

  /** Goes on behind the record that is left out; false where the text ends before it does. */
  private skip(isLast: boolean): boolean {
    const { text } = this
    const from = this.at
    if (this.skipped === 'mark') {
      const sign = this.rules.mark
      let mark = text.indexOf(sign, this.at)
      while (mark >= 0 && !this.closes(text.charCodeAt(mark + 1)))
        mark = text.indexOf(sign, mark + (text[mark + 1] === sign ? 2 : 1))
      this.at = mark < 0 ? text.length : mark + 1
      this.line += linesIn(text, from, this.at)
      if (mark < 0) return isLast
      this.skipped = 'line'
    }
    const end = this.lineEnd()
    if (end >= text.length) {
      this.at = text.length
      return isLast
    }
    this.at = this.behindLine(end)
    this.skipped = null
    return true
  }

  private closes(next: number): boolean {
    return next === this.rules.delimiter.charCodeAt(0) || next === 10 || next === 13
  }

  /** As it stands in the file, but for its line end. */
  private beginning(end: number): string {
    return beginningOf(this.text.slice(this.at, Math.min(end, this.at + excerptLength)).trimEnd())
  }

  private lineEnd(from = this.at): number {
    const { text } = this
    for (let i = from; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if (c === 10 || c === 13) return i
    }
    return text.length
  }

  private behindLine(end: number): number {
    return this.text.charCodeAt(end) === 13 && this.text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1
  }
}

/** A copy of its own, without what no list can show. */
const beginningOf = (text: string): string =>
  Buffer.from(text.slice(0, excerptLength).replaceAll('\0', '␀')).toString()

/** Who marks every cell of a record knows what the marks mean. */
const isHalfMarked = ({ marked, cells }: Cut): boolean => marked > 0 && marked < cells.length

function linesIn(text: string, from: number, to = text.length): number {
  let lines = 0
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i)
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) lines++
  }
  return lines
}
