// What a person would not see in a sheet is left out and listed; what they see is kept.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DataOverrides } from '../../../../main/contract/records'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { formatText } from '../../../../main/services/reading/xlsx/text-format'
import { xlsx, xlsxParts, type SheetGiven } from '../../../fixtures/write-xlsx'
import { zipOf } from '../../../fixtures/write-zip'
import { said } from '../reading'
import { writeData } from '../write-file'

const read = (sheet: Partial<SheetGiven> & Pick<SheetGiven, 'rows'>, overrides?: DataOverrides) =>
  readData([writeData('表.xlsx', xlsx([{ name: 'Sheet1', ...sheet }]))], overrides)
const rows = [
  ['質問', '回答'],
  ['q1', 'a1'],
  ['old', 'OLD'],
  ['q2', 'a2']
]
const twice = ['u: q1 | a: a1', 'u: q2 | a: a2']
const left = ({
  refused
}: {
  refused: readonly { reason: string; source: { row: number }; excerpt: string }[]
}) => refused.map(({ reason, source, excerpt }) => [source.row, reason, excerpt])

describe('hidden', () => {
  test('rows, and rows that a filter hides', async () => {
    const { examples, report } = await read({ rows, hiddenRows: [3] })
    expect(examples.map(said)).toEqual(twice)
    expect(left(report)).toEqual([[3, 'HIDDEN_ROW', 'old OLD']])
  })

  test('a column, though it has the better name', async () => {
    const { examples, report } = await read({
      rows: [
        ['質問', '回答', '回答（新）'],
        ['q1', 'OLD', 'a1'],
        ['q2', 'OLD', 'a2']
      ],
      hiddenColumns: [2]
    })
    expect(examples.map(said)).toEqual(twice)
    expect(left(report)).toEqual([[1, 'HIDDEN_COLUMN', '回答']])
  })

  test.each([
    ['0', 1],
    ['0.75', 1],
    ['6', 0]
  ])('a row that is drawn %s points high', async (height, unseen) => {
    const parts = xlsxParts([{ name: 'Sheet1', rows }])
    const sheet = String(parts['xl/worksheets/sheet1.xml'])
    const drawn = sheet.replace('<row r="3">', `<row r="3" ht="${height}" customHeight="1">`)
    const { report } = await readData([
      writeData('高さ.xlsx', zipOf({ ...parts, 'xl/worksheets/sheet1.xml': drawn }))
    ])
    expect(left(report)).toEqual(unseen === 0 ? [] : [[3, 'HIDDEN_ROW', 'old OLD']])
  })

  test('rows above the names are no titles, hidden columns count for no width', async () => {
    const { report } = await read({ rows: [['社外秘'], ...rows], hiddenRows: [1] })
    expect(report.files[0]).toMatchObject({ headerRow: 2, examples: 3 })
    expect(report.files[0]?.titles).toBeUndefined()
  })

  test('in white on nothing; white on a colour is what headers look like', async () => {
    const head = (text: string) => ({ text, look: 'white on blue' }) as const
    const { examples, report } = await read({
      rows: [
        [head('質問'), head('回答')],
        ['q1', 'a1'],
        ['old', { text: 'OLD', look: 'white' }],
        ['q2', 'a2']
      ]
    })
    expect(examples.map(said)).toEqual(twice)
    expect(left(report)).toContainEqual([3, 'HIDDEN_TEXT', 'OLD'])
  })

  test('in a font of pictures: what is seen, or named where it is not known', async () => {
    const { examples, report } = await read({
      rows: [
        ['質問', '回答'],
        ['q1', { text: '\u00FC', look: 'wingdings' }],
        ['q2', { text: '\u00BF', look: 'wingdings' }]
      ]
    })
    expect(examples.map(said)).toEqual(['u: q1 | a: ✓'])
    expect(left(report)).toContainEqual([3, 'SYMBOL_FONT', '\u00BF'])
  })

  test('by a format of nothing but semicolons', async () => {
    const { examples } = await read({
      rows: [
        ['質問', '回答', '備考'],
        ['q1', 'a1', { value: 7, format: ';;;' }],
        ['q2', 'a2', 'x']
      ]
    })
    expect(examples.map(said)).toEqual(twice)
  })

  test('the first row of a merged area: what it shows is kept', async () => {
    const { examples } = await read({
      rows: [
        ['質問', '回答'],
        ['q1', 'a'],
        ['q2', null]
      ],
      merged: ['B2:B3'],
      hiddenRows: [2]
    })
    expect(examples.map(said)).toEqual(['u: q2 | a: a'])
  })

  test('every row: nothing is learnt, and the reason is said', async () => {
    await expect(read({ rows, hiddenRows: [2, 3, 4] })).rejects.toMatchObject({
      code: 'NO_USABLE_ROW',
      details: { reason: 'HIDDEN_ROW' }
    })
  })
})

describe('struck out', () => {
  const run = (text: string, struck: boolean): string =>
    `<r>${struck ? '<rPr><strike/></rPr>' : '<rPr><strike val="0"/></rPr>'}<t>${text}</t></r>`

  test('words inside a cell', async () => {
    const { examples, report } = await read({
      rows: [
        ['質問', '回答'],
        ['q1', { type: 's', xml: run('OLD', true) + run('a1', false) }],
        ['q2', { type: 'inlineStr', xml: `<is>${run('a2', false)}${run('OLD', true)}</is>` }]
      ]
    })
    expect(examples.map(said)).toEqual(twice)
    expect(left(report)).toEqual([
      [2, 'STRUCK_OUT', 'OLD'],
      [3, 'STRUCK_OUT', 'OLD']
    ])
  })

  test('words in white or in signs of pictures, digits above the line; a run looks as it says, not as its cell', async () => {
    const piece = (text: string, look = ''): string =>
      `<r>${look === '' ? '' : `<rPr>${look}</rPr>`}<t xml:space="preserve">${text}</t></r>`
    const rich = (...pieces: readonly string[]) => ({ type: 's', xml: pieces.join('') })
    const white = '<color rgb="FFFFFFFF"/>'
    const wingdings = '<rFont val="Wingdings"/>'
    const { examples, report } = await read({
      rows: [
        ['質問', '回答'],
        ['q1', rich(piece('a1'), piece(' WHITE', white), piece('です', '<sz val="11"/>'))],
        [
          'q2',
          rich(
            piece('10'),
            piece('2', '<vertAlign val="superscript"/>'),
            piece('㎡ H'),
            piece('2', '<vertAlign val="subscript"/>'),
            piece('O')
          )
        ],
        ['q3', rich(piece('次へ'), piece('\u00E0', wingdings), piece('\u00BF', wingdings))]
      ]
    })
    expect(examples.map(said)).toEqual(['u: q1 | a: a1です', 'u: q2 | a: 10²㎡ H₂O', 'u: q3 | a: 次へ→'])
    expect(left(report)).toEqual([
      [2, 'HIDDEN_TEXT', 'WHITE'],
      [4, 'SYMBOL_FONT', '\u00BF']
    ])
  })

  test.each([
    ['@"様"', '田中様'],
    ['0;-0;0;"社員 "@', '社員 田中'],
    ['@', '田中'],
    ['General;General;General', '田中'],
    ['@_ ', '田中']
  ])('what the format %s writes around a text is seen', (format, seen) => {
    expect(formatText('田中', format)).toBe(seen)
  })

  test('a cell by its font', async () => {
    const { examples, report } = await read({
      rows: [
        ['質問', '回答'],
        ['q1', { value: 500, format: '0"円"', struck: true }],
        ['q2', { value: 600, format: '0"円"' }]
      ]
    })
    expect(examples.map(said)).toEqual(['u: q2 | a: 600円'])
    expect(left(report)).toEqual([
      [2, 'STRUCK_OUT', '500円'],
      [2, 'EMPTY_ANSWER', 'q1']
    ])
  })
})

test('a filtered list', async () => {
  const filtered = join(import.meta.dirname, '../../../fixtures/faults/30/filtered.xlsx')
  const { examples, report } = await readData([filtered])
  expect(examples).toHaveLength(3)
  expect(report.refused.map(({ reason }) => reason)).toEqual(['HIDDEN_ROW', 'HIDDEN_ROW'])
})
