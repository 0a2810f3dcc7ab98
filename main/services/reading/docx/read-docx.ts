// A Word file, opened and read part by part.
import { emptyData } from '../file-errors'
import { brokenOfficeFile } from '../packed/office-errors'
import { Comments, withComments } from '../packed/comments'
import { OfficePackage, type Relation } from '../packed/office-package'
import type { PackedFile, PackedOptions, ReadFile } from '../rows'
import { DocumentBlocks, type Block, type DocumentPart, type LeftOut } from './document-blocks'
import { documentTable } from './document-table'
import { readChunk } from './read-chunk'
import { ListMarks } from './list-marks'
import { ParagraphStyles } from './paragraph-styles'

export async function readDocx(path: string, options: PackedOptions): Promise<PackedFile> {
  const file = await OfficePackage.open(path)
  return { tables: tables(file, options), leftOut: [], close: () => file.close() }
}

async function* tables(file: OfficePackage, options: PackedOptions): AsyncGenerator<ReadFile> {
  const blocks: Block[] = []
  const leftOut: LeftOut[] = []
  const { parts, chunks, comments } = await partsOf(file)
  for await (const part of parts) {
    options.beat(0)
    if (part.kind === 'left-out') leftOut.push(part)
    else if (part.kind !== 'chunk') blocks.push(part)
    else {
      const found = await readChunk(file, part, chunks)
      if (found.kind === 'left-out') leftOut.push(found)
      else blocks.push(found)
    }
  }
  if (blocks.length === 0 && leftOut.length === 0) throw emptyData(file.path)
  yield withComments(documentTable('docx', { blocks, leftOut }, options), comments)
}

async function partsOf(
  file: OfficePackage
): Promise<{ parts: AsyncIterable<DocumentPart>; chunks: ReadonlyMap<string, Relation>; comments: number }> {
  const main = await file.mainPart()
  if (!/document/i.test(main)) throw brokenOfficeFile(file.path, 'not a document')
  const chunks = await file.relations(main)
  const partOf = (kind: string): string | undefined =>
    [...chunks.values()].find((relation) => relation.kind === kind && file.has(relation.part))?.part
  const [styles, lists] = [new ParagraphStyles(), new ListMarks()]
  const [stylesPart, listsPart] = [partOf('styles'), partOf('numbering')]
  if (stylesPart) await file.readXml(stylesPart, styles)
  if (listsPart) await file.readXml(listsPart, lists)
  const [comments, commentsPart] = [new Comments(), partOf('comments')]
  if (commentsPart) await file.readXml(commentsPart, comments)
  return { parts: file.collect(main, new DocumentBlocks(styles, lists)), chunks, comments: comments.count }
}
