// OpenDocument texts become the examples that the same document gives in Word: as its reader sees the page.
import { expect, test } from 'vitest'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { zipOf } from '../../../fixtures/write-zip'
import { said } from '../reading'
import { writeData } from '../write-file'

const names = ['office', 'table', 'text', 'style', 'fo', 'draw', 'xlink']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')
const p = (text: string, style = ''): string => `<text:p text:style-name="${style}">${text}</text:p>`
const span = (style: string, text: string): string =>
  `<text:span text:style-name="${style}">${text}</text:span>`
const look = (family: string, name: string, says: string, more = ''): string =>
  `<style:style style:name="${name}" style:family="${family}" ${more}><style:text-properties ${says}/></style:style>`
const read = (body: string, styles = '', more = {}) =>
  readData([
    writeData(
      'a.odt',
      zipOf({
        mimetype: 'application/vnd.oasis.opendocument.text',
        'content.xml': `<office:document-content ${names}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>\n${body}\n</office:text></office:body></office:document-content>`,
        ...more
      })
    )
  ])
const left = ({ refused }: { refused: readonly { reason: string; excerpt: string }[] }) =>
  refused.map(({ reason, excerpt }) => `${reason} ${excerpt}`)

test('marked questions, spaces, line breaks and tabs', async () => {
  const { examples, report } = await read(
    p('Q. 何時から？') + p('A. 九時<text:s text:c="2"/>から\n   です<text:line-break/>毎日<text:tab/>ね')
  )
  expect(examples.map(said)).toEqual(['u: 何時から？ | a: 九時  から です\n毎日\tね'])
  expect(report.files[0]).toMatchObject({ format: 'odt' })
})

test('headings with the text below them; numbers of lists as they stand on the page', async () => {
  const level = (n: number, more: string): string =>
    `<text:list-level-style-number text:level="${n}" ${more}/>`
  const styles = `<text:list-style style:name="L">${level(1, 'style:num-format="1" style:num-suffix="."')}${level(2, 'style:num-format="①, ②, ③, ..."')}</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>`
  const item = (inside: string, more = ''): string => `<text:list-item ${more}>${inside}</text:list-item>`
  const list = (style: string, items: string, more = ''): string =>
    `<text:list text:style-name="${style}" ${more}>${items}</text:list>`
  const h = (text: string): string => `<text:h text:outline-level="1">${text}</text:h>`
  const { examples } = await read(
    h('申請の手順は？') +
      list(
        'L',
        item(p('開く') + p('続き')) +
          item(p('選ぶ') + `<text:list>${item(p('休暇'))}${item(p('出張'))}</text:list>`)
      ) +
      p('そして') +
      list('L', item(p('送る')), 'text:continue-numbering="true"') +
      h('持ち物は？') +
      list('B', item(p('社員証'))) +
      list('L', item(p('一つ')) + item(p('九つ'), 'text:start-value="9"')),
    styles
  )
  expect(examples.map(said)).toEqual([
    'u: 申請の手順は？ | a: 1. 開く\n続き\n2. 選ぶ\n① 休暇\n② 出張\nそして\n3. 送る',
    'u: 持ち物は？ | a: • 社員証\n1. 一つ\n9. 九つ'
  ])
})

test('tables with covered cells', async () => {
  const cell = (text: string, more = ''): string => `<table:table-cell ${more}>${p(text)}</table:table-cell>`
  const row = (cells: string): string => `<table:table-row>${cells}</table:table-row>`
  const covered = '<table:covered-table-cell/>'
  const { examples, report } = await read(
    `<table:table><table:table-column/><table:table-header-rows>${row(cell('分類') + cell('質問') + cell('回答'))}</table:table-header-rows>${row(cell('総務', 'table:number-rows-spanned="2"') + cell('q1') + cell('a1'))}${row(covered + cell('q2') + cell('a2'))}</table:table>`
  )
  expect(examples.map(said)).toEqual(['u: q1 | a: a1', 'u: q2 | a: a2'])
  expect(report.refused).toEqual([])
})

test('what nobody sees on the page is left out and named', async () => {
  const styles = [
    look('text', 'gone', 'text:display="none"'),
    look('text', 'struck', 'style:text-line-through-style="solid"'),
    look('text', 'white', 'fo:color="#ffffff"'),
    look('text', 'lit', 'fo:color="#ffffff" fo:background-color="#000080"'),
    look('paragraph', 'Pale', 'fo:color="#FFFFFF"', 'style:parent-style-name="Standard"')
  ].join('')
  const { examples, report } = await read(
    `<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>${p('OLD1')}</text:deletion></text:changed-region></text:tracked-changes>` +
      p('Q. q') +
      p(`A. a${span('gone', 'OLD2')}${span('struck', 'OLD3')}${span('white', 'OLD4')}${span('lit', 'b')}`) +
      p('OLD5', 'Pale') +
      p(
        'c<text:change text:change-id="c1"/><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>OLD6</text:p></text:note-body></text:note><office:annotation><text:p>OLD7</text:p></office:annotation><text:placeholder>OLD8</text:placeholder>'
      ) +
      `<text:section text:display="none">${p('OLD9')}</text:section>` +
      p(
        '<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>'
      ),
    styles
  )
  expect(examples.map(said)).toEqual(['u: q | a: ab\nc\n漢字'])
  expect(report.files[0]?.fields).toContainEqual({ kind: 'comments', field: '', count: 1 })
  expect(left(report)).toEqual([
    'HIDDEN_TEXT OLD2OLD4',
    'STRUCK_OUT OLD3',
    'HIDDEN_TEXT OLD5',
    'DELETED_TEXT OLD1',
    'FOOTNOTE 1OLD6',
    'FORM_PLACEHOLDER OLD8',
    'HIDDEN_TEXT OLD9'
  ])
})

test('one that is protected, and one with nothing in it', async () => {
  const manifest =
    '<manifest:manifest xmlns:manifest="urn:m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
  await expect(read(p('x'), '', { 'META-INF/manifest.xml': manifest })).rejects.toMatchObject({
    code: 'PASSWORD_PROTECTED'
  })
  await expect(read('')).rejects.toMatchObject({ code: 'EMPTY_DATA' })
})
