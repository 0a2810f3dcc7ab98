// Tables in a page are read as its reader sees them, however the text comes in pieces.
import { describe, expect, test } from 'vitest'
import { HtmlTables, type TableRow } from '../../../../main/services/reading/html/html-tables'
import { Chance } from '../../random'

function rows(text: string, chance = new Chance(1)): TableRow[] {
  const reader = new HtmlTables()
  const found: TableRow[] = []
  for (let at = 0; at < text.length;) {
    const length = 1 + chance.below(9)
    found.push(...reader.push(text.slice(at, at + length)))
    at += length
  }
  return [...found, ...reader.push('', true)]
}
const cells = (text: string): [number, unknown][][] => rows(text).map((row) => [...row.cells])

describe('cells', () => {
  test.each<[string, string, [number, string][][]]>([
    [
      'without closing tags',
      '<table><tr><td>a<td>b<tr><td>c',
      [
        [
          [0, 'a'],
          [1, 'b']
        ],
        [[0, 'c']]
      ]
    ],
    ['line ends', '<table><tr><td>a<br>b<br/>\n  c</td></tr></table>', [[[0, 'a\nb\nc']]]],
    [
      'entities',
      '<table><tr><td>&lt;a&gt; &amp; &#12354;&nbsp;&x;</td></tr></table>',
      [[[0, '<a> & あ &x;']]]
    ],
    [
      'over columns and rows',
      '<table><tr><td rowspan=2>a</td><td colspan="2">b</td><td>c</td></tr><tr><td>d</td></tr></table>',
      [
        [
          [0, 'a'],
          [1, 'b'],
          [3, 'c']
        ],
        [
          [0, 'a'],
          [1, 'd']
        ]
      ]
    ],
    [
      'a table in a cell is its text',
      '<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>',
      [
        [
          [0, 'a\nb'],
          [1, 'c']
        ]
      ]
    ],
    [
      'what is hidden',
      '<table><tr><td>a<span style="display: none">x</span>b</td></tr></table>',
      [[[0, 'ab']]]
    ],
    [
      'scripts and styles',
      '<style>td{}</style><table><tr><td>a<script>if (1 < 2) x</script></td></tr></table>',
      [[[0, 'a']]]
    ],
    ['comments and signs', '<table><!-- <tr><td>x --><tr><td>1 < 2</td></tr></table>', [[[0, '1 < 2']]]]
  ])('%s', (_, text, wanted) => {
    expect(cells(text)).toEqual(wanted)
  })

  test('rows that are hidden and words that are struck out are known', () => {
    const [hidden, struck] = rows(
      '<table><tr style="display:none"><td>a</td></tr><tr><td><s>b</s>c</td></tr></table>'
    )
    expect(hidden).toMatchObject({ hidden: true })
    expect(struck).toMatchObject({ struck: 'b', cells: new Map([[0, 'c']]) })
  })
})

test('cells and words that are not on the page are kept apart; digits above the line are no others', () => {
  const [first, second, third] = rows(
    '<table><tr><td>q</td><td style="display:none">OLD</td><td>a</td></tr><tr><td>10<sup>2</sup> H<sub>2</sub>O 1<sup>st</sup> <b hidden>OLD</b></td></tr><tr hidden><td>x</td></tr></table>'
  )
  expect(first).toMatchObject({
    unseen: { reason: 'HIDDEN_TEXT', text: 'OLD' },
    cells: new Map([
      [0, 'q'],
      [2, 'a']
    ])
  })
  expect(second).toMatchObject({ unseen: { text: 'OLD' }, cells: new Map([[0, '10² H₂O 1st']]) })
  expect(third).toMatchObject({ hidden: true })
  const [styled] = rows(
    '<table><tr><td>a <i style="text-decoration: line-through">OLD</i>b</td></tr></table>'
  )
  expect(styled).toMatchObject({ struck: 'OLD', cells: new Map([[0, 'a b']]) })
})

const hidden = (text: string): readonly (string | undefined)[] =>
  rows(text).map((row) => (row.hidden ? 'row' : row.unseen?.text))
const inPage = (styles: string, cell: string): string =>
  `<html><head><meta charset=utf-8><style><!--\n${styles}\n--></style></head><table class=t><tr><td>q</td>${cell}</tr></table>`

test.each([
  ['white letters', '', '<td>a <span style="color:#FFF">OLD</span></td>', 'OLD'],
  ['a white font', '', '<td>a <font color=WHITE>OLD</font></td>', 'OLD'],
  ['a cell of a class that is hidden', '.x {display: none}', '<td class="b x">OLD</td>', 'OLD'],
  ['of a class in white', 'td {color:black} td.x, .y {mso-a:b;color:White;}', '<td class=x>OLD</td>', 'OLD'],
  ['in a table of a class', '.t td.x b {opacity: 0}', '<td class=x>a <b>OLD</b></td>', 'OLD'],
  ['a name of its own', '#x{visibility:hidden}', '<td>a <i id="x">OLD</i></td>', 'OLD'],
  ['struck by a class', '.x{text-decoration:line-through}', '<td>a <i class=x>OLD</i></td>', undefined],
  ['what stands in another that is hidden', '', '<td><i hidden><i>O</i>LD</i>a</td>', 'OLD'],
  ['white on its own ground', '.x {color:white;background:#04AA6D}', '<td class=x>a</td>', undefined],
  ['white on the ground of all', 'body{color:white}td{background:navy}', '<td>a</td>', undefined],
  [
    'white on what a rule paints that nobody follows',
    '.x{color:white}td:nth-child(2){background:red}',
    '<td class=x>a</td>',
    undefined
  ],
  ['an option that is not chosen', '', '<td>a <select><option>x<option selected>y</select></td>', 'x'],
  ['nearly white', '', '<td>a <i style="color:#fefefe">OLD</i></td>', 'OLD'],
  ['black in white', 'td{color:#fff}', '<td bgcolor=white><b style="color:black">a</b></td>', 'q'],
  ['for paper alone', '@media print{.x{display:none}}', '<td class=x>a</td>', undefined],
  ['on screens', '@media screen{.x{display:none}}', '<td class=x>OLD</td>', 'OLD']
])('%s', (_, styles, cell, wanted) => {
  expect(hidden(inPage(styles, cell))).toEqual([wanted])
})

test('items of a list and paragraphs are lines, closed or not', () => {
  expect(cells('<table><tr><td>a<ul><li>b<li>c</ul>d<p>e</p><p>f</p></td></tr></table>')).toEqual([
    [[0, 'a\nb\nc\nd\ne\nf']]
  ])
})

test('what hides a table, a group of rows or a column hides its cells', () => {
  const table = '<table><tr><td>a</td><td>b</td></tr></table>'
  expect(hidden(`<div style="display:none"><div></div>${table}</div>${table}`)).toEqual(['row', undefined])
  expect(
    hidden(
      '<table><tbody hidden><tr><td>a<tr><td>b</tbody><tbody><tr><td>c</table><table><col><col style="display:none"><tr><td>a<td>b</table>'
    )
  ).toEqual(['row', 'row', undefined, 'b'])
})

test('a workbook written as XML is read by its styles and columns', () => {
  const styles =
    '<Styles><Style ss:ID="s1"><Font ss:Color="#FFFFFF"/></Style><Style ss:ID="s2"><Font ss:Color="#FFFFFF"/><Interior ss:Color="#000080" ss:Pattern="Solid"/></Style><Style ss:ID="s3"><Font ss:StrikeThrough="1"/></Style></Styles>'
  const cell = (style: string, text: string): string =>
    `<Cell ss:StyleID="${style}"><Data ss:Type="String">${text}</Data></Cell>`
  const [row] = rows(
    `<Workbook>${styles}<Worksheet ss:Name="n"><Table><Column ss:Index="4" ss:Hidden="1"/><Row>${cell('s1', 'OLD')}${cell('s2', 'b')}${cell('s3', 'c')}${cell('s0', 'd')}</Row></Table></Worksheet></Workbook>`
  )
  expect(row).toMatchObject({ unseen: { text: 'OLD d' }, struck: 'c', cells: new Map([[1, 'b']]) })
})

test.each([
  ['tags that never end', '<table><tr><td>' + '<a '.repeat(200_000)],
  ['brackets', '<'.repeat(500_000)],
  ['entities', '&'.repeat(500_000)],
  ['tables in tables', '<table>'.repeat(200_000)],
  ['quotation marks', '<table><tr><td a="'.repeat(50_000)],
  ['style sheets', `<style>${'.x{color:white}.y .x>p{'.repeat(20_000)}`],
  ['elements', `<style>${'a b{color:red}'.repeat(2000)}</style><table><tr><td>${'<b>'.repeat(20_000)}a`],
  ['attributes', `<table><tr><td ${'style'.repeat(100_000)}>a`],
  ['cells over many rows', `<table>${'<tr><td rowspan=60000>a</td></tr>'.repeat(5000)}`]
])('%s take no time', (_, text) => {
  const before = performance.now()
  const reader = new HtmlTables()
  for (let at = 0; at < text.length; at += 1 << 16) reader.push(text.slice(at, at + (1 << 16)))
  reader.push('', true)
  expect(performance.now() - before).toBeLessThan(5000)
})
