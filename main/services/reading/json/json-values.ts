// JSON values one behind the other, over any number of lines, with commas between them or not: objects as programs print
// them for people. A value that is broken ends where the next one begins at the start of a line.
import { limits } from '../limits'
import type { RawRow } from '../rows'
import { brokenJson, jsonRow } from './read-jsonl'

export async function* readJsonValues(text: AsyncIterable<string>): AsyncGenerator<RawRow[]> {
  const reader = new JsonValues()
  for await (const piece of text) yield reader.push(piece)
  yield reader.end()
}

class JsonValues {
  private parts: string[] = []
  private length = 0
  private depth = 0
  private inString = false
  private escaped = false
  private atLineStart = true
  private item = 0
  private between = ''

  push(text: string): RawRow[] {
    const found: RawRow[] = []
    let from = 0
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i)
      const startsLine = this.atLineStart
      this.atLineStart = c === 10 || c === 13
      if (this.depth > 0 && startsLine && c === 123) {
        // at the margin begins the next one, whatever is open
        this.keep(text.slice(from, i))
        this.take(found)
        from = i
      }
      if (this.inString) {
        if (this.escaped) this.escaped = false
        else if (c === 92) this.escaped = true
        else if (c === 34) this.inString = false
      } else if (this.depth === 0 && c !== 123 && c !== 91) {
        if (c > 32 && c !== 44 && c !== 0xfeff) this.between += text[i] as string
      } else if (c === 34) this.inString = true
      else if (c === 123 || c === 91) {
        if (this.depth++ > 0) continue
        this.takeBetween(found)
        from = i
      } else if ((c === 125 || c === 93) && this.depth > 0 && --this.depth === 0) {
        this.keep(text.slice(from, i + 1))
        this.take(found)
      }
    }
    if (this.depth > 0) this.keep(text.slice(from))
    return found
  }

  end(): RawRow[] {
    const found: RawRow[] = []
    this.takeBetween(found)
    if (this.length > 0) this.take(found)
    return found
  }

  /** What stands between two values and is none. */
  private takeBetween(found: RawRow[]): void {
    if (this.between !== '') found.push(brokenJson(++this.item, 'BROKEN_JSON', this.between))
    this.between = ''
  }

  private keep(part: string): void {
    if (this.length <= limits.row) this.parts.push(part)
    this.length += part.length
  }

  private take(found: RawRow[]): void {
    const json = this.parts.join('')
    const isTooLong = this.length > limits.row
    this.item++
    found.push(isTooLong ? brokenJson(this.item, 'ROW_TOO_LONG', json) : jsonRow(json, this.item))
    this.parts = []
    this.length = 0
    this.depth = 0
    this.inString = false
    this.escaped = false
  }
}
