// The elements of one JSON array, found in a text that comes in pieces, so that a large file is never held as
// a whole. It only finds where elements begin and end; reading them is the caller's.

export interface JsonElement {
  readonly json: string
  /** 1-based place in the array */
  readonly item: number
}

type Place = 'before' | 'inside' | 'after'

export class JsonElements {
  private place: Place = 'before'
  private depth = 0
  private inString = false
  private escaped = false
  private current = ''
  private item = 0
  /** line being read, for errors */
  line = 1
  /** set when the text goes on after the array, or closes what was not opened */
  broken: string | null = null

  push(text: string): JsonElement[] {
    const found: JsonElement[] = []
    let from = 0
    for (let i = 0; i < text.length && !this.broken; i++) {
      const c = text.charCodeAt(i)
      if (c === 10) this.line++
      if (this.inString) {
        if (this.escaped) this.escaped = false
        else if (c === 92) this.escaped = true
        else if (c === 34) this.inString = false
        continue
      }
      if (this.place !== 'inside') {
        if (c === 91 && this.place === 'before') {
          this.place = 'inside'
          from = i + 1
        } else if (c > 32 && c !== 0xfeff) this.broken = 'text outside the array'
        continue
      }
      if (c === 34) this.inString = true
      else if (c === 91 || c === 123) this.depth++
      else if (c === 44 && this.depth === 0) {
        this.take(text.slice(from, i), found)
        from = i + 1
      } else if (c === 93 || c === 125) {
        if (this.depth-- > 0) continue
        if (c === 125) this.broken = 'a brace closes what was not opened'
        // a comma before the closing bracket leaves nothing behind it
        if ((this.current + text.slice(from, i)).trim() !== '') this.take(text.slice(from, i), found)
        this.current = ''
        this.place = 'after'
      }
    }
    if (this.place === 'inside') this.current += text.slice(from)
    return found
  }

  /** To be called at the end of the text: what is wrong with the whole, if anything. */
  problem(): string | null {
    if (this.broken) return this.broken
    return this.place === 'after' ? null : 'the array is not closed'
  }

  private take(last: string, found: JsonElement[]): void {
    found.push({ json: this.current + last, item: ++this.item })
    this.current = ''
  }
}
