// An OpenDocument text (LibreOffice, Google): the same blocks as a Word file has, and the same table of them.
import { emptyData } from '../file-errors'
import type { Block, LeftOut } from '../docx/document-blocks'
import { documentTable } from '../docx/document-table'
import { withComments } from '../packed/comments'
import { OfficePackage } from '../packed/office-package'
import type { PackedFile, PackedOptions, ReadFile } from '../rows'
import { refuseProtected } from './protection'
import { TextBlocks } from './text-blocks'
import { TextStyles } from './text-styles'

export async function readOdt(path: string, options: PackedOptions): Promise<PackedFile> {
  const file = await OfficePackage.open(path)
  try {
    await refuseProtected(file)
  } catch (error) {
    await file.close()
    throw error
  }
  return { tables: tables(file, options), leftOut: [], close: () => file.close() }
}

async function* tables(file: OfficePackage, options: PackedOptions): AsyncGenerator<ReadFile> {
  const styles = new TextStyles()
  if (file.has('styles.xml')) await file.readXml('styles.xml', styles)
  const blocks: Block[] = []
  const leftOut: LeftOut[] = []
  const text = new TextBlocks(styles)
  for await (const part of file.collect('content.xml', text)) {
    options.beat(0)
    if (part.kind === 'left-out') leftOut.push(part)
    else blocks.push(part)
  }
  if (blocks.length === 0 && leftOut.length === 0) throw emptyData(file.path)
  yield withComments(documentTable('odt', { blocks, leftOut }, options), text.comments)
}
