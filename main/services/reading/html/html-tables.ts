// Tables in a page, and the sheets of a workbook written as XML, as rows of cells while the text comes in pieces. Text as
// the reader of the page sees it: tags, scripts and what is hidden are left out. Looks at every character once.
import { limits } from '../limits'
import { raised, type Raise } from '../packed/raised-digits'
import type { GridRow } from '../table/grid'
import { decodeEntities } from './entities'
import { lookOf, StyleSheet, type Look } from './looks'
import { OpenElements } from './open-elements'
import { attribute, endOfTag, nameOf, noTag } from './tags'

export interface TableRow extends GridRow {
  /** which table of the page, from 0 */
  readonly table: number
  /** of the table, where it has one */
  readonly name: string
}

/** Elements whose contents are not on the page. */
const unseen = new Set(['script', 'style', 'head', 'template', 'noscript', 'title', 'styles', 'comment'])
/** They begin and end lines. */
const blocks = new Set(
  'p div li ul ol dl dt dd tr row table h1 h2 h3 h4 h5 h6 pre blockquote section article details summary'.split(
    ' '
  )
)
const rowTags = new Set(['tr', 'row'])
const cellTags = new Set(['td', 'th', 'cell'])
const groupTags = new Set(['thead', 'tbody', 'tfoot'])
const columnTags = new Set(['col', 'column'])
const strikeTags = new Set(['s', 'strike', 'del'])
/** Of a list to choose from, the page shows what is chosen. */
const unchosen = { isHidden: true } as const
const isUnchosen = (name: string, tag: string): boolean =>
  name === 'option' && !/\sselected[\s=/>]/i.test(tag)
const struckOut = { isStruck: true } as const

interface Cell {
  readonly column: number
  text: string
  struck: string
  unseen: string
}

type Border = (this: HtmlTables, found: TableRow[], tag: string) => void

export class HtmlTables {
  private rest = ''
  private depth = 0
  private table = -1
  private name = ''
  private row = 0
  private hidden = false
  private column = 0
  /** of the table, whose columns are said before its rows */
  private nextColumn = 0
  private readonly hiddenColumns = new Set<number>()
  private cells: Map<number, string> | null = null
  private struck = ''
  private unread = ''
  private raise: Raise | null = null
  private cell: Cell | null = null
  private skipping = ''
  private inComment = false
  private readonly styles = new StyleSheet()
  /** of a style sheet that is open; null: none is */
  private sheet: string | null = null
  /** of a workbook written as XML: the style that is open */
  private style = ''
  private readonly elements = new OpenElements()
  private tooLong = false
  /** rows of cells that reach down into the row, by column */
  private below = new Map<number, { rows: number; text: string }>()

  /** styles that may hide what is read all the same */
  get notFollowed(): readonly string[] {
    return this.styles.notFollowed
  }

  push(piece: string, isLast = false): TableRow[] {
    const found: TableRow[] = []
    const text = this.rest + piece
    let at = 0
    while (at < text.length) {
      if (this.sheet !== null) {
        at = this.addToSheet(this.sheet, text, at, isLast)
        if (this.sheet !== null) break
        continue
      }
      if (this.inComment) {
        const end = text.indexOf('-->', at)
        if (end < 0 && !isLast) {
          at = Math.max(at, text.length - 2)
          break
        }
        at = end < 0 ? text.length : end + 3
        this.inComment = false
        continue
      }
      const tag = text.indexOf('<', at)
      const to = tag < 0 ? text.length : tag
      if (to > at) {
        // an entity may be cut by the end of the piece
        const end = tag < 0 && !isLast ? wholeEntities(text, at, to) : to
        this.add(text.slice(at, end))
        at = end
        if (end < to) break
        continue
      }
      if (text.startsWith('<!--', at)) {
        this.inComment = true
        at += 4
        continue
      }
      const end = endOfTag(text, at)
      if (end > 0) {
        this.tag(text.slice(at, end), found)
        at = end
      } else if (end === noTag) {
        this.add('<')
        at++
      } else if (text.length - at < longestTag && !isLast) break
      // no honest tag is so long
      else at = text.length
    }
    this.rest = text.slice(at)
    if (isLast) this.endRow(found)
    return found
  }

  /** Its comments are none. Index behind what is read of it. */
  private addToSheet(sheet: string, text: string, from: number, isLast: boolean): number {
    const ends = /<\/style/gi
    ends.lastIndex = from
    const found = ends.exec(text)?.index ?? (isLast ? text.length : -1)
    const to = found >= 0 ? found : Math.max(from, text.length - 8)
    this.sheet = sheet.length < longestTag * 16 ? sheet + text.slice(from, to) : sheet
    if (found < 0) return to
    this.styles.add(this.sheet)
    this.sheet = null
    return to
  }

  private tag(tag: string, found: TableRow[]): void {
    const closes = tag[1] === '/'
    const name = nameOf(tag, closes ? 2 : 1)
    if (name === 'link' && /stylesheet/i.test(attribute(tag, 'rel'))) this.styles.link(attribute(tag, 'href'))
    if (this.skipping === 'styles') this.bookStyle(name, tag, closes)
    else if (name === 'style') this.sheet = closes ? null : ''
    else if (this.skipping === '' && !closes && unseen.has(name) && !tag.endsWith('/>')) this.skipping = name
    if (this.skipping !== '') {
      if (closes && name === this.skipping) this.skipping = ''
    } else if (name === 'worksheet' && !closes) this.name = attribute(tag, 'name')
    else if (name === 'table') this.border(closes, this.openTable, this.closeTable, tag, found)
    else if (rowTags.has(name) && this.depth === 1) this.border(closes, this.openRow, this.endRow, tag, found)
    else if (cellTags.has(name) && this.depth === 1)
      this.border(closes, this.openCell, this.endCell, tag, found)
    else if (name !== 'style') {
      // nothing of a row goes on behind its group
      if (groupTags.has(name) && this.depth === 1) this.endRow(found)
      this.inside(name, tag, closes)
    }
  }

  /** A style of a workbook written as XML. */
  private bookStyle(name: string, tag: string, closes: boolean): void {
    if (closes) return
    if (name === 'style') this.style = attribute(tag, 'id')
    const colour = attribute(tag, 'color')
    if (name === 'font')
      this.styles.named(this.style, {
        ...lookOf(`color:${colour}`),
        isStruck: attribute(tag, 'strikethrough') === '1'
      })
    if (name === 'interior' && !/^(|none)$/i.test(attribute(tag, 'pattern')))
      this.styles.named(this.style, lookOf(`background:${colour || 'black'}`))
  }

  private border(closes: boolean, open: Border, close: Border, tag: string, found: TableRow[]): void {
    const turn = closes ? close : open
    turn.call(this, found, tag)
  }

  private inside(name: string, tag: string, closes: boolean): void {
    if (closes) this.elements.close(name)
    else if (!tag.endsWith('/>'))
      this.open(name, tag, strikeTags.has(name) ? struckOut : isUnchosen(name, tag) ? unchosen : {})
    if (!closes && columnTags.has(name) && this.depth === 1) this.openColumn(name, tag)
    if (name === 'sup' || name === 'sub') this.raise = closes ? null : name === 'sup' ? 'above' : 'below'
    if (name === 'br') this.add('\n', true)
    else if (blocks.has(name)) this.endLine()
  }

  /** `as`: the rows and cells of pages and of workbooks under one name. */
  private open(name: string, tag: string, more: Look = {}, as = name): void {
    const { keys, look } = this.styles.lookOf(name, tag, this.elements.keys)
    this.elements.push(as, { keys, look: { ...look, ...more } })
  }

  private openColumn(name: string, tag: string): void {
    const index = Number(attribute(tag, 'index'))
    if (index > this.nextColumn) this.nextColumn = index - 1
    const span = Number(attribute(tag, 'span')) || 0
    const width = Math.min(limits.columns, name === 'col' ? Math.max(1, span) : span + 1)
    const { look } = this.styles.lookOf(name, tag, this.elements.keys)
    const isHidden = look.isHidden || attribute(tag, 'hidden') === '1'
    for (let column = this.nextColumn; isHidden && column < this.nextColumn + width; column++)
      this.hiddenColumns.add(column)
    this.nextColumn = Math.min(limits.columns, this.nextColumn + width)
  }

  private openTable(_: TableRow[], tag: string): void {
    this.depth++
    if (this.depth > 1) return this.open('table', tag)
    this.endTable()
    this.open('table', tag)
    this.table++
  }

  private endTable(): void {
    this.elements.close('table')
    this.row = 0
    this.nextColumn = 0
    this.hiddenColumns.clear()
    this.below = new Map()
  }

  private closeTable(found: TableRow[]): void {
    if (this.depth === 1) this.endRow(found)
    if (this.depth > 0) this.depth--
    this.elements.close('table')
  }

  private openRow(found: TableRow[], tag: string): void {
    this.endRow(found)
    const said = Number(attribute(tag, 'index'))
    this.row = said > this.row && said <= 1_048_576 ? said : this.row + 1
    this.open(nameOf(tag, 1), tag, {}, 'tr')
    this.hidden = this.elements.isHidden || attribute(tag, 'hidden') === '1'
    this.cells = new Map()
    this.struck = ''
    this.unread = ''
    this.tooLong = false
    this.column = 0
    for (const [column, down] of this.below) {
      if (down.rows-- > 0) this.cells.set(column, down.text)
      else this.below.delete(column)
    }
  }

  private openCell(_: TableRow[], tag: string): void {
    if (!this.cells) this.cells = new Map()
    this.endCell()
    const index = Number(attribute(tag, 'index'))
    if (index > this.column) this.column = index - 1
    while (this.below.has(this.column)) this.column++
    const { column } = this
    this.cell = { column, text: '', struck: '', unseen: '' }
    const isHidden = this.hiddenColumns.has(column)
    this.open(nameOf(tag, 1), tag, isHidden ? { isHidden } : {}, 'td')
    this.elements.setFloor()
    const across = 1 + (Number(attribute(tag, 'mergeacross')) || 0)
    const width = Math.min(limits.mergedColumns, Math.max(1, Number(attribute(tag, 'colspan')) || across))
    const down = Math.min(
      65_536,
      (Number(attribute(tag, 'rowspan')) || 1) - 1 || Number(attribute(tag, 'mergedown')) || 0
    )
    if (down > 0 && this.below.size < limits.mergedColumns)
      this.below.set(this.column, { rows: down, text: '' })
    this.column += width
    if (this.column > limits.columns) this.column = limits.columns
    // a cell that closes itself has nothing in it
    if (tag.endsWith('/>')) this.endCell()
  }

  private endCell(): void {
    const { cell, cells } = this
    this.cell = null
    this.raise = null
    if (!cell || !cells) return
    this.elements.clearFloor()
    this.elements.close('td')
    const text = tidy(cell.text)
    if (text.length > limits.cell) this.tooLong = true
    if (text !== '') cells.set(cell.column, text.slice(0, limits.cell))
    const struck = tidy(cell.struck)
    if (struck !== '') this.struck = `${this.struck} ${struck}`.trim().slice(0, 200)
    const hidden = tidy(cell.unseen)
    if (hidden !== '') this.unread = `${this.unread} ${hidden}`.trim().slice(0, 200)
    const down = this.below.get(cell.column)
    if (down) down.text = text.slice(0, limits.cell)
  }

  private endRow(found: TableRow[]): void {
    this.endCell()
    const { cells, row, hidden, struck, unread, table, name, tooLong } = this
    this.cells = null
    if (cells) this.elements.close('tr')
    if (!cells || (cells.size === 0 && struck === '' && unread === '')) return
    found.push({
      ...{ table, name, row, cells },
      ...(hidden && { hidden }),
      ...(struck !== '' && { struck }),
      ...(unread !== '' && { unseen: { reason: 'HIDDEN_TEXT' as const, text: unread } }),
      ...(tooLong && { broken: 'CELL_TOO_LONG' as const })
    })
  }

  private endLine(): void {
    if (!this.cell) return
    const end = this.cell.text.slice(-40)
    const words = end.trimEnd()
    if (words !== '' && !end.slice(words.length).includes('\n')) this.add('\n', true)
  }

  private add(text: string, isLineEnd = false): void {
    const { cell } = this
    if (!cell || this.skipping !== '' || cell.text.length > limits.cell) return
    // line ends in the source are spaces on the page
    const plain = isLineEnd ? '\n' : decodeEntities(text.replace(/[ \t\r\n\f]+/g, ' '))
    const seen = this.raise ? raised(plain, this.raise) : plain
    const { elements } = this
    if (!this.hidden && (elements.isHidden || elements.isWhiteOnWhite))
      cell.unseen = shortly(cell.unseen, seen)
    else if (elements.isStruck) cell.struck = shortly(cell.struck, seen)
    else cell.text += seen
  }
}

/** Of what is only named, no more than a name's length. */
const shortly = (before: string, more: string): string =>
  before.length < limits.name ? before + more : before

/** Characters of a tag that may be waited for. */
const longestTag = 1 << 16

/** Where an entity may go on behind the text, as much as stands before it. */
function wholeEntities(text: string, from: number, to: number): number {
  const and = text.lastIndexOf('&', to - 1)
  return and >= from && to - and < 40 && !text.slice(and, to).includes(';') ? and : to
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}
