// document.xml of a Word file as paragraphs and tables, in order. Text as the reader of the page sees it: what
// was deleted, hidden, or stands above the words as their reading is left out. Nothing is known of questions.
import type { Collector } from '../packed/office-package'
import type { ListMarks } from './list-marks'
import type { ParagraphStyles } from './paragraph-styles'

export interface Paragraph {
  readonly kind: 'paragraph'
  /** 1-based line of the document at which it begins; a table's row counts as one line */
  readonly line: number
  readonly text: string
  /** 1 and up for a heading, -1 for the document's title, 0 for text */
  readonly heading: number
  /** what Word writes before it as part of a list */
  readonly mark: string
}

export interface Table {
  readonly kind: 'table'
  readonly rows: readonly {
    readonly line: number
    readonly cells: readonly string[]
    readonly isHeader: boolean
  }[]
}

export type Block = Paragraph | Table

/** Elements whose contents are not on the page, or are there twice. */
const unseen = new Set([
  'del',
  'moveFrom',
  'delText',
  'instrText',
  'rt',
  'Fallback',
  'pPrChange',
  'rPrChange',
  'tblPrChange',
  'trPrChange',
  'tcPrChange',
  'sdtPr',
  'binData'
])

interface OpenParagraph {
  text: string
  style: string
  /** set on the paragraph itself; null where its style decides */
  outline: number | null
  list: string
  level: string
}

interface OpenCell {
  readonly parts: string[]
  span: number
  /** joined to the cell above it, whose text it shows */
  continues: boolean
}

interface OpenRow {
  readonly line: number
  readonly cells: string[]
  isHeader: boolean
  isDeleted: boolean
}

interface OpenTable {
  readonly rows: OpenRow[]
  row: OpenRow | null
  cell: OpenCell | null
}

export class DocumentBlocks implements Collector<Block> {
  private blocks: Block[] = []
  private line = 1
  private skipped = 0
  private inText = false
  private inRowProperties = false
  /** for each run that is open: is it hidden? A text box stands inside a run and has runs of its own */
  private readonly runs: boolean[] = []
  private readonly paragraphs: OpenParagraph[] = []
  private readonly tables: OpenTable[] = []

  constructor(
    private readonly styles: ParagraphStyles,
    private readonly lists: ListMarks
  ) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'del' && this.inRowProperties) this.markRow('isDeleted')
    if (this.skipped > 0 || unseen.has(name)) {
      this.skipped++
      return
    }
    const { val = '' } = attributes
    const isOn = !/^(0|false|off|none)$/.test(val)
    switch (name) {
      case 'p':
        this.paragraphs.push({ text: '', style: '', outline: null, list: '', level: '0' })
        break
      case 'r':
        this.runs.push(false)
        break
      case 't':
        this.inText = true
        break
      case 'tbl':
        this.tables.push({ rows: [], row: null, cell: null })
        break
      case 'tr':
        this.openRow()
        break
      case 'trPr':
        this.inRowProperties = true
        break
      case 'tblHeader':
        if (isOn) this.markRow('isHeader')
        break
      case 'tc':
        this.openCell()
        break
      case 'vanish':
        if (isOn && this.runs.length > 0) this.runs[this.runs.length - 1] = true
        break
      case 'tab':
      case 'br':
      case 'cr':
      case 'noBreakHyphen':
        if (this.runs.length > 0) this.add(name === 'tab' ? '\t' : name === 'noBreakHyphen' ? '-' : '\n')
        break
      default:
        this.setProperty(name, val)
    }
  }

  close(name: string): void {
    if (this.skipped > 0) {
      this.skipped--
      return
    }
    if (name === 'p') this.closeParagraph()
    else if (name === 'r') this.runs.pop()
    else if (name === 't') this.inText = false
    else if (name === 'trPr') this.inRowProperties = false
    else if (name === 'tc') this.closeCell()
    else if (name === 'tr') this.closeRow()
    else if (name === 'tbl') this.closeTable()
  }

  text(text: string): void {
    if (this.inText && this.skipped === 0) this.add(text)
  }

  take(): readonly Block[] {
    const { blocks } = this
    this.blocks = []
    return blocks
  }

  private add(text: string): void {
    const paragraph = this.paragraphs.at(-1)
    if (paragraph && !this.runs.at(-1)) paragraph.text += text
  }

  private setProperty(name: string, val: string): void {
    const paragraph = this.paragraphs.at(-1)
    const cell = this.tables.at(-1)?.cell
    if (name === 'pStyle' && paragraph) paragraph.style = val
    if (name === 'outlineLvl' && paragraph) paragraph.outline = Number(val)
    if (name === 'numId' && paragraph) paragraph.list = val
    if (name === 'ilvl' && paragraph) paragraph.level = val
    if (name === 'gridSpan' && cell) cell.span = Math.min(63, Math.max(1, Number(val) || 1))
    if (name === 'vMerge' && cell) cell.continues = val !== 'restart'
  }

  private markRow(mark: 'isHeader' | 'isDeleted'): void {
    const row = this.tables.at(-1)?.row
    if (row) row[mark] = true
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop()
    if (!paragraph) return
    const cell = this.tables.at(-1)?.cell
    const { outline, style, list, level } = paragraph
    const text = paragraph.text.trim()
    if (cell) {
      if (text !== '') cell.parts.push(text)
      return
    }
    const heading = outline === null ? this.styles.headingLevel(style) : outline < 9 ? outline + 1 : 0
    const mark = list === '' ? '' : this.lists.markOf(list, level)
    const isSeen = text !== '' && !this.styles.isContents(style)
    if (isSeen) this.blocks.push({ kind: 'paragraph', line: this.line, text, heading, mark })
    this.line += text.split('\n').length
  }

  private openRow(): void {
    const table = this.tables.at(-1)
    if (!table) return
    table.row = { line: this.line, cells: [], isHeader: false, isDeleted: false }
    if (this.tables.length === 1) this.line++
  }

  private openCell(): void {
    const table = this.tables.at(-1)
    if (table) table.cell = { parts: [], span: 1, continues: false }
  }

  private closeCell(): void {
    const table = this.tables.at(-1)
    if (!table?.cell || !table.row) return
    const { parts, span, continues } = table.cell
    const above = table.rows.at(-1)?.cells[table.row.cells.length] ?? ''
    const text = continues ? above : parts.join('\n')
    // a cell over several columns is read once; the columns behind it stay where they are
    table.row.cells.push(text)
    for (let column = 1; column < span; column++) table.row.cells.push('')
    table.cell = null
  }

  private closeRow(): void {
    const table = this.tables.at(-1)
    if (table?.row && !table.row.isDeleted) table.rows.push(table.row)
    if (table) table.row = null
  }

  /** A table inside a cell is part of the cell's text. */
  private closeTable(): void {
    const table = this.tables.pop()
    if (!table) return
    const outer = this.tables.at(-1)?.cell
    if (!outer) this.blocks.push({ kind: 'table', rows: table.rows })
    else for (const { cells } of table.rows) outer.parts.push(cells.filter((cell) => cell !== '').join('\t'))
  }
}
