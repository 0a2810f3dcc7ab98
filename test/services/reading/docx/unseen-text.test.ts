// What a person would not see on the page of a Word document is left out and listed; what they see is kept, the numbers
// that Word itself writes too.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { inFormat } from '../../../../main/services/reading/docx/number-formats'
import { docx, p, run, table } from '../../../fixtures/write-docx'
import type { ZipParts } from '../../../fixtures/write-zip'
import { said } from '../reading'
import { writeData } from '../write-file'

const read = (body: readonly string[], more: ZipParts = {}) =>
  readData([writeData('a.docx', docx(body, more))])
const left = ({
  refused
}: {
  refused: readonly { reason: string; source: { row: number }; excerpt: string }[]
}) => refused.map(({ reason, source, excerpt }) => [source.row, reason, excerpt])
const paragraph = (inside: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr>${inside}</w:p>`
const deleted = (text: string): string => `<w:del><w:r><w:delText>${text}</w:delText></w:r></w:del>`
const inserted = (text: string): string => `<w:ins>${run(text)}</w:ins>`
const field = (content: string, isPlaceholder: boolean): string =>
  `<w:sdt><w:sdtPr>${isPlaceholder ? '<w:showingPlcHdr/>' : ''}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`

describe('left out, and listed', () => {
  test.each([
    ['DELETED_TEXT', deleted('OLD')],
    ['HIDDEN_TEXT', run('OLD', '<w:vanish/>')],
    ['STRUCK_OUT', run('OLD', '<w:strike/>')],
    ['STRUCK_OUT', run('OLD', '<w:dstrike w:val="true"/>')],
    ['HIDDEN_TEXT', run('OLD', '<w:color w:val="FFFFFF"/>')],
    ['HIDDEN_TEXT', run('OLD', '<w:color w:val="FEFEFE"/>')],
    ['HIDDEN_TEXT', run('OLD', '<w:sz w:val="2"/>')],
    ['SYMBOL_FONT', run('\uF0BF', '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')],
    ['FORM_PLACEHOLDER', field(run('OLD'), true)]
  ])('%s inside a paragraph', async (reason, old) => {
    const { examples, report } = await read([p('Q. q'), paragraph(run('A. a') + old + run('b'))])
    expect(examples.map(said)).toEqual(['u: q | a: ab'])
    expect(left(report)).toEqual([[2, reason, reason === 'SYMBOL_FONT' ? '\uF0BF' : 'OLD']])
  })

  test('white on something dark is seen', async () => {
    const white = '<w:color w:val="FFFFFF"/>'
    const dark = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
    const cell = (text: string): string =>
      `<w:tc><w:tcPr>${dark}</w:tcPr>${paragraph(run(text, white))}</w:tc><w:tc><w:p>${run('a2')}</w:p></w:tc>`
    const { examples, report } = await read([
      p('Q. q'),
      paragraph(run('A. a') + run('b', white + dark) + run('c', `${white}<w:highlight w:val="blue"/>`)),
      paragraph(run('d', white), dark),
      `<w:tbl><w:tr>${cell('Q. q2')}</w:tr></w:tbl>`
    ])
    expect(report.refused.map(({ reason }) => reason)).not.toContain('HIDDEN_TEXT')
    expect(examples.map(said).join()).toContain('u: q | a: abc\nd')
  })

  test('signs of picture fonts are the signs that are seen', async () => {
    const wingdings = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    const { examples, report } = await read([
      p('Q. q'),
      paragraph(
        run('A. 1 ') +
          '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' +
          run(' 2 J', '') +
          run('J', wingdings) +
          run('a', '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
      )
    ])
    expect(examples.map(said)).toEqual(['u: q | a: 1 → 2 J☺α'])
    expect(report.refused).toEqual([])
  })

  test('a footnote is named; formulas and raised digits keep their meaning', async () => {
    const note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    const part = (name: string, text: string): string =>
      `<m:${name}><m:r><m:t>${text}</m:t></m:r></m:${name}>`
    const half = `<m:oMath><m:f>${part('num', '1')}${part('den', '2')}</m:f></m:oMath>`
    const sum = `<m:oMath><m:f>${part('num', 'a+b')}${part('den', 'c')}</m:f></m:oMath>`
    const square = `<m:oMath><m:sSup>${part('e', 'x')}${part('sup', '2')}</m:sSup></m:oMath>`
    const raised = run('2', '<w:vertAlign w:val="superscript"/>')
    const { examples, report } = await read([
      p('Q. q'),
      paragraph(
        run('A. 10') + raised + run(' H') + run('2', '<w:vertAlign w:val="subscript"/>') + run('O ') + note
      ),
      paragraph(half + run(' ') + sum + run(' ') + square)
    ])
    expect(examples.map(said)).toEqual(['u: q | a: 10² H₂O\n1/2 (a+b)/c x^2'])
    expect(left(report)).toEqual([[2, 'FOOTNOTE', '[2]']])
  })

  test('letters that are shown as capitals are capitals', async () => {
    const { examples } = await read([p('Q. q'), paragraph(run('A. press ') + run('start', '<w:caps/>'))])
    expect(examples.map(said)).toEqual(['u: q | a: press START'])
  })

  test('an answer keeps the number that it begins with', async () => {
    const { examples } = await read([p('Q. 納期は？'), p('A. 3日です'), p('Q. price?'), p('A. 5 euro')])
    expect(examples.map(said)).toEqual(['u: 納期は？ | a: 3日です', 'u: price? | a: 5 euro'])
  })

  test('whole paragraphs', async () => {
    const { examples, report } = await read([
      p('Q. q'),
      p('A. a'),
      field(p('OLD') + p('OLD'), true),
      paragraph(deleted('OLD')),
      p('b')
    ])
    expect(examples.map(said)).toEqual(['u: q | a: a\nb'])
    expect(left(report).map(([, reason]) => reason)).toEqual(['FORM_PLACEHOLDER', 'DELETED_TEXT'])
  })

  test('a row of a table that is deleted', async () => {
    const row = (cells: readonly string[], properties = ''): string =>
      `<w:tr><w:trPr>${properties}</w:trPr>${cells.map((cell) => `<w:tc>${p(cell)}</w:tc>`).join('')}</w:tr>`
    const { examples, report } = await read([
      `<w:tbl>${row(['質問', '回答'])}${row(['old', 'OLD'], '<w:del/>')}${row(['いつ', '今日'])}</w:tbl>`
    ])
    expect(examples.map(said)).toEqual(['u: いつ | a: 今日'])
    expect(left(report)).toEqual([[2, 'DELETED_TEXT', 'old OLD']])
  })

  test('an embedded part that cannot be read', async () => {
    const { report } = await read([p('Q. q'), p('A. a'), '<w:altChunk r:id="rId9"/>'])
    expect(left(report)).toMatchObject([[3, 'EMBEDDED_PART', 'rId9']])
  })

  test('one inside a table, and a part of the document that is a file of its own', async () => {
    const { examples, report } = await read([
      table([
        ['質問', '回答'],
        ['q', 'a']
      ]).replace('</w:tc></w:tr></w:tbl>', '<w:altChunk r:id="rId9"/><w:p/></w:tc></w:tr></w:tbl>'),
      '<w:p><w:subDoc r:id="rId8"/></w:p>'
    ])
    expect(examples.map(said)).toEqual(['u: q | a: a'])
    expect(left(report).map(([, ...rest]) => rest)).toEqual([
      ['EMBEDDED_PART', '[rId9]'],
      ['EMBEDDED_PART', '[rId8]']
    ])
  })
})

describe('white words', () => {
  const white = '<w:color w:val="FFFFFF"/>'
  const main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
  const style = (type: string, id: string, inside: string): string =>
    `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${id}"/>${inside}</w:style>`
  const styles = `<w:styles ${main}>${[
    style('table', 'Grid', '<w:tblPr><w:tblBorders/></w:tblPr>'),
    style(
      'table',
      'Dark',
      '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="4472C4"/></w:tcPr></w:tblStylePr>'
    ),
    style('table', 'Darker', '<w:basedOn w:val="Dark"/>'),
    style('character', 'Ghost', `<w:rPr>${white}</w:rPr>`),
    style('paragraph', 'Pale', `<w:rPr>${white}</w:rPr>`),
    style('paragraph', 'PaleToo', '<w:basedOn w:val="Pale"/>'),
    style(
      'paragraph',
      'Banner',
      `<w:basedOn w:val="Pale"/><w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>`
    )
  ].join('')}</w:styles>`
  const inTable = (looks: string, answer: string): string =>
    `<w:tbl><w:tblPr>${looks}</w:tblPr>${[
      ['質問', '回答'].map((name) => run(name)),
      [run('q'), run('a') + answer]
    ]
      .map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`)
      .join('')}</w:tbl>`
  const ofTable = async (looks: string, answer = run(' WHITE', white)) => {
    const { examples, report } = await read([inTable(looks, answer)], { 'word/styles.xml': styles })
    return [examples.map(said).join(), report.refused.map(({ reason }) => reason).join()]
  }

  test('in a table whose style has no colour are left out, behind it too', async () => {
    const hidden = ['u: q | a: a', 'HIDDEN_TEXT']
    expect(await ofTable('<w:tblStyle w:val="Grid"/>')).toEqual(hidden)
    expect(await ofTable('')).toEqual(hidden)
    const { examples } = await read(
      [
        inTable('<w:tblStyle w:val="Dark"/>', '').replace('質問', 'x').replace('回答', 'y'),
        p('Q. q1'),
        paragraph(run('A. a1') + run('WHITE', white))
      ],
      { 'word/styles.xml': styles }
    )
    expect(examples.map(said)).toContain('u: q1 | a: a1')
  })

  test('on a colour of the table or of its style are seen', async () => {
    const seen = ['u: q | a: a WHITE', '']
    expect(await ofTable('<w:tblStyle w:val="Dark"/>')).toEqual(seen)
    expect(await ofTable('<w:tblStyle w:val="Darker"/>')).toEqual(seen)
    expect(await ofTable('<w:shd w:val="clear" w:fill="1F3864"/>')).toEqual(seen)
  })

  test('by a style of characters are left out', async () => {
    expect(await ofTable('', run('GHOST', '<w:rStyle w:val="Ghost"/>'))).toEqual([
      'u: q | a: a',
      'HIDDEN_TEXT'
    ])
  })

  test('by a style of paragraphs are left out, but those that a run or a ground makes seen', async () => {
    const { examples, report } = await read(
      [
        p('Q. q'),
        paragraph(run('A. a') + run(' b', '<w:color w:val="auto"/>'), '<w:pStyle w:val="Banner"/>'),
        paragraph(run('OLD') + run('c', '<w:color w:val="000000"/>'), '<w:pStyle w:val="PaleToo"/>')
      ],
      { 'word/styles.xml': styles }
    )
    expect(examples.map(said)).toEqual(['u: q | a: a b\nc'])
    expect(left(report)).toEqual([[3, 'HIDDEN_TEXT', 'OLD']])
  })

  test('by the style of all paragraphs that name none', async () => {
    const standard = `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr>${white}</w:rPr></w:style>`
    const { examples } = await read(
      [p('Q. q'), paragraph(run('A. a', '<w:color w:val="111111"/>') + run('OLD'))],
      {
        'word/styles.xml': `<w:styles ${main}>${standard}</w:styles>`
      }
    )
    expect(examples.map(said).join()).not.toContain('OLD')
  })
})

describe('kept', () => {
  test('what the older form fields show: the choice of a list, a box', async () => {
    const old = (inside: string): string =>
      `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>${inside}</w:ffData></w:fldChar></w:r>`
    const list =
      '<w:ddList><w:result w:val="1"/><w:listEntry w:val="現金"/><w:listEntry w:val="振込"/></w:ddList>'
    const box = (looks: string): string => `<w:checkBox><w:default w:val="0"/>${looks}</w:checkBox>`
    const { examples } = await read([
      p('Q. q'),
      paragraph(run('A. ') + old(list) + run('です') + old(box('<w:checked/>')) + old(box('')))
    ])
    expect(examples.map(said)).toEqual(['u: q | a: 振込です☒☐'])
  })

  test('what was inserted, filled in, or is not struck out after all', async () => {
    const inside = inserted('a') + field(run('b'), false) + run('c', '<w:strike w:val="0"/>')
    const { examples, report } = await read([p('Q. q'), paragraph(run('A. ') + inside)])
    expect(examples.map(said)).toEqual(['u: q | a: abc'])
    expect(report.refused).toEqual([])
  })

  test.each([
    [
      'chunk.html',
      '<html><head><title>x</title></head><body><p>b &amp; c</p><p>d</p></body></html>',
      'b & c\nd'
    ],
    ['chunk.txt', 'b & c\r\nd', 'b & c\nd']
  ])('an embedded %s', async (name, content, wanted) => {
    const relations =
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
      `<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="${name}"/></Relationships>`
    const { examples } = await read([p('Q. q'), p('A. a'), '<w:altChunk r:id="rId9"/>'], {
      'word/_rels/document.xml.rels': relations,
      [`word/${name}`]: content
    })
    expect(examples.map(said)).toEqual([`u: q | a: a\n${wanted}`])
  })
})

describe('numbers of lists', () => {
  const level = (depth: number, format: string, text: string): string =>
    `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
  const numbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
    <w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '%2)')}${level(2, 'decimal', '%1-%3')}</w:abstractNum>
    <w:abstractNum w:abstractNumId="1">${level(0, 'bullet', '\uf0b7')}${level(1, 'bullet', '■')}</w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
    </w:numbering>`
  const item = (text: string, list: number, depth = 0): string =>
    paragraph(run(text), `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${list}"/></w:numPr>`)

  test('are those of the page: levels, bullets, a list that begins anew', async () => {
    const { examples } = await read(
      [
        ...[p('Q. q'), p('A. a')],
        ...[
          item('一', 1),
          item('い', 1, 1),
          item('ろ', 1, 1),
          item('は', 1, 2),
          item('二', 1),
          item('に', 1, 1)
        ],
        ...[item('点', 2), item('角', 2, 1), item('新', 3), item('続', 3)],
        paragraph(run('外'), '<w:numPr><w:numId w:val="0"/></w:numPr>')
      ],
      { 'word/numbering.xml': numbering }
    )
    expect(said(examples[0]).split('\n').slice(1)).toEqual([
      '1. 一',
      'a) い',
      'b) ろ',
      '1-1 は',
      '2. 二',
      'a) に',
      '• 点',
      '■ 角',
      '1. 新',
      '2. 続',
      '外'
    ])
  })

  test('by the style of the paragraph', async () => {
    const file = join(import.meta.dirname, '../../../fixtures/faults/32/numbered.docx')
    const { examples } = await readData([file])
    expect(said(examples[0])).toContain('1. 勤怠システムを開く\n2. 「休暇」を選ぶ')
    expect(said(examples[2])).toContain('• 社員証')
  })

  test.each([
    ['decimal', '7'],
    ['decimalZero', '07'],
    ['upperRoman', 'VII'],
    ['lowerRoman', 'vii'],
    ['upperLetter', 'G'],
    ['lowerLetter', 'g'],
    ['decimalFullWidth', '７'],
    ['decimalEnclosedCircle', '⑦'],
    ['aiueo', 'キ'],
    ['iroha', 'ト'],
    ['japaneseCounting', '七'],
    ['none', '']
  ])('%s: %s', (format, wanted) => {
    expect(inFormat(7, format)).toBe(wanted)
  })

  test('that go on', () => {
    expect([321, 10, 2026].map((value) => inFormat(value, 'japaneseCounting'))).toEqual([
      '三百二十一',
      '十',
      '二千二十六'
    ])
    expect([26, 27, 53].map((value) => inFormat(value, 'upperLetter'))).toEqual(['Z', 'AA', 'AAA'])
    expect([1994, 4000, 0].map((value) => inFormat(value, 'upperRoman'))).toEqual(['MCMXCIV', '4000', '0'])
  })
})

test.each([
  ['18 million tags in one another', '<w:sdt>'.repeat(2e6)],
  ['millions of attributes', `<w:x ${Array.from({ length: 5e5 }, (_, i) => `a${i}=""`).join(' ')}/>`]
])('%s: a sentence, soon', async (_, hostile) => {
  const before = performance.now()
  await expect(read([hostile])).rejects.toMatchObject({ code: 'OFFICE_FILE_STRANGE' })
  expect(performance.now() - before).toBeLessThan(10_000)
})
