// A text that stands in a file once and in its rows ten thousand times: the file is refused with a sentence before the disk is
// full. What an honest file repeats is read.
import { describe, expect, test } from 'vitest'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { docx, p } from '../../fixtures/write-docx'
import { xlsx, xlsxParts } from '../../fixtures/write-xlsx'
import { zipOf } from '../../fixtures/write-zip'
import { read, refusal } from './reading'

const rows = 3000
const long = 'い'.repeat(100_000)
const each = <T>(make: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => make(row))
const sheetName = 'xl/worksheets/sheet1.xml'

function shared(text: string): Buffer {
  const parts = xlsxParts([
    {
      name: 'S',
      rows: [
        ['質問', '回答'],
        ['q', text]
      ]
    }
  ])
  const cells = each(
    (i) => `<row r="${i + 3}"><c r="A${i + 3}"><v>${i}</v></c><c r="B${i + 3}" t="s"><v>3</v></c></row>`
  )
  const sheet = String(parts[sheetName]).replace('</sheetData>', `${cells.join('')}</sheetData>`)
  return zipOf({ ...parts, [sheetName]: sheet })
}

function merged(text: string): Buffer {
  const below = each((i) => [`q${i}`, null] as const)
  return xlsx([{ name: 'S', rows: [['質問', '回答'], ['q', text], ...below], merged: [`B2:B${rows + 2}`] }])
}

const spanned = (text: string): string =>
  `<table><tr><th>質問<th>回答<tr><td>q<td rowspan=${rows + 1}>${text}${each((i) => `<tr><td>q${i}`).join('')}</table>`

function repeated(text: string, times: number): Buffer {
  const row = (cells: readonly string[], times: number): string =>
    `<table:table-row table:number-rows-repeated="${times}">${cells.map((cell) => `<table:table-cell><text:p>${cell}</text:p></table:table-cell>`).join('')}</table:table-row>`
  const names = 'xmlns:office="o" xmlns:table="t" xmlns:text="x"'
  const table = `${row(['質問', '回答'], 1)}${[1, 2, 3].map((n) => row([`q${n}`, text], times)).join('')}`
  return zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `<office:document-content ${names}><office:body><office:spreadsheet><table:table table:name="S">${table}</table:table></office:spreadsheet></office:body></office:document-content>`
  })
}

const packed = (text: string): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'question', data: each((i) => `q${i}`) },
        { name: 'answer', data: each(() => text) }
      ]
    })
  )

describe('a text that comes again and again', () => {
  const files: readonly (readonly [string, (text: string) => string | Uint8Array])[] = [
    ['shared.xlsx', shared],
    ['merged.xlsx', merged],
    ['spanned.html', spanned],
    ['repeated.ods', (text) => repeated(text, 1000)],
    ['dictionary.parquet', packed]
  ]
  test.each(files)('%s', async (name, make) => {
    expect(await refusal(name, make(long))).toMatchObject({ code: 'OFFICE_FILE_TOO_LARGE' })
    expect((await read(name, make('いつもの答えです。'))).examples.length).toBeGreaterThanOrEqual(rows)
  })
})

test('the mark of a list that would stand before every paragraph at any length', async () => {
  const numbering = (text: string): Buffer =>
    docx([p('q', { list: 'Q' }), p('a', { list: 'A' })], {
      'word/numbering.xml': `<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="${text}"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
    })
  expect(await refusal('a.docx', numbering('%1'.repeat(50_000)))).toMatchObject({
    code: 'OFFICE_FILE_STRANGE'
  })
})
