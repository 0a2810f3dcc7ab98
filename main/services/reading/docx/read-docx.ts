// A Word file as one table: questions and answers where it has them, else passages of its text.
import { emptyData } from '../file-errors'
import { brokenOfficeFile } from '../packed/office-errors'
import { OfficePackage } from '../packed/office-package'
import type { PackedFile, PackedOptions, RawRow, ReadFile } from '../rows'
import { DocumentBlocks, type Block } from './document-blocks'
import { findPairs, type Pairs } from './find-pairs'
import { ListMarks } from './list-marks'
import { ParagraphStyles } from './paragraph-styles'

/** Characters after which a passage ends at the next paragraph. */
const passageLength = 2000

export async function readDocx(path: string, options: PackedOptions): Promise<PackedFile> {
  const file = await OfficePackage.open(path)
  return { tables: tables(file, options), leftOut: [], close: () => file.close() }
}

async function* tables(file: OfficePackage, { shape, beat }: PackedOptions): AsyncGenerator<ReadFile> {
  const blocks: Block[] = []
  for await (const block of await blocksOf(file)) {
    beat(0)
    blocks.push(block)
  }
  if (blocks.length === 0) throw emptyData(file.path)
  const pairs = shape === 'text' ? null : findPairs(blocks)
  yield {
    format: 'docx',
    hasNames: true,
    rows: pairs ? pairRows(pairs) : textRows(blocks),
    ...(pairs && { confidence: pairs.confidence })
  }
}

async function blocksOf(file: OfficePackage): Promise<AsyncIterable<Block>> {
  const main = await file.mainPart()
  if (!/document/i.test(main)) throw brokenOfficeFile(file.path, 'not a document')
  const relations = [...(await file.relations(main)).values()]
  const partOf = (kind: string): string | undefined =>
    relations.find((relation) => relation.kind === kind && file.has(relation.part))?.part
  const [styles, lists] = [new ParagraphStyles(), new ListMarks()]
  const [stylesPart, listsPart] = [partOf('styles'), partOf('numbering')]
  if (stylesPart) await file.readXml(stylesPart, styles)
  if (listsPart) await file.readXml(listsPart, lists)
  return file.collect(main, new DocumentBlocks(styles, lists))
}

async function* pairRows({ pairs, outside }: Pairs): AsyncGenerator<RawRow> {
  const rows: RawRow[] = [
    ...pairs.map(({ line, question, answer }): RawRow => ({
      kind: 'row',
      row: line,
      values: { question, answer }
    })),
    ...outside.map(({ line, text }): RawRow => ({
      kind: 'broken',
      row: line,
      reason: 'OUTSIDE_PAIRS',
      excerpt: text
    }))
  ]
  yield* rows.sort((a, b) => a.row - b.row)
}

async function* textRows(blocks: readonly Block[]): AsyncGenerator<RawRow> {
  let passage: string[] = []
  let start = 0
  for (const { line, text } of blocks.flatMap(paragraphsOf)) {
    if (passage.length === 0) start = line
    passage.push(text)
    if (passage.reduce((sum, part) => sum + part.length, 0) > passageLength) {
      yield { kind: 'row', row: start, values: { text: passage.join('\n\n') } }
      passage = []
    }
  }
  if (passage.length > 0) yield { kind: 'row', row: start, values: { text: passage.join('\n\n') } }
}

function paragraphsOf(block: Block): { line: number; text: string }[] {
  if (block.kind === 'paragraph') return [{ line: block.line, text: block.text }]
  const text = block.rows.map(({ cells }) => cells.filter((cell) => cell !== '').join('\t')).join('\n')
  return text.trim() === '' ? [] : [{ line: block.rows[0]?.line ?? 0, text }]
}
