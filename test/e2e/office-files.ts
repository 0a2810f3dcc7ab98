// Files as an office has them, made from the sample's Japanese rows: an Excel book with two sheets whose header
// stands in the third row, and a CP932 table. Not the reader's fixtures: those are made apart, in test/services.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import iconv from 'iconv-lite'

export interface Pair {
  readonly question: string
  readonly answer: string
}

const sample = resolve(import.meta.dirname, '../../resources/sample/support-desk.jsonl')

export const japanesePairs = (): Pair[] =>
  readFileSync(sample, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Pair & { language: string })
    .filter((row) => row.language === 'ja')

const escapeCsv = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** As Japanese Excel saves "CSV": CP932, CRLF. */
export function writeCp932(file: string, pairs: readonly Pair[]): void {
  const lines = [
    ['番号', 'お客様からの質問', '回答文'],
    ...pairs.map((pair, index) => [String(index + 1), pair.question, pair.answer])
  ]
  const text = lines.map((cells) => cells.map(escapeCsv).join(',')).join('\r\n')
  writeFileSync(file, iconv.encode(`${text}\r\n`, 'cp932'))
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A title, a note, then the header; the pairs are divided over two sheets. */
export function writeExcel(file: string, pairs: readonly Pair[]): void {
  const strings: string[] = []
  const shared = (text: string): number => {
    const at = strings.indexOf(text)
    return at >= 0 ? at : strings.push(text) - 1
  }
  const half = Math.ceil(pairs.length / 2)
  const sheets = [
    { name: '返品・交換', pairs: pairs.slice(0, half) },
    { name: 'ご注文', pairs: pairs.slice(half) }
  ].map((sheet) => ({
    name: sheet.name,
    xml: sheetXml([
      [shared(`${sheet.name} 応対記録`)],
      [shared('2026年度　社外秘')],
      [shared('番号'), shared('お客様からの質問'), shared('回答文')],
      ...sheet.pairs.map((pair, index) => [{ number: index + 1 }, shared(pair.question), shared(pair.answer)])
    ])
  }))
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}<Override PartName="/xl/sharedStrings.xml" ContentType="${type}.sharedStrings+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map((sheet, index) => `<sheet name="${sheet.name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheet.xml])),
    'xl/sharedStrings.xml': `<sst xmlns="${main}" uniqueCount="${strings.length}">${strings.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`
  }
  writeFileSync(
    file,
    zip(Object.entries(parts).map(([name, text]) => ({ name, body: Buffer.from(head + text) })))
  )
}

function sheetXml(rows: readonly (readonly (number | { number: number })[])[]): string {
  const cell = (value: number | { number: number }, column: number, row: number): string => {
    const place = `${String.fromCharCode(65 + column)}${row + 1}`
    return typeof value === 'number'
      ? `<c r="${place}" t="s"><v>${value}</v></c>`
      : `<c r="${place}"><v>${value.number}</v></c>`
  }
  const body = rows
    .map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((value, column) => cell(value, column, row)).join('')}</row>`
    )
    .join('')
  return `<worksheet xmlns="${main}"><sheetData>${body}</sheetData></worksheet>`
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A zip archive of stored entries: all that a reader of Office files needs. */
function zip(entries: readonly { name: string; body: Buffer }[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, body } of entries) {
    const path = Buffer.from(name)
    // version, flags (UTF-8 names), method 0, time, date, checksum, sizes, name, extra
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(body), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(body.length, 18)
    common.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, body])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, path]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

function crc32(data: Buffer): number {
  let crc = ~0
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
