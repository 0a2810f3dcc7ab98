// OpenDocument sheets become tables as the user sees them.
import { expect, test } from 'vitest'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { zipOf } from '../../../fixtures/write-zip'
import { said } from '../reading'
import { writeData } from '../write-file'

const names = ['office', 'table', 'text', 'style', 'fo']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')
const cell = (text: string, more = ''): string =>
  `<table:table-cell ${more}><text:p>${text}</text:p></table:table-cell>`
const row = (cells: readonly string[], more = ''): string =>
  `<table:table-row ${more}>${cells.map((one) => (one.startsWith('<') ? one : cell(one))).join('')}</table:table-row>`
const ods = (tables: string, styles = '', more = {}): string =>
  writeData(
    'faq.ods',
    zipOf({
      mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
      'content.xml': `<office:document-content ${names}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
      ...more
    })
  )
const table = (rows: string, more = 'table:name="FAQ"'): string =>
  `<table:table ${more}>${rows}</table:table>`
const left = (refused: readonly { reason: string; source: { row: number } }[]) =>
  refused.map(({ reason, source }) => [source.row, reason])

test('rows, paragraphs, repeated and covered cells', async () => {
  const { examples, report } = await readData([
    ods(
      table(
        row(['社内FAQ', '<table:covered-table-cell table:number-columns-repeated="1000"/>']) +
          '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>' +
          row(['番号', '質問', '回答']) +
          row([
            '1',
            'q1',
            '<table:table-cell><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>'
          ]) +
          row(['2', 'q2', cell('#N/A')])
      )
    )
  ])
  expect(examples.map(said)).toEqual(['u: q1 | a: a  b\nc'])
  expect(report.files[0]).toMatchObject({ format: 'ods', sheet: 'FAQ', headerRow: 5, titles: ['社内FAQ'] })
  expect(left(report.refused)).toEqual([[7, 'CELL_ERROR']])
})

test('hidden and filtered rows, hidden columns and tables, notes and struck-out words are left out and listed', async () => {
  const styles =
    '<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>' +
    '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
  const columns =
    '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
  const { examples, report } = await readData([
    ods(
      table(
        columns +
          row(['質問', '旧回答', '回答']) +
          row([
            'q1',
            'OLD',
            '<table:table-cell><office:annotation><text:p>NOTE</text:p></office:annotation><text:p><text:span text:style-name="gone">OLD</text:span>a1</text:p></table:table-cell>'
          ]) +
          row(['q', 'OLD', 'OLD'], 'table:visibility="filter"') +
          row(['q2', 'OLD', 'a2'])
      ) + table(row(['質問', '回答']) + row(['q', 'OLD']), 'table:name="old" table:style-name="off"'),
      styles
    )
  ])
  expect(examples.map(said)).toEqual(['u: q1 | a: a1', 'u: q2 | a: a2'])
  expect(left(report.refused).sort()).toEqual([
    [0, 'HIDDEN_SHEET'],
    [1, 'HIDDEN_COLUMN'],
    [2, 'STRUCK_OUT'],
    [3, 'HIDDEN_ROW']
  ])
  expect(report.files[0]?.fields).toContainEqual({ kind: 'comments', field: '', count: 1 })
})

test('white on nothing is left out and listed, on a colour it is seen; digits above the line are no others', async () => {
  const style = (name: string, inside: string): string =>
    `<style:style style:name="${name}">${inside}</style:style>`
  const white = '<style:text-properties fo:color="#ffffff"/>'
  const span = (name: string, text: string): string =>
    `<text:span text:style-name="${name}">${text}</text:span>`
  const { examples, report } = await readData([
    ods(
      table(
        row([cell('質問', 'table:style-name="head"'), cell('回答', 'table:style-name="head"')]) +
          row(['q1', cell(`a1${span('white', 'OLD')}`)]) +
          row(['q2', cell('OLD', 'table:style-name="white"')]) +
          row(['q3', cell(`10${span('up', '2')} H${span('down', '2')}O`)])
      ),
      style('white', white) +
        style('head', `<style:table-cell-properties fo:background-color="#003366"/>${white}`) +
        style('up', '<style:text-properties style:text-position="super 58%"/>') +
        style('down', '<style:text-properties style:text-position="-33% 58%"/>')
    )
  ])
  expect(examples.map(said)).toEqual(['u: q1 | a: a1', 'u: q3 | a: 10² H₂O'])
  expect(left(report.refused).sort()).toEqual([
    [2, 'HIDDEN_TEXT'],
    [3, 'EMPTY_ANSWER'],
    [3, 'HIDDEN_TEXT']
  ])
})

test('merged cells fill their area', async () => {
  const { examples } = await readData([
    ods(
      table(
        row(['質問', '回答']) +
          row(['q1', cell('a', 'table:number-rows-spanned="2"')]) +
          row(['q2', '<table:covered-table-cell/>'])
      )
    )
  ])
  expect(examples.map(said)).toEqual(['u: q1 | a: a', 'u: q2 | a: a'])
})

test('a password is named', async () => {
  const manifest = '<manifest><file-entry><encryption-data/></file-entry></manifest>'
  await expect(readData([ods('', '', { 'META-INF/manifest.xml': manifest })])).rejects.toMatchObject({
    code: 'PASSWORD_PROTECTED'
  })
})

test('a row that repeats itself a million times takes no time', async () => {
  const before = performance.now()
  const million = 'table:number-rows-repeated="1048576"'
  const { report } = await readData([
    ods(
      table(row(['質問', '回答']) + row(['q', cell('a', 'table:number-columns-repeated="16384"')], million))
    )
  ])
  expect(report.examples).toBeGreaterThan(0)
  expect(performance.now() - before).toBeLessThan(10_000)
})
