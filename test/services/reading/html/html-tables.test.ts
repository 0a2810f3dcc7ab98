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
          [0, 'ab'],
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

test.each([
  ['tags that never end', '<table><tr><td>' + '<a '.repeat(200_000)],
  ['brackets', '<'.repeat(500_000)],
  ['entities', '&'.repeat(500_000)],
  ['tables in tables', '<table>'.repeat(200_000)],
  ['quotation marks', '<table><tr><td a="'.repeat(50_000)],
  ['attributes', `<table><tr><td ${'style'.repeat(100_000)}>a`],
  ['cells over many rows', `<table>${'<tr><td rowspan=60000>a</td></tr>'.repeat(5000)}`]
])('%s take no time', (_, text) => {
  const before = performance.now()
  const reader = new HtmlTables()
  for (let at = 0; at < text.length; at += 1 << 16) reader.push(text.slice(at, at + (1 << 16)))
  reader.push('', true)
  expect(performance.now() - before).toBeLessThan(5000)
})
