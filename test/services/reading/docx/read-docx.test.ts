// Word files become questions and answers where they have them, else text; what stands outside is listed, and
// the text is what the reader of the page sees.
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DataOverrides } from '../../../../main/contract/records'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { docx, heading, p, run, table } from '../../../fixtures/write-docx'
import { zipOf } from '../../../fixtures/write-zip'
import { refusal, said } from '../reading'
import { writeData } from '../write-file'

const read = (body: readonly string[], overrides?: DataOverrides) =>
  readData([writeData('応対.docx', docx(body))], overrides)
const fixture = (name: string): string => resolve(import.meta.dirname, '../../../fixtures/office', name)
const outside = (report: Awaited<ReturnType<typeof read>>['report']): unknown[] =>
  report.refused.map(({ source, reason, excerpt }) => [source.row, reason, excerpt])

describe('marked questions and answers', () => {
  test('paragraphs below an answer belong to it; a heading ends it; the rest is listed', async () => {
    const { examples, report } = await read([
      p('応対マニュアル', { style: 'Title' }),
      p('社内だけで使ってください。'),
      p('二行目です。'),
      heading('返品'),
      p('Ｑ１．返品できますか？'),
      p('どの商品でも。'),
      p('Ａ１．はい。'),
      p(''),
      p('八日以内なら承ります。'),
      heading('配送'),
      p('配送の章です。'),
      p('Q2. 送料は？\nA2. 500円です。')
    ])
    expect(examples.map(said)).toEqual([
      'u: 返品できますか？\nどの商品でも。 | a: はい。\n八日以内なら承ります。',
      'u: 送料は？ | a: 500円です。'
    ])
    expect(examples.map(({ source }) => source)).toEqual([
      { file: '応対.docx', row: 5 },
      { file: '応対.docx', row: 12 }
    ])
    expect(outside(report)).toEqual([
      [2, 'OUTSIDE_PAIRS', '社内だけで使ってください。 二行目です。'],
      [11, 'OUTSIDE_PAIRS', '配送の章です。']
    ])
    expect(report.files).toMatchObject([
      { format: 'docx', shape: 'question-answer', confidence: 0.9, rows: 4 }
    ])
  })

  test('marks that Word itself writes count', async () => {
    const { examples } = await read([
      p('返品できますか', { list: 'Q' }),
      p('はい', { list: 'A' }),
      p('送料は', { list: 'Q' }),
      p('500円です', { list: 'A' }),
      p('離島は別です', { list: '1' })
    ])
    expect(examples.map(said)).toEqual([
      'u: 返品できますか | a: はい',
      'u: 送料は | a: 500円です\n1) 離島は別です'
    ])
  })

  test('a document that marks only its questions', async () => {
    const { examples } = await read([
      p('Q1. 返品できますか'),
      p('はい。'),
      p('Q2. 送料は'),
      p('500円です。'),
      p('税込みです。')
    ])
    expect(examples.map(said)).toEqual([
      'u: 返品できますか | a: はい。',
      'u: 送料は | a: 500円です。\n税込みです。'
    ])
  })

  test('numbers must agree, and a letter alone is no answer', async () => {
    const { examples } = await read([
      p('Q1. 用紙は？'),
      p('A4 の紙です。'),
      p('A1. はい、A4 です。'),
      p('A. なお在庫があります。')
    ])
    expect(examples.map(said)).toEqual([
      'u: 用紙は？\nA4 の紙です。 | a: はい、A4 です。\nA. なお在庫があります。'
    ])
    const list = await read([p('A. はじめに'), p('B. おわりに')])
    expect(list.examples.map(said)).toEqual(['A. はじめに\n\nB. おわりに'])
  })

  test('a table with marks in its first column', async () => {
    const { examples } = await read([
      table([
        ['Q1', '返品できますか'],
        ['A1', 'はい'],
        ['Q2', '送料は'],
        ['A2', '500円です']
      ])
    ])
    expect(examples.map(said)).toEqual(['u: 返品できますか | a: はい', 'u: 送料は | a: 500円です'])
  })
})

describe('tables', () => {
  test('named columns, among others; marks in the cells are dropped', async () => {
    const { examples, report } = await read([
      p('よくある質問'),
      table([
        ['No', '質問', '担当', '回答'],
        ['1', 'Q. 返品できますか', '山田', 'A. はい'],
        ['2', '送料は', '', ''],
        ['', '', '', '']
      ])
    ])
    expect(examples.map(said)).toEqual(['u: 返品できますか | a: はい'])
    expect(outside(report)).toEqual([
      [1, 'OUTSIDE_PAIRS', 'よくある質問'],
      [4, 'EMPTY_ANSWER', '送料は | 2']
    ])
  })

  test('two columns without names, when they are what the document is about', async () => {
    const rows = [
      ['返品できますか', 'はい、八日以内なら承ります。'],
      ['送料は', '全国一律で500円です。']
    ]
    const { examples, report } = await read([p('一覧'), table(rows)])
    expect(examples.map(said)).toEqual(rows.map(([q, a]) => `u: ${q} | a: ${a}`))
    expect(report.files[0]?.confidence).toBe(0.6)
    const long = await read([p('とても長い文章です。'.repeat(40)), table(rows)])
    expect(long.report.files[0]?.shape).toBe('text')
    expect(long.examples.map(said).join()).toContain('送料は\t全国一律で500円です。')
  })

  test('cells joined downwards show their text in each row; a table in a cell is part of its text', async () => {
    const cell = (xml: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${xml}</w:tc>`
    const row = (...cells: string[]): string => `<w:tr>${cells.join('')}</w:tr>`
    const { examples } = await read([
      `<w:tbl>${row(cell(p('質問')), cell(p('回答')))}${row(cell(p('送料は'), '<w:vMerge w:val="restart"/>'), cell(p('本州500円')))}${row(cell(p(''), '<w:vMerge/>'), cell(table([['北海道', '900円']]) + p('税込み')))}<w:tr><w:trPr><w:del w:author="x"/></w:trPr>${cell(p('消した'))}${cell(p('行'))}</w:tr></w:tbl>`
    ])
    expect(examples.map(said)).toEqual(['u: 送料は | a: 本州500円', 'u: 送料は | a: 北海道\t900円\n税込み'])
  })
})

describe('headings', () => {
  const body = [
    p('はじめの言葉'),
    heading('第一章 接客'),
    p('あいさつ', { style: 'MyHeading' }),
    p('いらっしゃいませ。'),
    p('二度言います。'),
    heading('包装', 2),
    p('角をそろえます。'),
    table([
      ['大', '500円', '赤'],
      ['小', '300円', '青']
    ])
  ]
  test('are questions to the text below them, not very surely', async () => {
    const { examples, report } = await read(body)
    expect(examples.map(said)).toEqual([
      'u: あいさつ | a: いらっしゃいませ。\n二度言います。',
      'u: 包装 | a: 角をそろえます。\n大\t500円\t赤\n小\t300円\t青'
    ])
    expect(outside(report)).toEqual([[1, 'OUTSIDE_PAIRS', 'はじめの言葉']])
    expect(report.files[0]?.confidence).toBe(0.5)
  })

  test('unless the user wants the text as it is', async () => {
    const { examples, report } = await read(body, { shape: 'text' })
    expect(examples.map(said)).toEqual([
      'はじめの言葉\n\n第一章 接客\n\nあいさつ\n\nいらっしゃいませ。\n\n二度言います。\n\n包装\n\n角をそろえます。\n\n大\t500円\t赤\n小\t300円\t青'
    ])
    expect(report.refused).toEqual([])
  })
})

describe('text', () => {
  test('long documents become passages of whole paragraphs, in order and complete', async () => {
    const paragraphs = Array.from({ length: 50 }, (_, i) => `第${i}段落。`.padEnd(180, 'あ'))
    const { examples } = await read(paragraphs.map((text) => p(text)))
    expect(examples.length).toBeGreaterThan(3)
    expect(examples.map(said).join('\n\n')).toBe(paragraphs.join('\n\n'))
    expect(new Set(examples.map(({ source }) => source.row)).size).toBe(examples.length)
  })

  test('is what stands on the page', async () => {
    const { examples } = await read([
      p('目次の行 1', { style: 'TOC1' }),
      `<w:p>${run('残る')}<w:del>${run('x').replace('<w:t ', '<w:delText ').replace('</w:t>', '</w:delText>')}</w:del><w:ins>${run('加えた')}</w:ins>${run('隠れた', '<w:vanish/>')}${run('見える', '<w:vanish w:val="0"/>')}</w:p>`,
      `<w:p><w:r><w:ruby><w:rt>${run('おんしょく')}</w:rt><w:rubyBase>${run('音色')}</w:rubyBase></w:ruby></w:r>${run('です')}</w:p>`,
      `<w:p><w:hyperlink>${run('リンク')}</w:hyperlink><w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${run('欄')}</w:sdtContent></w:sdt><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`,
      `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs><w:pPrChange><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange></w:pPr>${run('一')}<w:r><w:tab/></w:r>${run('二')}<w:r><w:noBreakHyphen/></w:r></w:p>`,
      `<w:p>${run('外')}<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>${p('箱の中')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${p('箱の中')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>${run('側')}</w:p>`,
      p('<script>alert(1)</script> & co')
    ])
    expect(examples.map(said)).toEqual([
      '残る加えた見える\n\n音色です\n\nリンク欄\n\n一\t二-\n\n箱の中\n\n外側\n\n<script>alert(1)</script> & co'
    ])
  })
})

test('files of python-docx', async () => {
  const manual = await readData([fixture('manual-python-docx.docx')])
  expect(manual.examples.map(said)).toEqual([
    'u: 返品できますか？ | a: はい、８日以内なら承ります。\nレシートをお持ちください。',
    'u: 送料は？ | a: お客様のご負担です。',
    'u: 営業時間は？ | a: 10時から18時です。',
    'u: 定休日は？ | a: 水曜日です。'
  ])
  expect(outside(manual.report)).toEqual([[2, 'OUTSIDE_PAIRS', 'この文書は社内用です。']])
  const headings = await readData([fixture('headings-python-docx.docx')])
  expect(headings.examples.map(said)).toEqual([
    'u: あいさつ | a: いらっしゃいませ、と言います。',
    'u: 包装 | a: 角をそろえます。\n• リボンは選べます。'
  ])
})

test.each<[string, string, Uint8Array | string]>([
  ['EMPTY_DATA', 'a.docx', docx([])],
  ['EMPTY_DATA', 'a.docx', docx([p(''), p(' ')])],
  ['BROKEN_OFFICE_FILE', 'a.docx', zipOf({ 'word/document.xml': '<w:document/>' })],
  ['BROKEN_OFFICE_FILE', 'a.docx', 'Q. 返品\nA. はい'],
  ['OLD_OFFICE_FILE', 'a.doc', 'anything'],
  ['OLD_OFFICE_FILE', 'a.docx', Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex')]
])('%s: %s', async (code, name, content) => {
  expect(await refusal(name, content)).toMatchObject({ code, details: { file: name } })
})

test('a document of mails is split by choice, and says that it could be', async () => {
  const lines = [
    '件名: Re: 送料',
    '差出人: 店',
    '全国一律五百円です。',
    '-----Original Message-----',
    '差出人: 客',
    '件名: 送料',
    '送料は？'
  ]
  const body = [
    ...lines,
    ...lines.map((line) => line.replace('送料', '返品').replace('全国一律五百円です。', '承ります。'))
  ]
  const unasked = await read(body.map((line) => p(line)))
  expect(unasked.report.files[0]?.splits).toEqual([{ kind: 'mails', pairs: 2 }])
  const { examples } = await read(
    body.map((line) => p(line)),
    { split: 'mails' }
  )
  expect(examples.map(said)).toEqual(['u: 送料は？ | a: 全国一律五百円です。', 'u: 返品は？ | a: 承ります。'])
})
