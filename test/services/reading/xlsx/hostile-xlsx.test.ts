// Sheets made to stop whoever reads them are a refused row or a sentence, soon and in little memory.
import { describe, expect, test } from 'vitest'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { limits } from '../../../../main/services/reading/limits'
import { xlsx, xlsxParts, type BookGiven, type SheetGiven } from '../../../fixtures/write-xlsx'
import { zipOf } from '../../../fixtures/write-zip'
import { said } from '../reading'
import { writeData } from '../write-file'

const rows = [
  ['質問', '回答'],
  ['q1', 'a1'],
  ['q2', 'a2']
]
const twice = ['u: q1 | a: a1', 'u: q2 | a: a2']
const path = (sheet: Partial<SheetGiven>, book?: BookGiven): string =>
  writeData('a.xlsx', xlsx([{ name: 'S', rows, ...sheet }], book))
/** The sheet's XML changed by hand. */
const changed = (change: (xml: string) => string): string => {
  const parts = xlsxParts([{ name: 'S', rows }])
  const name = 'xl/worksheets/sheet1.xml'
  return writeData('a.xlsx', zipOf({ ...parts, [name]: change(String(parts[name])) }))
}

/** Bounds are ten times what a slow machine takes. */
async function soon<T>(work: Promise<T>): Promise<T> {
  const before = performance.now()
  try {
    return await work
  } finally {
    expect(performance.now() - before).toBeLessThan(10_000)
  }
}

describe('read as if it were not there', () => {
  test.each([
    ['200,000 equal merged areas', () => path({ merged: Array<string>(200_000).fill('D1:XFD1048576') })],
    [
      'a number format of 100,000 brackets',
      () => path({ rows: [...rows, ['q3', { value: 1, format: '['.repeat(1e5) }]] })
    ],
    [
      'a place of 200,000 digits',
      () => changed((xml) => xml.replace('r="A2"', `r="A${'2'.repeat(200_000)}"`))
    ],
    ['an area of 200,000 digits', () => path({ merged: [`A1:${'1'.repeat(200_000)}x`] })],
    [
      'a row number beyond the last',
      () => changed((xml) => xml.replace('<row r="2"', '<row r="99999999999"'))
    ]
  ])('%s', async (_, given) => {
    const { examples } = await soon(readData([given()]))
    expect(examples.map(said).slice(0, 2)).toEqual(twice)
  })
})

describe('a sentence', () => {
  const element = (name: string, inside: string): string => `<${name}>${inside}</${name}>`
  test.each([
    [
      'a million tags in one another',
      () => changed((xml) => xml.replace('<sheetData>', `<sheetData>${'<a>'.repeat(1e6)}`))
    ],
    [
      'a million attributes',
      () =>
        changed((xml) =>
          xml.replace(
            '<sheetData>',
            `<x ${Array.from({ length: 1e6 }, (_, i) => `a${i}=""`).join(' ')}/><sheetData>`
          )
        )
    ],
    [
      'more merged areas than memory likes',
      () => path({ merged: Array<string>(limits.areas + 1).fill('A1:A1') })
    ],
    ['a text of 40 MB', () => changed((xml) => xml.replace('<v>0</v>', element('v', '1'.repeat(40e6))))]
  ])('%s', async (_, given) => {
    await soon(expect(readData([given()])).rejects.toMatchObject({ code: 'OFFICE_FILE_STRANGE' }))
  })
})

test('an endless cell is one refused row', async () => {
  const long = 'x'.repeat(limits.cell + 1)
  for (const inline of [true, false]) {
    const given = path({ rows: [...rows.slice(0, 2), ['long', long], ...rows.slice(2)] }, { inline })
    const { examples, report } = await soon(readData([given]))
    expect(examples.map(said)).toEqual(twice)
    expect(report.refused).toMatchObject([{ source: { row: 3 }, reason: 'CELL_TOO_LONG' }])
  }
})

test('many short rows below many names take no time', async () => {
  const wide = ['質問', '回答', ...Array.from({ length: 16_000 }, (_, i) => `c${i}`)]
  const cells = (names: readonly string[]): string =>
    names.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('')
  const xml = `<row>${cells(wide)}</row>${`<row>${cells(['q', 'a'])}</row>`.repeat(30_000)}`
  const given = changed((sheet) =>
    sheet.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${xml}</sheetData>`)
  )
  const { examples } = await soon(readData([given]))
  expect(examples).toHaveLength(30_000)
})

test.each([
  ['one part under 30,000 names', 30_000],
  ['one part under two names', 2]
])('%s is no workbook that Excel wrote', async (_, times) => {
  const parts = xlsxParts([{ name: 'S', rows }])
  const book = String(parts['xl/workbook.xml']).replace(/<sheet [^>]*\/>/, (sheet) => sheet.repeat(times))
  const given = writeData('a.xlsx', zipOf({ ...parts, 'xl/workbook.xml': book }))
  await expect(soon(readData([given]))).rejects.toMatchObject({ code: 'OFFICE_FILE_STRANGE' })
})
