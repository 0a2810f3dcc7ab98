// Excel files of other programs are read; what cannot be opened, is damaged or only pretends to be small ends
// in a sentence.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { xlsx, xlsxParts, type SheetGiven } from '../../../fixtures/write-xlsx'
import { zipOf } from '../../../fixtures/write-zip'
import { Chance } from '../../random'
import { refusal, said } from '../reading'
import { writeData } from '../write-file'

const read = (sheets: readonly SheetGiven[]) => readData([writeData('表.xlsx', xlsx(sheets))])
const one = (rows: SheetGiven['rows'], more: Partial<SheetGiven> = {}): SheetGiven[] => [
  { name: 'Sheet1', rows, ...more }
]
const fixture = (name: string): string => resolve(import.meta.dirname, '../../../fixtures/office', name)

describe('files of other programs', () => {
  test('openpyxl', async () => {
    const { examples, report } = await readData([fixture('faq-openpyxl.xlsx')], {
      mapping: { system: '最終更新', question: '質問（必須）', answer: '回答' }
    })
    expect(examples.map(said)).toEqual([
      's: 2024/3/18 | u: 返品できますか？ | a: 商品到着後8日以内なら承ります。',
      's: 2024年3月19日(火) 9:05 | u: 返品の送料は？ | a: お客様のご負担です。',
      's: 令和1年5月1日 | u: 交換はできますか？ | a: はい、\n在庫があれば承ります。',
      'u: 送料はいくらですか？ | a: ¥550',
      'u: 何時に届きますか？ | a: 14:30'
    ])
    expect(report.files).toMatchObject([
      { sheet: '返品・交換', headerRow: 3, titles: ['よくあるご質問', '作成日 2024-04-01'] },
      { sheet: '配送', headerRow: 1 }
    ])
    expect(report.refused).toMatchObject([{ source: { sheet: '下書き' }, reason: 'HIDDEN_SHEET' }])
  })

  test('xlsxwriter', async () => {
    const { examples, report } = await readData([fixture('faq-xlsxwriter.xlsx')])
    expect(examples.map(said)).toEqual([
      'u: Do you ship abroad? | a: Yes, worldwide.',
      'u: How long does it take? | a: Three days'
    ])
    expect(report.refused).toMatchObject([{ source: { row: 6 }, reason: 'CELL_ERROR' }])
  })
})

describe('files that cannot be opened', () => {
  const book = xlsx(
    one([
      ['質問', '回答'],
      ['q', 'a']
    ])
  )

  test('a password', async () => {
    const bytes = readFileSync(fixture('protected.xlsx'))
    expect(await refusal('見積控え_2023.xlsx', bytes)).toMatchObject({
      code: 'PASSWORD_PROTECTED',
      details: { file: '見積控え_2023.xlsx', program: 'Excel' }
    })
  })

  test.each<[string, string, Uint8Array | string]>([
    ['OLD_OFFICE_FILE', 'faq.xls', 'anything'],
    ['OLD_OFFICE_FILE', 'faq.xlsx', Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex')],
    ['EMPTY_DATA', 'faq.xlsx', ''],
    ['LFS_POINTER', 'faq.xlsx', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'],
    ['BROKEN_OFFICE_FILE', 'faq.xlsx', book.subarray(0, book.length / 2)],
    ['BROKEN_OFFICE_FILE', 'faq.xlsx', zipOf({ 'a.txt': 'x' })],
    [
      'BROKEN_OFFICE_FILE',
      'faq.xlsx',
      zipOf({ ...xlsxParts(one([['a']])), 'xl/workbook.xml': '<document/>' })
    ],
    [
      'BROKEN_OFFICE_FILE',
      'faq.xlsx',
      zipOf({ ...xlsxParts(one([['a']])), 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' })
    ],
    [
      'BROKEN_OFFICE_FILE',
      'faq.xlsx',
      zipOf({
        ...xlsxParts(one([['a']])),
        'xl/worksheets/sheet1.xml':
          '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
      })
    ]
  ])('%s: %s', async (code, name, content) => {
    expect(await refusal(name, content)).toMatchObject({ code, details: { file: name } })
  })

  test('whatever is damaged, the answer is rows or a sentence', async () => {
    const chance = new Chance(3)
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(book)
      for (let i = 0; i <= chance.below(3); i++) bytes[chance.below(bytes.length)] = chance.below(256)
      const path = writeData('faq.xlsx', bytes)
      const outcome = await readData([path]).catch((error: { code?: string }) => error)
      if ('examples' in outcome) expect(outcome.examples.length).toBeGreaterThan(0)
      else expect(outcome.code, String(outcome)).toMatch(/^[A-Z]+(_[A-Z]+)+$/)
    }
  })

  test('a bomb ends in a sentence', async () => {
    const xml = `<worksheet><sheetData>${`<row>${' '.repeat(1_000_000)}</row>`.repeat(90)}`
    const bytes = zipOf({ ...xlsxParts(one([['a']])), 'xl/worksheets/sheet1.xml': xml })
    expect(bytes.length).toBeLessThan(1_000_000)
    expect(await refusal('faq.xlsx', bytes)).toMatchObject({ code: 'OFFICE_FILE_TOO_LARGE' })
  })

  test('a merged area over the whole sheet costs nothing', async () => {
    const { examples } = await read(
      one(
        [
          ['題', null],
          ['質問', '回答'],
          ['q', 'a']
        ],
        { merged: ['A1:XFD1', 'C4:XFD1048576'] }
      )
    )
    expect(examples.map(said)).toEqual(['u: q | a: a'])
  })
})
