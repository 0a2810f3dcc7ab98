// Text in pieces, as lines with their numbers. \r\n, \n and \r each end a line; other separators do not, since
// JSON strings may hold them. Every character is looked at once, however long a line is.
import { limits } from './limits'

export interface Line {
  readonly line: string
  /** 1-based */
  readonly number: number
  /** beyond limits.row: only its beginning is here */
  readonly tooLong?: true
}

/** Lines handed over at once. */
const batchSize = 100
const beginning = 200

export async function* lineBatches(text: AsyncIterable<string>): AsyncGenerator<Line[]> {
  const cutter = new LineCutter()
  for await (const piece of text) yield* cutter.push(piece)
  const last = cutter.end()
  if (last) yield [last]
}

class LineCutter {
  /** pieces of the line that goes on */
  private parts: string[] = []
  private length = 0
  private number = 0
  private afterReturn = false;

  *push(piece: string): Generator<Line[]> {
    let found: Line[] = []
    let from = this.afterReturn && piece.charCodeAt(0) === 10 ? 1 : 0
    if (piece.length > 0) this.afterReturn = piece.charCodeAt(piece.length - 1) === 13
    // old Macs end their lines with \r alone
    let [newline, carriageReturn] = [-1, -1]
    for (;;) {
      if (newline < from) newline = placeOf('\n', piece, from)
      if (carriageReturn < from) carriageReturn = placeOf('\r', piece, from)
      const end = Math.min(newline, carriageReturn)
      if (end === Infinity) break
      found.push(this.line(piece.slice(from, end)))
      from = newline === end + 1 && end === carriageReturn ? end + 2 : end + 1
      if (found.length < batchSize) continue
      yield found
      found = []
    }
    this.keep(piece.slice(from))
    if (found.length > 0) yield found
  }

  end(): Line | null {
    return this.length > 0 ? this.line('') : null
  }

  private keep(part: string): void {
    if (part === '') return
    // of what is too long the beginning is enough
    if (this.length <= limits.row) this.parts.push(part)
    this.length += part.length
  }

  private line(last: string): Line {
    const number = ++this.number
    if (this.length === 0 && last.length <= limits.row) return { line: last, number }
    this.keep(last)
    const tooLong = this.length > limits.row
    const text = tooLong ? this.beginning() : this.parts.join('')
    this.parts = []
    this.length = 0
    return { line: text, number, ...(tooLong && { tooLong }) }
  }

  /** A copy of its own: a mere slice would keep the whole line in memory. */
  private beginning(): string {
    let text = ''
    for (const part of this.parts) {
      text += part.slice(0, beginning - text.length)
      if (text.length >= beginning) break
    }
    return Buffer.from(text).toString()
  }
}

/** Infinity where there is none: it is not looked for again. */
function placeOf(sign: string, text: string, from: number): number {
  const at = text.indexOf(sign, from)
  return at < 0 ? Infinity : at
}
