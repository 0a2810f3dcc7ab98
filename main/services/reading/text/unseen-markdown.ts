// What a page made of Markdown does not show: the front matter at its head, and comments. Left out line by line, and said. What stands
// in a program between fences is shown.
import type { Line } from '../lines'
import { longestExcerpt } from '../refusals'
import type { RawRow } from '../rows'

/** Lines of one such part; a longer one is taken for text, since it may never have been closed. */
const mostLines = 1000
const member = /^(?:[\w.-]{1,60}\s?:(?:\s|$)|\s{0,8}-\s|\s{1,40}\S|#|$)/

export class UnseenMarkdown {
  /** lines of the part that is open, and how it began */
  #held: Line[] = []
  #kind: 'front' | 'comment' | null = null
  /** of the line where the comment began, what stands before it */
  #before = ''
  #isCode = false
  #hidden: RawRow[] = []

  /** The lines to be read; those of a part that is still open come with a later one, where it is none. */
  seen(line: Line): readonly Line[] {
    if (this.#kind !== null) return this.#inPart(line)
    if (line.number === 1 && line.line.trimEnd() === '---') {
      this.#kind = 'front'
      this.#held = [line]
      return []
    }
    if (/^ {0,3}(?:```|~~~)/.test(line.line)) this.#isCode = !this.#isCode
    return this.#isCode || !line.line.includes('<!--') ? [line] : this.#withoutComments(line)
  }

  /** What was left out since the last look. */
  hidden(): readonly RawRow[] {
    const hidden = this.#hidden
    this.#hidden = []
    return hidden
  }

  /** Of a part that was never closed, its lines. */
  end(): readonly Line[] {
    const held = this.#held
    this.#held = []
    this.#kind = null
    return held
  }

  #inPart(line: Line): readonly Line[] {
    const end = this.#kind === 'comment' ? line.line.indexOf('-->') : -1
    const isFront = this.#kind === 'front'
    const isClosed = isFront ? /^(?:---|\.\.\.)\s*$/.test(line.line) : end >= 0
    this.#held.push(line)
    if (!isClosed) {
      const isNone = this.#held.length > mostLines || line.tooLong || (isFront && !member.test(line.line))
      return isNone ? this.end() : []
    }
    const [first = line] = this.#held
    // two rules with nothing between them are no front matter
    if (isFront && this.#held.length < 3) return this.end()
    this.#hide(first.number, this.#held.map((one) => one.line).join('\n'))
    this.#held = []
    this.#kind = null
    if (isFront) return []
    const rest = this.#before + line.line.slice(end + 3)
    this.#before = ''
    return rest.trim() === '' ? [] : this.#withoutComments({ ...line, line: rest })
  }

  #withoutComments(line: Line): readonly Line[] {
    let text = line.line
    for (;;) {
      const from = text.indexOf('<!--')
      if (from < 0)
        return text.trim() === '' && line.line.trim() !== '' ? [] : [{ ...line, line: text.trimEnd() }]
      const to = text.indexOf('-->', from + 4)
      if (to < 0) {
        this.#kind = 'comment'
        this.#before = text.slice(0, from)
        this.#held = [{ ...line, line: text }]
        return []
      }
      this.#hide(line.number, text.slice(from, to + 3))
      text = text.slice(0, from) + text.slice(to + 3)
    }
  }

  #hide(row: number, text: string): void {
    this.#hidden.push({ kind: 'broken', row, reason: 'HIDDEN_TEXT', excerpt: text.slice(0, longestExcerpt) })
  }
}

/** A text as it is seen. */
export function seenText(text: string): string {
  const unseen = new UnseenMarkdown()
  const lines = text.split(/\r\n|\n|\r/).flatMap((line, i) => unseen.seen({ line, number: i + 1 }))
  return [...lines, ...unseen.end()].map(({ line }) => line).join('\n')
}
