// Plain text and Markdown: passages of whole paragraphs, each long enough to carry sense and short enough that
// some can be held out. Longer documents than a passage stay in order, one passage after the other.
import { lines } from '../lines'
import type { RawRow } from '../rows'

/** Characters after which a passage ends at the next paragraph. */
const passageLength = 2000

export async function* readText(text: AsyncIterable<string>): AsyncGenerator<RawRow> {
  let passage = new Passage()
  for await (const { line, number } of lines(text)) {
    const isBlank = line.trim() === ''
    // a text without blank lines is cut at its line ends
    if (passage.length > (isBlank ? passageLength : 2 * passageLength)) {
      yield passage.row()
      passage = new Passage()
    }
    passage.add(line, number)
  }
  if (passage.length > 0) yield passage.row()
}

class Passage {
  private readonly parts: string[] = []
  private start = 0
  length = 0

  add(line: string, number: number): void {
    // blank lines before the first words belong to nothing
    if (this.length === 0 && line.trim() === '') return
    if (this.length === 0) this.start = number
    this.parts.push(line)
    this.length += line.length + 1
  }

  row(): RawRow {
    return { kind: 'row', row: this.start, values: { text: this.parts.join('\n').trim() } }
  }
}
