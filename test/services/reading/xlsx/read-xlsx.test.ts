// Excel files become tables as the user sees them: sheets, merged cells, headers below titles, formats,
// readings; what is left out is listed.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { DataOverrides } from '../../../../main/contract/records'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { xlsx, type BookGiven, type SheetGiven } from '../../../fixtures/write-xlsx'
import { Chance } from '../../random'
import { said } from '../reading'
import { writeData } from '../write-file'

const read = (sheets: readonly SheetGiven[], overrides?: DataOverrides, book?: BookGiven) =>
  readData([writeData('表.xlsx', xlsx(sheets, book))], overrides)
const one = (rows: SheetGiven['rows'], more: Partial<SheetGiven> = {}): SheetGiven[] => [
  { name: 'Sheet1', rows, ...more }
]

describe('sheets', () => {
  const pairs = [
    ['質問', '回答'],
    ['q', 'a']
  ]

  test('each is a table of its own; hidden ones are left out and listed; empty ones are nothing', async () => {
    const { examples, report } = await read([
      { name: '返品', rows: pairs },
      {
        name: '配送',
        rows: [
          ['No', 'Question', 'Answer'],
          [1, 'q2', 'a2']
        ]
      },
      { name: '下書き', rows: pairs, state: 'hidden' },
      { name: '奥', rows: pairs, state: 'veryHidden' },
      { name: '空', rows: [] }
    ])
    expect(examples.map(said)).toEqual(['u: q | a: a', 'u: q2 | a: a2'])
    expect(examples.map(({ source }) => source)).toEqual([
      { file: '表.xlsx', sheet: '返品', row: 2 },
      { file: '表.xlsx', sheet: '配送', row: 2 }
    ])
    expect(report.files).toMatchObject([
      { sheet: '返品', format: 'xlsx', mapping: { 質問: 'question', 回答: 'answer' }, examples: 1 },
      { sheet: '配送', mapping: { Question: 'question', Answer: 'answer' }, examples: 1 }
    ])
    expect(report.refused.map(({ source, reason }) => [source.sheet, reason])).toEqual([
      ['下書き', 'HIDDEN_SHEET'],
      ['奥', 'HIDDEN_SHEET']
    ])
  })

  test('a hundred and fifty thousand rows of a second sheet, each refused, are all listed', async () => {
    const open = Array.from({ length: 150_000 }, () => ['質問だけ', ''])
    const { examples, report } = await read([
      { name: '回答済み', rows: pairs },
      { name: '未回答', rows: [['質問', '回答'], ...open] }
    ])
    expect(examples).toHaveLength(1)
    expect(report.refused).toHaveLength(150_000)
    expect(report.refused.at(-1)).toMatchObject({
      source: { sheet: '未回答', row: 150_001 },
      reason: 'EMPTY_ANSWER'
    })
  }, 60_000)

  test('one without questions is listed beside one that has them; alone it is an error', async () => {
    const prices = {
      name: '価格',
      rows: [
        ['品名', '値段'],
        ['傘', 500]
      ]
    }
    const { examples, report } = await read([prices, { name: 'FAQ', rows: pairs }])
    expect(examples).toHaveLength(1)
    expect(report.refused).toMatchObject([
      { source: { sheet: '価格', row: 0 }, reason: 'UNUSABLE_SHEET', details: { columns: '品名, 値段' } }
    ])
    await expect(read([prices])).rejects.toMatchObject({
      code: 'UNKNOWN_SHAPE',
      details: { file: '表.xlsx' }
    })
    await expect(read([{ name: 'a', rows: pairs, state: 'hidden' }])).rejects.toMatchObject({
      code: 'NO_VISIBLE_SHEET'
    })
    await expect(read([{ name: 'a', rows: [] }])).rejects.toMatchObject({ code: 'EMPTY_DATA' })
  })

  test('a mapping holds for the sheets that have the column; the others keep their own', async () => {
    const sheets = [
      {
        name: 'a',
        rows: [
          ['質問', '回答', '正式回答'],
          ['q', 'a', 'A']
        ]
      },
      {
        name: 'b',
        rows: [
          ['Question', 'Answer'],
          ['q2', 'a2']
        ]
      }
    ]
    const answers = async (mapping: DataOverrides['mapping']): Promise<string[]> =>
      (await read(sheets, { mapping })).examples.map(said)
    expect(await answers({ question: '質問', answer: '正式回答' })).toEqual(['u: q | a: A', 'u: q2 | a: a2'])
    expect(await answers({ answer: '正式回答' })).toEqual(['u: q | a: A', 'u: q2 | a: a2'])
    await expect(answers({ question: '質問', answer: '無い列' })).rejects.toMatchObject({
      code: 'NO_SUCH_COLUMN',
      details: { column: '無い列' }
    })
  })
})

describe('the header', () => {
  const rows = (header: string[], ...above: SheetGiven['rows'][number][]): SheetGiven['rows'] => [
    ...above,
    header,
    ['送料はいくらですか？', '全国一律500円です。', 'x'],
    ['返品できますか？', '八日以内なら承ります。', 'y']
  ]
  test.each<[string, SheetGiven['rows'], number, string[]]>([
    ['in the first row', rows(['質問', '回答', '備考']), 1, []],
    ['below a title', rows(['質問', '回答', '備考'], ['よくある質問'], []), 3, ['よくある質問']],
    [
      'below a title and facts about it',
      rows(
        ['質問', '回答', '備考'],
        ['FAQ一覧'],
        ['作成者', '山田'],
        ['作成日', { value: 45369, format: 14 }]
      ),
      4,
      ['FAQ一覧', '作成者 山田', '作成日 2024/3/18']
    ],
    [
      'with longer names',
      rows(['お客様のご質問（原文のまま。個人情報は除く）', '当店の回答', '備考'], ['一覧']),
      2,
      ['一覧']
    ]
  ])('%s', async (_, given, headerRow, titles) => {
    const { examples, report } = await read(one(given))
    expect(examples).toHaveLength(2)
    expect(report.files[0]).toMatchObject({ headerRow, ...(titles.length > 0 && { titles }) })
    expect(report.refused).toEqual([])
  })

  test('names over two rows: the lower ones count', async () => {
    const { examples, report } = await read(
      one(
        [
          ['No', '問い合わせ', null, '回答'],
          [null, '氏名', '内容', null],
          [1, '山田', '届きません', 'お調べします'],
          [2, '佐藤', '返品したい', '承ります']
        ],
        { merged: ['A1:A2', 'B1:C1', 'D1:D2'] }
      ),
      { mapping: { question: '内容', answer: '回答' } }
    )
    expect(examples.map(said)).toEqual(['u: 届きません | a: お調べします', 'u: 返品したい | a: 承ります'])
    expect(report.files[0]?.headerRow).toBe(2)
  })

  test('columns without a name are called by their letter, empty ones are no columns', async () => {
    const { report } = await read(
      one([
        [null, '質問', null, '回答', null],
        [null, 'q', null, 'a', 'memo']
      ]),
      {
        mapping: { question: '質問', answer: '(E)' }
      }
    )
    expect(report.files[0]?.mapping).toEqual({ 質問: 'question', '(E)': 'answer' })
    await expect(
      read(
        one([
          [null, '質問', '回答'],
          [null, 'q', 'a']
        ]),
        { mapping: { question: '(A)', answer: '回答' } }
      )
    ).rejects.toMatchObject({ code: 'NO_SUCH_COLUMN' })
  })

  test('none at all: two columns of sentences are questions and answers, by number where the user says so', async () => {
    const given = one([
      ['返品一覧'],
      ['送料はいくらですか？', '全国一律500円です。'],
      ['返品できますか？', '承ります。']
    ])
    const { examples, report } = await read(given)
    expect(examples.map(({ source }) => source.row)).toEqual([2, 3])
    expect(report.files[0]).toMatchObject({ confidence: 0.3, titles: ['返品一覧'] })
    const named = await read(
      one([
        ['質問', '回答'],
        ['q', 'a']
      ]),
      { mapping: { question: '1', answer: '2' } }
    )
    expect(named.examples.map(said)).toEqual(['u: q | a: a'])
    expect(named.report.refused).toMatchObject([{ reason: 'REPEATED_HEADER' }])
  })
})

describe('rows', () => {
  test('a merged cell fills its area; a row that shows nothing of its own is none', async () => {
    const { examples, report } = await read(
      one(
        [
          ['分類', '質問', '回答'],
          ['配送', 'q1', 'a1'],
          [null, 'q2', 'a2'],
          [null, null, null],
          ['返品', 'q3', 'a3'],
          [null, null, 'a4']
        ],
        { merged: ['A2:A4', 'B5:B6', 'C2:C2'] }
      ),
      { mapping: { system: '分類', question: '質問', answer: '回答' } }
    )
    expect(examples.map(said)).toEqual([
      's: 配送 | u: q1 | a: a1',
      's: 配送 | u: q2 | a: a2',
      's: 返品 | u: q3 | a: a3',
      'u: q3 | a: a4'
    ])
    expect(report.refused).toEqual([])
  })

  test('headings inside the table and names said again are listed, not learnt', async () => {
    const { examples, report } = await read(
      one([['質問', '回答'], ['配送について'], ['q1', 'a1'], ['質問', '回答'], ['q2', 'a2'], ['以上']], {
        merged: ['A2:B2']
      })
    )
    expect(examples.map(said)).toEqual(['u: q1 | a: a1', 'u: q2 | a: a2'])
    expect(report.refused.map(({ source, reason, excerpt }) => [source.row, reason, excerpt])).toEqual([
      [2, 'SECTION_ROW', '配送について'],
      [4, 'REPEATED_HEADER', '質問 回答'],
      [6, 'EMPTY_ANSWER', '以上']
    ])
  })

  test('a formula counts by what it shows; one that failed is refused', async () => {
    const { examples, report } = await read(
      one([
        ['質問', '回答'],
        ['q1', { type: 'str', xml: '<f>"a"&amp;1</f><v>a1</v>' }],
        ['q2', { type: 'e', xml: '<f>1/0</f><v>#DIV/0!</v>' }],
        ['q3', { type: 'b', xml: '<v>1</v>' }],
        ['q4', { type: 'd', xml: '<v>2024-03-18T00:00:00</v>' }],
        ['q5', { xml: '<f>A1</f>' }]
      ])
    )
    expect(examples.map(said)).toEqual(['u: q1 | a: a1', 'u: q3 | a: TRUE', 'u: q4 | a: 2024-03-18'])
    expect(report.refused).toMatchObject([
      { source: { row: 3 }, reason: 'CELL_ERROR', details: { cell: '#DIV/0!' }, excerpt: 'q2 | #DIV/0!' },
      { source: { row: 6 }, reason: 'EMPTY_ANSWER' }
    ])
  })

  test('readings are not mixed into the words, runs are joined, escapes undone', async () => {
    const { examples } = await read(
      one([
        ['質問', '回答'],
        [
          {
            type: 's',
            xml: '<r><t>東京</t></r><r><rPr><b/></rPr><t>都</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><rPh sb="2" eb="3"><t>ト</t></rPh><phoneticPr fontId="1"/>'
          },
          { type: 'inlineStr', xml: '<is><t>一_x000D_\n二</t><rPh sb="0" eb="1"><t>イチ</t></rPh></is>' }
        ],
        ['_x005F_x0041_', '<b>&amp;</b> <script>alert(1)</script>']
      ])
    )
    expect(examples.map(said)).toEqual([
      'u: 東京都 | a: 一\n二',
      'u: _x0041_ | a: <b>&amp;</b> <script>alert(1)</script>'
    ])
  })

  test.each([
    [{ value: 45369, format: 14 }, '2024/3/18', '3/18/2024'],
    [{ value: 45369.5, format: 22 }, '2024/3/18 12:00', '3/18/2024 12:00'],
    [
      { value: 45369, format: '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy' },
      '2024年3月18日',
      'Monday, March 18, 2024'
    ],
    [{ value: 45369, format: 31 }, '2024年3月18日', '2024年3月18日'],
    [{ value: 500, format: '\\\\#,##0' }, '¥500', '\\500'],
    [{ value: 3, format: 0 }, '3', '3'],
    [{ value: 0.08, format: 9 }, '8%', '8%']
  ])('%j is shown as where the file was written', async (cell, ja, en) => {
    expect(
      (
        await read(
          one([
            ['質問', '回答'],
            ['q', cell]
          ])
        )
      ).examples.map(said)
    ).toEqual([`u: q | a: ${ja}`])
    expect(
      (
        await read(
          one([
            ['question', 'answer'],
            ['q', cell]
          ])
        )
      ).examples.map(said)
    ).toEqual([`u: q | a: ${en}`])
  })

  test('days are counted from 1904 where the workbook says so', async () => {
    const given = one([
      ['質問', '回答'],
      ['q', { value: 45369 - 1462, format: 14 }]
    ])
    expect((await read(given, {}, { since1904: true })).examples.map(said)).toEqual(['u: q | a: 2024/3/18'])
  })

  test.each([{ inline: true }, { unplaced: true }, { inline: true, unplaced: true }])(
    'as other programs write: %j',
    async (book) => {
      const { examples } = await read(
        one([
          ['No', '質問', '回答'],
          [1, 'q', 'a'],
          [null, 'q2', 2]
        ]),
        {},
        book
      )
      expect(examples.map(said)).toEqual(['u: q | a: a', 'u: q2 | a: 2'])
    }
  )
})

test('every row is an example or a refusal, whatever stands in the cells', async () => {
  const chance = new Chance(11)
  const cells = [
    'q',
    '',
    ' ',
    null,
    3,
    '質問',
    '回答。',
    { value: 45000, format: 14 },
    { type: 'e', xml: '<v>#N/A</v>' }
  ]
  for (let round = 0; round < 60; round++) {
    const body = Array.from({ length: 12 }, () => [chance.pick(cells), chance.pick(cells)])
    const { examples, report } = await read(one([['質問', '回答'], ['q', 'a'], ...body]))
    const shown = body.filter((row) => row.some((cell) => cell !== null && cell !== '' && cell !== ' '))
    const rows = [...examples, ...report.refused].map(({ source }) => source.row)
    expect(rows).toHaveLength(shown.length + 1)
    expect(new Set(rows).size).toBe(rows.length)
  }
})

test('the file itself stays as it is', async () => {
  const bytes = xlsx(
    one([
      ['質問', '回答'],
      ['q', 'a']
    ])
  )
  const path = writeData('faq.xlsx', bytes)
  await readData([path])
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

test('a row of names that the user says without naming a sheet holds for every sheet', async () => {
  const rows = [
    ['x', 'y'],
    ['質問', '回答'],
    ['q1', 'a1']
  ]
  const { examples } = await read(
    [
      { name: 'A', rows },
      { name: 'B', rows }
    ],
    { headerRows: { '': 2 } }
  )
  expect(examples.map(said)).toEqual(['u: q1 | a: a1', 'u: q1 | a: a1'])
})
