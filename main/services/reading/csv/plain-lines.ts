// The lines of a table of text in which nothing is quoted, which most are: a record is a line, its cells what stands
// between the delimiters. Found with the engine's own search; whatever is not so simple is left to cut-record.
import { limits } from '../limits'
import type { Mark } from './cut-record'

export interface PlainRecord {
  readonly cells: string[]
  /** index behind the record and its line end */
  readonly end: number
  readonly innerLines: 0
}

export class PlainLines {
  #text = ''
  // where each sign stands next; Infinity: nowhere in this text
  #newline = -1
  #carriageReturn = -1
  #mark = -1
  #nul = -1
  #delimiter = -1

  constructor(
    private readonly delimiter: string,
    private readonly mark: Mark
  ) {}

  begin(text: string): void {
    this.#text = text
    this.#newline = this.#carriageReturn = this.#mark = this.#nul = this.#delimiter = -1
  }

  /** Null where the line is not plain, or not whole. */
  cut(from: number): PlainRecord | null {
    const text = this.#text
    if (this.#newline < from) this.#newline = placeOf('\n', text, from)
    const newline = this.#newline
    if (newline === Infinity || newline - from >= limits.row) return null
    if (this.#mark < from) this.#mark = placeOf(this.mark, text, from)
    if (this.#nul < from) this.#nul = placeOf('\0', text, from)
    if (this.#mark < newline || this.#nul < newline) return null
    if (this.#carriageReturn < from) this.#carriageReturn = placeOf('\r', text, from)
    const end = this.#carriageReturn < newline ? this.#carriageReturn : newline
    // old Macs end their lines with \r alone
    if (end !== newline && end !== newline - 1) return null
    const cells: string[] = []
    for (let at = from; ;) {
      if (this.#delimiter < at) this.#delimiter = placeOf(this.delimiter, text, at)
      if (this.#delimiter >= end) {
        cells.push(text.slice(at, end))
        return { cells, end: newline + 1, innerLines: 0 }
      }
      cells.push(text.slice(at, this.#delimiter))
      at = this.#delimiter + 1
    }
  }
}

function placeOf(sign: string, text: string, from: number): number {
  const at = text.indexOf(sign, from)
  return at < 0 ? Infinity : at
}
