// Plain text and Markdown: passages of whole paragraphs, each long enough to carry sense and short enough that
// some can be held out. Longer documents than a passage stay in order, one passage after the other.
import type { TextSplit } from '../../../contract/records'
import { lineBatches, type Line } from '../lines'
import { longestExcerpt } from '../refusals'
import type { RawRow } from '../rows'
import { splitText } from './split-pairs'
import { UnseenMarkdown } from './unseen-markdown'

/** As questions and answers, as the user chose; what belongs to none is said. */
export async function* readPairs(
  text: AsyncIterable<string>,
  split: TextSplit,
  isMarkdown = false
): AsyncGenerator<RawRow[]> {
  const all: Line[] = []
  const hidden: RawRow[] = []
  for await (const { lines, left } of seenLines(text, isMarkdown)) {
    for (const line of lines) all.push(line)
    for (const row of left) hidden.push(row)
  }
  const { pairs, rest } = splitText(all, split)
  const rows: RawRow[] = [
    ...hidden,
    ...pairs.map(({ row, question, answer }): RawRow => ({ kind: 'row', row, values: { question, answer } })),
    ...rest.map(({ row, text }): RawRow => ({
      kind: 'broken',
      row,
      reason: 'OUTSIDE_PAIRS',
      excerpt: text.slice(0, longestExcerpt)
    }))
  ]
  yield rows.sort((a, b) => a.row - b.row)
}

/** Lines as they come; of Markdown without what its page does not show, which is given apart. */
async function* seenLines(
  text: AsyncIterable<string>,
  isMarkdown: boolean
): AsyncGenerator<{ readonly lines: readonly Line[]; readonly left: readonly RawRow[] }> {
  const unseen = isMarkdown ? new UnseenMarkdown() : null
  for await (const lines of lineBatches(text)) {
    if (!unseen) yield { lines, left: [] }
    else yield { lines: lines.flatMap((line) => unseen.seen(line)), left: unseen.hidden() }
  }
  if (unseen) yield { lines: unseen.end(), left: unseen.hidden() }
}

/** Characters after which a passage ends at the next paragraph. */
const passageLength = 2000

export async function* readText(text: AsyncIterable<string>, isMarkdown = false): AsyncGenerator<RawRow[]> {
  let passage = new Passage()
  /** ended, and given only when it is known whether another follows */
  let last: Passage | null = null
  for await (const { lines, left } of seenLines(text, isMarkdown)) {
    const found: RawRow[] = [...left]
    const end = (): void => {
      if (passage.length === 0) return
      if (last) found.push(last.row(true))
      last = passage
      passage = new Passage()
    }
    for (const { line, number, tooLong } of lines) {
      const isBlank = line.trim() === ''
      // a text without blank lines is cut at its line ends
      if (passage.length > (isBlank ? passageLength : 2 * passageLength)) end()
      if (tooLong) {
        end()
        found.push({ kind: 'broken', row: number, reason: 'ROW_TOO_LONG', excerpt: line })
      } else passage.add(line, number)
    }
    yield found
  }
  const rest = [last, passage].filter((one): one is Passage => (one?.length ?? 0) > 0)
  yield rest.map((one, at) => one.row(at + 1 < rest.length))
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

  row(goesOn: boolean): RawRow {
    const values = { text: this.parts.join('\n').trim() }
    return { kind: 'row', row: this.start, values, ...(goesOn && { goesOn }) }
  }
}
