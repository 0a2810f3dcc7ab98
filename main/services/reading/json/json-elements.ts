// The elements of a JSON array, or of the list of objects inside one object, found in a text that comes in pieces, so
// that a large file is never held as a whole. It only finds where elements begin and end; reading them is the caller's.
import { limits } from '../limits'

export interface JsonElement {
  readonly json: string
  /** 1-based place in the array */
  readonly item: number
  /** beyond limits.row: only its beginning is here */
  readonly tooLong?: true
}

const openBracket = 91
const openBrace = 123
const closeBracket = 93
const closeBrace = 125

export class JsonElements {
  /** brackets and braces that are open */
  private depth = 0
  private inList = false
  /** a list that holds no objects, beside the one that does */
  private passedOver = false
  private inString = false
  private escaped = false
  private isDone = false
  private parts: string[] = []
  private length = 0
  private item = 0
  /** line being read, for errors */
  line = 1
  /** lists of objects that have begun */
  lists = 0
  /** set when the text goes on after its end, or closes what was not opened */
  broken: string | null = null
  private readonly listDepth: number

  constructor(private readonly root: 'array' | 'object' = 'array') {
    this.listDepth = root === 'array' ? 1 : 2
  }

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
      if (c <= 32) continue
      if (this.depth === 0 && !this.opensRoot(c)) {
        if (c !== 0xfeff) this.broken = 'text outside the array'
        continue
      }
      if (c === 34) this.inString = true
      else if (c === openBracket || c === openBrace) {
        this.depth++
        if (!this.inList && c === openBracket && this.depth === this.listDepth) {
          this.inList = true
          this.passedOver = false
          this.item = 0
          from = i + 1
        }
      } else if (c === 44 && this.inList && this.depth === this.listDepth) {
        this.take(text.slice(from, i), found)
        from = i + 1
      } else if (c === closeBracket || c === closeBrace) {
        if (this.inList && this.depth === this.listDepth) {
          if (c === closeBrace) this.broken = 'a brace closes what was not opened'
          this.take(text.slice(from, i), found, true)
          this.inList = false
        }
        if (--this.depth === 0) this.isDone = true
      }
    }
    if (this.inList) this.keep(text.slice(from))
    return found
  }

  /** To be called at the end of the text: what is wrong with the whole, if anything. */
  problem(): string | null {
    if (this.broken) return this.broken
    return this.isDone ? null : `the ${this.root} is not closed`
  }

  private opensRoot(c: number): boolean {
    return !this.isDone && c === (this.root === 'array' ? openBracket : openBrace)
  }

  private keep(part: string): void {
    // of what is too long the beginning is enough
    if (this.length <= limits.row && !this.passedOver) this.parts.push(part)
    this.length += part.length
  }

  private take(last: string, found: JsonElement[], isEnd = false): void {
    this.keep(last)
    const tooLong = this.length > limits.row
    const json = tooLong ? this.parts.join('').slice(0, 200) : this.parts.join('')
    this.parts = []
    this.length = 0
    // a comma before the closing bracket leaves nothing behind it
    if (this.passedOver || (isEnd && json.trim() === '')) return
    if (++this.item === 1 && !this.begins(json)) return
    found.push({ json, item: this.item, ...(tooLong && { tooLong }) })
  }

  /** Inside an object, a list of anything else than objects is passed over. */
  private begins(json: string): boolean {
    this.passedOver = this.root === 'object' && !json.trimStart().startsWith('{')
    if (!this.passedOver) this.lists++
    return !this.passedOver
  }
}
