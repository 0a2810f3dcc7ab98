// Tables in a page, and the sheets of a workbook written as XML, as rows of cells while the text comes in pieces. Text as
// the reader of the page sees it: tags, scripts and what is hidden are left out. Looks at every character once.
import { limits } from '../limits'
import { raised, type Raise } from '../packed/raised-digits'
import type { GridRow } from '../table/grid'
import { decodeEntities } from './entities'

export interface TableRow extends GridRow {
  /** which table of the page, from 0 */
  readonly table: number
  /** of the table, where it has one */
  readonly name: string
}

/** Elements whose contents are not on the page. */
const unseen = new Set(['script', 'style', 'head', 'template', 'noscript', 'title', 'styles', 'comment'])
const lineEnds = new Set(['br', 'p', 'div', 'li', 'tr', 'row'])
const rowTags = new Set(['tr', 'row'])
const cellTags = new Set(['td', 'th', 'cell'])
const strikeTags = new Set(['s', 'strike', 'del'])

interface Cell {
  readonly column: number
  text: string
  struck: string
  unseen: string
  /** the whole cell is not on the page */
  readonly isHidden: boolean
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
  private cells: Map<number, string> | null = null
  private struck = ''
  private unread = ''
  private raise: Raise | null = null
  private cell: Cell | null = null
  private skipping = ''
  private strikes = 0
  private inComment = false
  private readonly unseenInside: string[] = []
  /** elements that are open whose style strikes out */
  private readonly struckInside: string[] = []
  private tooLong = false
  /** rows of cells that reach down into the row, by column */
  private below = new Map<number, { rows: number; text: string }>()

  push(piece: string, isLast = false): TableRow[] {
    const found: TableRow[] = []
    const text = this.rest + piece
    let at = 0
    while (at < text.length) {
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

  private tag(tag: string, found: TableRow[]): void {
    const closes = tag[1] === '/'
    const name = nameOf(tag, closes ? 2 : 1)
    if (this.skipping !== '') {
      if (closes && name === this.skipping) this.skipping = ''
      return
    }
    if (!closes && unseen.has(name) && !tag.endsWith('/>')) this.skipping = name
    else if (name === 'worksheet' && !closes) this.name = attribute(tag, 'name')
    else if (name === 'table') this.border(closes, this.openTable, this.closeTable, tag, found)
    else if (rowTags.has(name) && this.depth === 1) this.border(closes, this.openRow, this.endRow, tag, found)
    else if (cellTags.has(name) && this.depth === 1)
      this.border(closes, this.openCell, this.endCell, tag, found)
    else if (strikeTags.has(name)) this.strikes = Math.max(0, this.strikes + (closes ? -1 : 1))
    else this.inside(name, tag, closes)
  }

  private border(closes: boolean, open: Border, close: Border, tag: string, found: TableRow[]): void {
    const turn = closes ? close : open
    turn.call(this, found, tag)
  }

  private inside(name: string, tag: string, closes: boolean): void {
    turn(this.unseenInside, name, closes, () => isHidden(tag))
    turn(this.struckInside, name, closes, () => styleOf(tag).includes('line-through'))
    if (name === 'sup' || name === 'sub') this.raise = closes ? null : name === 'sup' ? 'above' : 'below'
    if (name === 'br' || (closes && lineEnds.has(name))) this.add('\n', true)
  }

  private openTable(): void {
    this.depth++
    if (this.depth > 1) return
    this.table++
    this.row = 0
    this.below = new Map()
  }

  private closeTable(found: TableRow[]): void {
    if (this.depth === 1) this.endRow(found)
    if (this.depth > 0) this.depth--
  }

  private openRow(found: TableRow[], tag: string): void {
    this.endRow(found)
    const said = Number(attribute(tag, 'index'))
    this.row = said > this.row && said <= 1_048_576 ? said : this.row + 1
    this.hidden = isHidden(tag) || attribute(tag, 'hidden') === '1'
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
    this.cell = { column, text: '', struck: '', unseen: '', isHidden: isHidden(tag) }
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
    this.strikes = 0
    this.unseenInside.length = 0
    this.struckInside.length = 0
    this.raise = null
    if (!cell || !cells) return
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
    if (!cells || (cells.size === 0 && struck === '' && unread === '')) return
    found.push({
      ...{ table, name, row, cells },
      ...(hidden && { hidden }),
      ...(struck !== '' && { struck }),
      ...(unread !== '' && { unseen: { reason: 'HIDDEN_TEXT' as const, text: unread } }),
      ...(tooLong && { broken: 'CELL_TOO_LONG' as const })
    })
  }

  private add(text: string, isLineEnd = false): void {
    const { cell } = this
    if (!cell || this.skipping !== '' || cell.text.length > limits.cell) return
    // line ends in the source are spaces on the page
    const plain = isLineEnd ? '\n' : decodeEntities(text.replace(/[ \t\r\n\f]+/g, ' '))
    const seen = this.raise ? raised(plain, this.raise) : plain
    if (cell.isHidden || this.unseenInside.length > 0) cell.unseen = shortly(cell.unseen, seen)
    else if (this.strikes > 0 || this.struckInside.length > 0) cell.struck = shortly(cell.struck, seen)
    else cell.text += seen
  }
}

/** Of what is only named, no more than a name's length. */
const shortly = (before: string, more: string): string =>
  before.length < limits.name ? before + more : before

/** Characters of a tag that may be waited for. */
const longestTag = 1 << 16

const noTag = -2

/** Index behind the tag that begins here; -1 where it does not end in the text, noTag where the sign is one of text. */
function endOfTag(text: string, from: number): number {
  if (from + 1 < text.length && !/[a-z/!?]/i.test(text[from + 1] as string)) return noTag
  let mark = ''
  for (let i = from + 1; i < text.length; i++) {
    const c = text[i] as string
    if (mark !== '') mark = c === mark ? '' : mark
    else if (c === '>') return i + 1
    else if (c === '<') return noTag
    else if ((c === '"' || c === "'") && text[i - 1] === '=') mark = c
  }
  return -1
}

function nameOf(tag: string, from: number): string {
  let end = from
  while (end < tag.length && !' \t\r\n\f/>'.includes(tag[end] as string)) end++
  const name = tag.slice(from, end).toLowerCase()
  return name.slice(name.lastIndexOf(':') + 1)
}

/** The value of an attribute by its plain name, '' where it has none. */
function attribute(tag: string, wanted: string): string {
  const lower = tag.toLowerCase()
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    const before = lower[at - 1] ?? ''
    if (!' \t\r\n:'.includes(before) || lower[at + wanted.length] !== '=') continue
    const from = at + wanted.length + 1
    const mark = tag[from] === '"' || tag[from] === "'" ? (tag[from] as string) : ''
    if (mark !== '') {
      const end = tag.indexOf(mark, from + 1)
      return decodeEntities(tag.slice(from + 1, end < 0 ? tag.length : end))
    }
    let end = from
    while (end < tag.length && !' \t\r\n>'.includes(tag[end] as string)) end++
    return tag.slice(from, end)
  }
  return ''
}

/** Opens or closes an element of which something is kept while it is open. */
function turn(open: string[], name: string, closes: boolean, isOne: () => boolean): void {
  const at = closes ? open.lastIndexOf(name) : -1
  if (at >= 0) open.length = at
  if (!closes && open.length < limits.tagDepth && isOne()) open.push(name)
}

const styleOf = (tag: string): string => attribute(tag, 'style').replaceAll(' ', '').toLowerCase()

function isHidden(tag: string): boolean {
  const style = styleOf(tag)
  const isOff = style.includes('display:none') || style.includes('visibility:hidden')
  return isOff || /\shidden[\s=/>]/i.test(tag)
}

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
