// A part that a Word document takes in whole (altChunk): pages and plain text become a paragraph; others are named.
import { posix } from 'node:path'
import { HtmlTables } from '../html/html-tables'
import { limits } from '../limits'
import type { OfficePackage, Relation } from '../packed/office-package'
import type { Chunk, LeftOut, Paragraph } from './document-blocks'

export async function readChunk(
  file: OfficePackage,
  { line, id }: Chunk,
  relations: ReadonlyMap<string, Relation>
): Promise<Paragraph | LeftOut> {
  const part = relations.get(id)?.part ?? ''
  const extension = posix.extname(part).toLowerCase()
  const isPage = ['.html', '.htm', '.xhtml'].includes(extension)
  const source = (isPage || extension === '.txt') && file.has(part) ? await textOf(file, part) : null
  if (source === null)
    return { kind: 'left-out', line, reason: 'EMBEDDED_PART', text: posix.basename(part) || id }
  const text = isPage ? pageText(source) : source.replace(/\r\n?/g, '\n').trim()
  return { kind: 'paragraph', line, text, heading: 0, mark: '' }
}

/** Null where it is longer than a row may be. */
async function textOf(file: OfficePackage, part: string): Promise<string | null> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const bytes of file.read(part)) {
    length += bytes.length
    if (length > limits.row) return null
    pieces.push(bytes)
  }
  const bytes = Buffer.concat(pieces)
  return decoderFor(bytes.toString('latin1', 0, 1024)).decode(bytes)
}

function decoderFor(head: string): { decode(bytes: Buffer): string } {
  const at = head.toLowerCase().indexOf('charset=')
  const name = at < 0 ? '' : (/^["']?([\w-]{1,40})/.exec(head.slice(at + 8, at + 60))?.[1] ?? '')
  try {
    return new TextDecoder(name || 'utf-8')
  } catch {
    return new TextDecoder()
  }
}

/** The page as if it stood in one cell of a table. */
function pageText(source: string): string {
  const reader = new HtmlTables()
  const rows = [...reader.push(`<table><tr><td>${source}`), ...reader.push('', true)]
  return rows.map(({ cells }) => String(cells.get(0) ?? '')).join('\n')
}
