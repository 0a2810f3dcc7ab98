// What a file is decides, not its name; what cannot be read is named, with the program that saves it as what can.
import { execFileSync } from 'node:child_process'
import { appendFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readData } from '../../../main/services/dataset/read/read-paths'
import { readFile } from '../../../main/services/dataset/read/read-file'
import { docx, p } from '../../fixtures/write-docx'
import { xlsx } from '../../fixtures/write-xlsx'
import { zipOf } from '../../fixtures/write-zip'
import { read, refusal, said } from './reading'
import { newFolder, writeData } from './write-file'

const rows = [
  ['質問', '回答'],
  ['q1', 'a1'],
  ['q2', 'a2']
]
const twice = ['u: q1 | a: a1', 'u: q2 | a: a2']
const book = xlsx([{ name: 'S', rows }])
const letter = docx([p('Q. q1'), p('A. a1'), p('Q. q2'), p('A. a2')])
const table = rows.map((row) => row.join('\t')).join('\r\n')
const page = `<html><body><h1>FAQ</h1><table>${rows
  .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  .join('\n')}</table></body></html>`
const sheetXml = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="a"/></Styles><Worksheet ss:Name="FAQ"><Table>${rows
  .map(
    (row) => `<Row>${row.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`
  )
  .join('')}</Table></Worksheet></Workbook>`

describe('the same examples from', () => {
  test.each<[string, string | Uint8Array]>([
    ['faq.xlsx', book],
    ['faq.xlsm', book],
    ['faq.xltx', book],
    ['faq.xls', book],
    ['faq.csv', book],
    ['faq.docx', letter],
    ['faq.docm', letter],
    ['faq.dotx', letter],
    ['faq.txt', letter],
    ['faq.xls', table],
    ['faq.xlsx', table],
    ['faq.xls', page],
    ['faq.xlsx', page],
    ['faq.html', page],
    ['faq.xls', sheetXml]
  ])('%s', async (name, content) => {
    expect((await read(name, content)).examples.map(said)).toEqual(twice)
  })
})

describe('a program that saves it as something else is named', () => {
  test.each<[string, string | Uint8Array, string, string]>([
    ['a.xlsb', zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }), 'Excel', 'xlsx'],
    [
      'a.odp',
      zipOf({ mimetype: 'application/vnd.oasis.opendocument.presentation', 'content.xml': '<a/>' }),
      'LibreOffice',
      'txt'
    ],
    ['a.pptx', zipOf({ 'ppt/presentation.xml': '<a/>' }), 'PowerPoint', 'rtf'],
    ['a.numbers', zipOf({ 'Index/Document.iwa': 'x', 'Index/Tables/a.iwa': 'x' }), 'Numbers', 'xlsx'],
    ['a.pages', zipOf({ 'Index/Document.iwa': 'x' }), 'Pages', 'docx'],
    ['a.rtf', '{\\rtf1\\ansi Q. a}', 'Word', 'docx'],
    ['a.xls', 'MIME-Version: 1.0\nContent-Type: multipart/related', 'Excel', 'xlsx'],
    ['a.csv', zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }), 'Excel', 'xlsx']
  ])('%s', async (name, content, program, format) => {
    expect(await refusal(name, content)).toMatchObject({
      code: 'FOREIGN_FILE',
      details: { file: name, program, format }
    })
  })

  test.each([
    ['a.jtd', '一太郎'],
    ['a.hwp', 'Hancom Office'],
    ['a.hwpx', 'Hancom Office'],
    ['a.msg', 'Outlook'],
    ['a.ppt', 'PowerPoint'],
    ['a.sxc', 'LibreOffice'],
    ['a.gnumeric', 'Gnumeric'],
    ['a.accdb', 'Access']
  ])('%s, in whichever container it lies', async (name, program) => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
    const gzip = Buffer.concat([Buffer.from('1f8b', 'hex'), Buffer.alloc(60)])
    for (const bytes of [ole, gzip, zipOf({ 'Contents/section0.xml': '<a/>' })])
      expect(await refusal(name, bytes)).toMatchObject({ code: 'FOREIGN_FILE', details: { program } })
  })

  test('what is packed and of no office is packed', async () => {
    expect(await refusal('a.csv', zipOf({ 'a.txt': 'x' }))).toMatchObject({ code: 'COMPRESSED_FILE' })
    expect(await refusal('a.html', '<html><body>no table</body></html>')).toMatchObject({
      code: 'NO_TABLE_IN_PAGE'
    })
  })
})

test('every file of the shared cases that office programs write is read', async () => {
  const kinds = join(import.meta.dirname, '../../fixtures/faults/33')
  for (const name of ['faq.xlsm', 'export-csv.xlsx', 'manual.docm', 'manual.dotx'])
    expect((await readData([join(kinds, name)])).examples.length, name).toBeGreaterThan(0)
})

test.skipIf(process.platform === 'win32')('a pipe is no file, and is not waited for', async () => {
  const pipe = join(newFolder(), 'pipe.csv')
  execFileSync('mkfifo', [pipe])
  await expect(readData([pipe])).rejects.toMatchObject({ code: 'NOT_A_FILE', details: { file: 'pipe.csv' } })
})

test.each([
  ['cut', (path: string) => truncateSync(path, 1 << 20)],
  ['written on', (path: string) => appendFileSync(path, 'q,a\n')]
])('a file that is %s while it is read is said', async (_, change) => {
  const path = writeData('a.csv', `question,answer\n${'q1,a1\n'.repeat(400_000)}`)
  let seen = 0
  const contents = await readFile({ path, name: 'a.csv' }, {}, () => {
    if (++seen === 1000) change(path)
  })
  expect(contents.error).toMatchObject({ code: 'CHANGED_WHILE_READ', details: { file: 'a.csv' } })
})

test('an encoding called as objects call their insides is none', async () => {
  for (const encoding of ['constructor', '__proto__', 'toString'])
    expect(await refusal('a.csv', 'question,answer\nq,a\n', { encoding })).toMatchObject({
      code: 'UNKNOWN_ENCODING'
    })
})
