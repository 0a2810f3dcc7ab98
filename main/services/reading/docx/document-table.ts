// Blocks of a document (Word, LibreOffice) as one table: questions and answers where it has them, else passages of its text.
import type { TextSplit } from '../../../contract/records'
import { limits } from '../limits'
import type { PackedOptions, RawRow, ReadFile } from '../rows'
import { splitText, waysOf } from '../text/split-pairs'
import type { Block, LeftOut } from './document-blocks'
import { findPairs, shownText, type Pairs } from './find-pairs'
import { labelRows } from './label-table'

/** Characters after which a passage ends at the next paragraph. */
const passageLength = 2000

export interface Document {
  readonly blocks: readonly Block[]
  readonly leftOut: readonly LeftOut[]
}

export function documentTable(
  format: 'docx' | 'odt',
  { blocks, leftOut }: Document,
  { shape, split }: Pick<PackedOptions, 'shape' | 'split'>
): ReadFile {
  const sorted = split || (shape !== undefined && shape !== 'text-label') ? null : labelRows(blocks)
  if (sorted)
    return {
      format,
      hasNames: true,
      rows: inOrder([
        ...sorted.rows,
        ...outsideRows(sorted.others.flatMap(paragraphsOf)),
        ...leftOut.map(leftOutRow)
      ])
    }
  const pairs = shape === 'text' ? null : split ? bySplit(blocks, split) : findPairs(blocks)
  // the marks of questions are found unasked
  const ways =
    shape === 'text' ? [] : waysOf(linesIn(blocks)).filter(({ kind }) => kind !== 'questions' || !pairs)
  return {
    format,
    hasNames: true,
    rows: inOrder([...(pairs ? pairRows(pairs) : textRows(blocks)), ...leftOut.map(leftOutRow)]),
    ...(pairs && { confidence: pairs.confidence }),
    ...(ways.length > 0 && { splits: ways })
  }
}

/** Every line of a document with its number in it. */
function linesIn(blocks: readonly Block[]): { readonly line: string; readonly number: number }[] {
  return blocks
    .flatMap(paragraphsOf)
    .flatMap(({ line, text }) => text.split('\n').map((part, i) => ({ line: part, number: line + i })))
}

function bySplit(blocks: readonly Block[], split: TextSplit): Pairs {
  const { pairs, rest } = splitText(linesIn(blocks), split)
  return {
    pairs: pairs.map(({ row, question, answer }) => ({ line: row, question, answer })),
    outside: rest.map(({ row, text }) => ({ line: row, text })),
    confidence: 1
  }
}

async function* inOrder(rows: RawRow[]): AsyncGenerator<RawRow[]> {
  yield rows.sort((a, b) => a.row - b.row)
}

const leftOutRow = ({ line, reason, text }: LeftOut): RawRow => ({
  kind: 'broken',
  row: line,
  reason,
  excerpt: text
})

function pairRows({ pairs, outside }: Pairs): RawRow[] {
  return [
    ...pairs.map(({ line, question, answer, others }): RawRow =>
      question.length + answer.length > limits.row
        ? { kind: 'broken', row: line, reason: 'ROW_TOO_LONG', excerpt: question.slice(0, 80) }
        : { kind: 'row', row: line, values: { question, answer, ...others } }
    ),
    ...outsideRows(outside)
  ]
}

const outsideRows = (outside: Pairs['outside']): readonly RawRow[] =>
  outside.map(({ line, text }) => ({ kind: 'broken', row: line, reason: 'OUTSIDE_PAIRS', excerpt: text }))

function textRows(blocks: readonly Block[]): RawRow[] {
  const rows: RawRow[] = []
  let passage: string[] = []
  let start = 0
  let length = 0
  const end = (): void => {
    if (passage.length > 0) rows.push({ kind: 'row', row: start, values: { text: passage.join('\n\n') } })
    passage = []
    length = 0
  }
  for (const { line, text } of blocks.flatMap(paragraphsOf)) {
    if (passage.length === 0) start = line
    passage.push(text)
    length += text.length
    if (length > passageLength) end()
  }
  end()
  return rows.map((row, at) => (at + 1 < rows.length && row.kind === 'row' ? { ...row, goesOn: true } : row))
}

function paragraphsOf(block: Block): { line: number; text: string }[] {
  if (block.kind === 'paragraph') return [{ line: block.line, text: shownText(block) }]
  const text = block.rows.map(({ cells }) => cells.filter((cell) => cell !== '').join('\t')).join('\n')
  return text.trim() === '' ? [] : [{ line: block.rows[0]?.line ?? 0, text }]
}
