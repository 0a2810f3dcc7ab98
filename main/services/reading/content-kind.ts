// What a file is by its own bytes, where they say so: the name may be that of another kind. Null for text and for what
// nobody knows.
import { openOrdinary } from '../../files/ordinary-file'
import { ZipFile } from './packed/zip-file'

export type ContentKind =
  | 'xlsx'
  | 'docx'
  | 'ods'
  | 'odt'
  | 'parquet'
  /** a page, or a workbook written as XML in the same manner */
  | 'html'
  /** what Excel and Word wrote before 2007 */
  | 'old-office'
  /** of a program that can save it as another kind */
  | ForeignKind

export type ForeignKind = 'xlsb' | 'pptx' | 'numbers' | 'pages' | 'web-archive' | 'rtf' | 'word-xml' | 'odp'

const headLength = 4096
/** of one that is readable, and of one whose footer is encrypted */
const parquetMarks = ['PAR1', 'PARE']

export async function contentKind(path: string): Promise<ContentKind | 'zip' | null> {
  const head = await firstBytes(path, headLength)
  if (head.readUInt32BE(0) === 0xd0cf11e0) return 'old-office'
  if (parquetMarks.includes(head.toString('latin1', 0, 4))) return 'parquet'
  if (head.readUInt32BE(0) === 0x504b0304) return (await kindOfZip(path)) ?? 'zip'
  return kindOfText(textOf(head))
}

/** A table of text under the name of Excel, as some programs export it. */
export function looksLikeTable(head: Buffer): boolean {
  const text = textOf(head)
  const lines = text.split(/\r\n|\n|\r/, 3)
  return lines.length > 1 && ['\t', ',', ';'].some((sign) => lines[0]?.includes(sign))
}

/** As many as there are; zeros where the file is shorter. */
export async function firstBytes(path: string, length: number): Promise<Buffer> {
  const handle = await openOrdinary(path)
  const head = Buffer.alloc(length)
  await handle.read(head, 0, length, 0).finally(() => handle.close())
  return head
}

async function kindOfZip(path: string): Promise<ContentKind | null> {
  let zip: ZipFile
  try {
    zip = await ZipFile.open(path)
  } catch {
    return null
  }
  try {
    const names = new Set([...zip.entries.keys()].map((name) => name.toLowerCase()))
    const has = (start: string): boolean => [...names].some((name) => name.startsWith(start))
    if (names.has('xl/workbook.bin')) return 'xlsb'
    if (has('xl/')) return 'xlsx'
    if (has('word/')) return 'docx'
    if (has('ppt/')) return 'pptx'
    if (names.has('content.xml')) return await kindOfOpenDocument(zip)
    if (names.has('index/document.iwa') || has('index.zip')) return has('index/tables') ? 'numbers' : 'pages'
    return null
  } finally {
    await zip.close()
  }
}

async function kindOfOpenDocument(zip: ZipFile): Promise<ContentKind> {
  const entry = zip.entries.get('mimetype')
  let type = ''
  if (entry)
    for await (const bytes of zip.read(entry)) if (type.length < 200) type += bytes.toString('latin1')
  if (type.includes('.text')) return 'odt'
  return type.includes('.presentation') ? 'odp' : 'ods'
}

/** How a page, or a piece of one, begins. */
const pageStarts =
  `<!doctype html|<html|<table|<meta|<head|<body|<title|<style|<div|<dl|<dt|<details|<section|<article|<main|<ul|<ol|<p>|<p |<h1|<h2|<h3|<span|<font|<center`.split(
    '|'
  )

function kindOfText(head: string): ContentKind | null {
  const text = head.trimStart().toLowerCase()
  if (text.startsWith('{\\rtf')) return 'rtf'
  if (text.startsWith('mime-version:') || text.startsWith('from: <saved by')) return 'web-archive'
  if (text.startsWith('<?xml') || text.startsWith('<workbook')) {
    if (text.includes('urn:schemas-microsoft-com:office:spreadsheet')) return 'html'
    if (text.includes('progid="word.document"')) return 'word-xml'
  }
  const isPage = pageStarts.some((tag) => text.startsWith(tag))
  return isPage || (text.startsWith('<') && (text.includes('<html') || text.includes('<table')))
    ? 'html'
    : null
}

/** Enough of the text to know it by: its letters are ASCII, in UTF-16 with zeros between them. */
function textOf(head: Buffer): string {
  return head
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(ï»¿|ÿþ|þÿ)/, '')
}
